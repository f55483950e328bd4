"""A unique text in every protected part of a person: it stands exactly where the table of sections allows it.

Every page of every room, every tab and every file is read by every role; the expectation is the table itself.
"""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.audit.services import record
from secondment.campaigns.services.eligibility import check_eligibility
from secondment.common.protection import seal
from secondment.people.forms.person import PARTS
from secondment.people.models import Person, RosterImport
from secondment.people.sections import ACCESS, Section
from secondment.people.view_models import TABS
from tests.authorisation.rows_people import roster_import
from tests.authorisation.test_matrix import ROWS
from tests.authorisation.world import World, make_world
from tests.makers import AT, ON, make_nomination, make_person
from tests.security.test_markers import PAGES, ROOMS, room_of

# One text a section; sections without free text are in `UNMARKED`, with what stands for them.
MARKS = {
    Section.BASICS: "标记专长",
    Section.EMERGENCY: "标记亲友",
    Section.FILE: "标记籍贯",
    Section.IDENTITY: "11010119900307123X",
    Section.CAREER: "标记经历",
    Section.ASSESSMENT: "标记奖惩",
    Section.PENALTIES: "标记文号",
    Section.FAMILY: "标记亲属",
    Section.ABILITIES: "2019-07-13",
    Section.RECORD: "标记事由",
    Section.HEALTH: "标记病史",
}
# Their rights are told apart in tests/people: a picture, a list of another room, two boxes to tick.
UNMARKED = {Section.PHOTO, Section.PLACEMENTS, Section.RESERVE, Section.INVESTIGATION}
# Sections in clear only where a reason was given: never on a page that is merely opened.
FOR_A_REASON = {Section.IDENTITY, Section.HEALTH}
# The trail is the audit administrator's own page.
ALSO = {(Section.RECORD, Role.AUDIT_ADMINISTRATOR)}
REASON = {"reason": "办理任免手续"}
ENDS_ON, UNTIL = "2031-05-06", "2031-05-05"  # the penalty, and its last day as pages and findings tell it


def test_every_section_is_marked_or_named() -> None:
    assert set(MARKS) | UNMARKED == set(Section)
    assert set(MARKS) & UNMARKED == set()


def mark(person: Person) -> None:
    person.specialty_text, person.native_place = MARKS[Section.BASICS], MARKS[Section.FILE]
    person.emergency_name = person.emergency_phone = MARKS[Section.EMERGENCY]
    person.emergency_relation = "配偶"
    person.rewards_text = MARKS[Section.ASSESSMENT]
    person.identity_sealed = seal(MARKS[Section.IDENTITY], context=f"person.identity.{person.key}")
    person.identity_masked = "110101********123X"
    person.health_notes_sealed = seal(MARKS[Section.HEALTH], context=f"person.health.{person.key}")
    person.is_under_investigation = True
    person.save()
    person.career.create(position=1, starts_on=dt.date(2009, 7, 1), text=MARKS[Section.CAREER])
    person.penalties.create(
        kind="warning",
        starts_on=dt.date(2026, 9, 1),
        ends_on=dt.date.fromisoformat(ENDS_ON),
        document=MARKS[Section.PENALTIES],
    )
    person.family.create(position=1, title="妻子", name=MARKS[Section.FAMILY])
    person.firms.create(runner=MARKS[Section.FAMILY], name=MARKS[Section.FAMILY], industry="finance")
    person.abilities.create(
        ability="development", value=73, source="organisation", as_of=dt.date(2019, 7, 13)
    )
    details = {"reason": MARKS[Section.RECORD]}
    record("person.export_form", person, by=None, at=AT, details=details)


@pytest.fixture
def plain(db: None) -> World:
    return make_world()


@pytest.fixture
def world(plain: World) -> World:
    mark(plain.own.person)
    return plain


def content_of(answer: HttpResponse) -> str:
    """All text of an answer: pages as they are, files unpacked."""
    return "\n".join(texts_of(answer.content))


def texts_of(content: bytes) -> Iterator[str]:
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield from texts_of(archive.read(name))
        return
    for encoding in ("utf-8", "gbk", "utf-16"):
        yield content.decode(encoding, "ignore")


def may_read(role: Role, section: Section) -> bool:
    access = ACCESS[section]
    is_own = role == Role.SECONDEE and access.is_own
    return role in access.readers or is_own or (section, role) in ALSO


def sections_in(text: str) -> set[Section]:
    found = {section for section, words in MARKS.items() if words in text}
    return found | ({Section.PENALTIES} if UNTIL in text else set())


@pytest.mark.parametrize("room", ROOMS)
def test_no_page_shows_a_section_to_whom_the_table_does_not_name(plain: World, signed_in, room: str) -> None:
    world = plain
    urls = {
        name: reverse(name, kwargs=ROWS[name].kwargs(world.own) if ROWS[name].kwargs else None)
        for name in PAGES
        if room_of(name) == room
    }
    mark(world.own.person)
    world.own.nomination.findings.create(
        rule="H4",
        result="block",
        fact_code="H4.penalty",
        fact_values={"kind": "warning", "until": ENDS_ON},
        basis="示例依据",
    )
    wrong = set()
    for role in Role:
        client = signed_in(world.actors[role])
        for name in (name for name in urls if role in ROWS[name].allowed):
            with transaction.atomic():
                data = ROWS[name].data(world.own)
                answers = [client.get(urls[name], data), client.get(urls[name], {**data, "export": "xlsx"})]
                transaction.set_rollback(True)
            found = sections_in("".join(content_of(answer) for answer in answers))
            wrong |= {(name, role.value, one.value) for one in found if not may_read(role, one)}
            wrong |= {(name, role.value, one.value) for one in found & FOR_A_REASON}
    assert wrong == set()


def own_pages(client: Client, person: Person) -> Iterator[HttpResponse]:
    """All tabs, all forms, the list with every column, and every file of a person."""
    for tab in TABS:
        yield client.get(f"{reverse('people:person_detail', args=[person.pk])}?tab={tab}")
    for part in PARTS:
        yield client.get(reverse("people:person_edit", args=[person.pk, part]))
    client.cookies["columns-0-people"] = ""
    listed = reverse("people:person_list")
    yield client.get(listed)
    yield client.get(f"{listed}?export=xlsx")
    yield client.get(f"{reverse('portal:search')}?q={person.name}")
    for kind in ("lrmx", "lrm", "docx"):
        yield client.post(reverse("people:person_export", args=[person.pk]), {**REASON, "kind": kind})
    yield client.post(reverse("people:person_emergency", args=[person.pk]))
    yield client.post(reverse("people:forms_export"), {**REASON, "selected": person.pk})
    yield client.post(reverse("people:identities_export"), REASON)
    for what in ("identity", "health"):
        yield client.post(reverse("people:person_reveal", args=[person.pk]), {**REASON, "what": what})


@pytest.mark.parametrize("role", Role)
def test_pages_and_files_of_a_person_show_exactly_the_sections_of_the_table(
    world: World, signed_in, role: Role
) -> None:
    person = world.own.person
    client = signed_in(world.actors[role])
    found: set[Section] = set()
    for answer in own_pages(client, person):
        found |= sections_in(content_of(answer))
    sees = role in {Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.LEADER, Role.SECONDEE}
    expected = {section for section in MARKS if may_read(role, section)} if sees else set()
    assert found == expected


@pytest.mark.parametrize("role", Role)
def test_writers_of_the_table_and_no_others_open_the_pages_that_write(
    world: World, signed_in, role: Role
) -> None:
    client = signed_in(world.actors[role])
    sections = {"family": Section.FAMILY, "career": Section.CAREER}
    for part, section in sections.items():
        status = client.get(reverse("people:person_edit", args=[world.own.person.pk, part])).status_code
        may_write = role in ACCESS[section].writers
        assert (status == 200) == may_write, part
        if not may_read(role, section):
            assert status == 404, part


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("role", [Role.HOME_UNIT, Role.LEADER, Role.ORGANISATION_DEPARTMENT])
def test_findings_from_facts_of_the_organisation_department_are_told_neutrally(
    world: World, signed_in, role: Role, language: str
) -> None:
    own = world.own
    client = signed_in(world.actors[role])
    client.cookies["language"] = language
    investigated, another = make_person(own.home_unit), make_person(own.home_unit)
    for person in (investigated, another):
        mark(person)
    make_nomination(own.campaign, investigated)
    Person.objects.filter(pk=own.person.pk).update(is_under_investigation=False)
    own.person.family.update(unit=own.host_unit, is_leading=True, kinship="spouse")
    check_eligibility(own.campaign, by=world.actors[Role.ORGANISATION_DEPARTMENT], on=ON, at=AT)
    detail = reverse("campaigns:nomination_detail", args=[own.nomination.pk])
    pages = {"detail": client.get(detail)}
    if role == Role.HOME_UNIT:
        url = reverse("campaigns:nominate_preview", args=[own.campaign.pk])
        pages["preview"] = client.post(url, {"selected": another.pk})
    else:
        listed = reverse("campaigns:finding_list", args=[own.campaign.pk])
        pages["list"] = client.get(f"{listed}?size=100")
        pages["xlsx"] = client.get(f"{listed}?export=xlsx")
        pages["by_rule"] = client.get(f"{listed}?rule=H4&export=xlsx")
        pages["rules"] = client.get(reverse("campaigns:finding_rules", args=[own.campaign.pk]))
    texts = {name: content_of(answer) for name, answer in pages.items()}
    facts = {
        "zh-hans": ("正被立案审查调查", UNTIL, "有亲属", "H4 ", "H1 ", "立案"),
        "en": ("nder investigation", UNTIL, "relative", "H4 ", "H1 ", "penalt"),
    }[language]
    neutral = {
        "zh-hans": "资格审查未通过：请与组织部门联系",
        "en": "Not eligible: contact the organisation department",
    }
    told = {(name, fact) for name, text in texts.items() for fact in facts if fact in text}
    if role == Role.ORGANISATION_DEPARTMENT:
        assert {("detail", facts[1]), ("detail", facts[2]), ("list", facts[0]), ("xlsx", facts[1])} <= told
        assert {("by_rule", facts[0]), ("rules", facts[3])} <= told
        assert neutral[language] not in "".join(texts.values())
    else:
        assert told == set()
        assert {name for name, text in texts.items() if neutral[language] in text} == set(texts) - {
            "rules",
            "by_rule",
        }
    assert all(answer.status_code == 200 for answer in pages.values())


def test_a_home_unit_does_not_read_in_an_import_what_it_may_not_read_of_the_person(
    world: World, signed_in
) -> None:
    row = RosterImport.objects.get(pk=roster_import(world.own)["pk"])
    changes = [
        {"field": "family", "old": "", "new": MARKS[Section.FAMILY]},
        {"field": "career", "old": "", "new": MARKS[Section.CAREER]},
    ]
    problems = [
        {"column": "妻子出生年月", "found": MARKS[Section.FAMILY], "remedy": ""},
        {"column": "出生年月", "found": MARKS[Section.FILE], "remedy": ""},
    ]
    row.rows.create(position=1, outcome="changed", changes=changes, problems=problems)
    url = reverse("people:import_detail", args=[row.pk])
    for role in (Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT):
        for query in ("", "?export=xlsx"):
            found = sections_in(content_of(signed_in(world.actors[role]).get(url + query)))
            expected = {Section.FAMILY, Section.CAREER, Section.FILE}
            assert found == {one for one in expected if may_read(role, one)}, (role, query)


def test_no_home_unit_learns_whether_a_number_exists(world: World, signed_in) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from secondment.common.protection import blind_index

    known, unknown = "990000198503120019", "990000198503120035"
    Person.objects.filter(pk=world.other.person.pk).update(identity_index=blind_index(known))
    client = signed_in(world.actors[Role.HOME_UNIT])

    def answers(number: str) -> list[tuple[int, str, list[str], int]]:
        made = []
        fresh = make_person(world.own.home_unit)
        data = {
            "unit": world.own.home_unit.pk,
            "state": "active",
            "name": "示例新人",
            "sex": "1",
            "born_on": "1985-03-12",
            "identity": number,
        }
        edit = reverse("people:person_edit", args=[fresh.pk, "basics"])
        asked = (
            (reverse("people:person_create"), data),
            (edit, {**data, "name": fresh.name, "version": 1}),
            (reverse("people:identity_find"), {"number": number}),
        )
        for url, sent in asked:
            with transaction.atomic():
                with CaptureQueriesContext(connection) as queries:
                    answer = client.post(url, sent)
                words = [str(one) for one in client.get(reverse("people:person_list")).context["messages"]]
                transaction.set_rollback(True)
            where = "".join(sign for sign in answer.headers.get("Location", "") if not sign.isdigit())
            made.append((answer.status_code, where, words, len(queries)))
        return made

    first = answers(unknown)  # warms what is read once
    assert answers(known) == answers(unknown) == first
    assert [status for status, *_rest in first] == [302, 302, 302]


def test_every_look_leaves_an_event_and_a_second_one_none(world: World, signed_in) -> None:
    from secondment.audit.models import AuditEvent
    from secondment.documents.services import store_file

    person = world.own.person
    owner = world.actors[Role.ORGANISATION_DEPARTMENT]
    person.photo = store_file("photo", b"x", content_type="image/png", by=owner, at=AT)
    person.save()
    spouse = make_person(world.own.home_unit)
    make_nomination(world.own.campaign, spouse)
    detail = reverse("people:person_detail", args=[person.pk])
    finding = world.own.nomination.findings.create(rule="H4", result="block", fact_code="H4.investigation")
    looks = {
        f"{detail}?tab=family": {"person.look_family"},
        f"{detail}?tab=assessment": {"person.look_assessment", "person.look_penalties"},
        reverse("people:person_photo", args=[person.pk]): {"person.look_photo"},
        reverse("people:person_edit", args=[person.pk, "family"]): {"person.look_family"},
        reverse("campaigns:exemption_create", args=[finding.pk]): {"person.look_findings"},
        reverse("campaigns:nomination_detail", args=[world.own.nomination.pk]): {"person.look_findings"},
        reverse("campaigns:finding_list", args=[world.own.campaign.pk]): {"campaign.look_findings"},
        f"{detail}?tab=career": set(),
    }
    client, seen = signed_in(owner), set()
    for url, actions in looks.items():
        for _again in range(2):
            before = AuditEvent.objects.count()
            assert client.get(url).status_code == 200
            new = {one.action for one in AuditEvent.objects.order_by("pk")[before:]}
            assert new == actions - seen
            seen |= actions
    kept = json.dumps(list(AuditEvent.objects.values_list("object_label", "details")), ensure_ascii=False)
    assert [words for section, words in MARKS.items() if words in kept] == [MARKS[Section.RECORD]]
