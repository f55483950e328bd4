"""Two records of one person become one and two again: what moves, what is refused, what is kept of it."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.makers import (
    AT,
    make_campaign,
    make_nomination,
    make_person,
    make_placement,
    make_post,
    make_unit,
    make_user,
)

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.models import Nomination
from secondment.common.errors import NotAllowedError
from secondment.common.protection import blind_index, seal
from secondment.obligations.models import Obligation
from secondment.people.choices import PairState
from secondment.people.errors import IdentityConflictError, MergeRefusedError, ReasonMissingError
from secondment.people.models import FamilyMember, Person, PersonMerge, SuspectedPair
from secondment.people.queries import events_of, merged_into, survivor_of, visible_to
from secondment.people.services.changes import PersonChanges, rows_of
from secondment.people.services.duplicates import find_duplicates
from secondment.people.services.merging import Link, _uniques, links, merge_persons, undo_merge
from secondment.people.services.persons import edit_person
from secondment.placements.models import Placement

pytestmark = pytest.mark.django_db
NUMBER, OTHER = "990000198503120019", "990000198503120035"
REASON = "已核对人事档案"


@pytest.fixture
def unit():
    return make_unit("示例局", make_unit("示例省"))


@pytest.fixture
def department(unit):
    return make_user(Role.ORGANISATION_DEPARTMENT, unit.parent)


def numbered(unit, number: str = "", **fields) -> Person:
    person = make_person(unit, name="示例甲", **fields)
    if number:
        person.identity_sealed = seal(number, context=f"person.identity.{person.key}")
        person.identity_index, person.identity_masked = (
            blind_index(number),
            f"{number[:6]}********{number[-4:]}",
        )
        person.save()
    return person


def pair_of(*people: Person) -> SuspectedPair:
    find_duplicates(list(people), at=AT)
    return SuspectedPair.objects.get(first=people[0], second=people[1])


def merged(kept: Person, other: Person, by, *, wrong=None, reason=REASON) -> PersonMerge:
    first, second = sorted((kept, other), key=lambda one: one.pk)
    return merge_persons(pair_of(first, second), kept, reason=reason, wrong=wrong, by=by, at=AT)


def columns(person: Person) -> dict[str, object]:
    fresh = Person.objects.get(pk=person.pk)
    left_out = {"version"}
    return {
        field.attname: getattr(fresh, field.attname)
        for field in Person._meta.concrete_fields
        if field.attname not in left_out
    }


def test_every_column_that_points_at_a_person_is_known() -> None:
    found = {f"{link.label}.{link.field}" for link in links()}
    assert {
        "people.CareerEntry.person",
        "people.FamilyMember.person",
        "people.FamilyMember.relative",
        "people.RosterImportRow.person",
        "campaigns.Nomination.person",
        "placements.Placement.person",
    } <= found
    assert not [one for one in found if "Merge" in one or "Suspected" in one]


def test_a_column_that_is_unique_by_itself_counts_as_a_constraint() -> None:
    assert [fields for fields, _condition in _uniques(Link(Person, "account"))] == [("account",)]
    assert [fields for fields, _condition in _uniques(Link(Nomination, "person"))] == [("campaign", "person")]


def test_everything_moves_and_comes_back(unit, department) -> None:
    account = make_user(Role.SECONDEE, unit)
    kept = numbered(unit, specialty_text="", native_place="示例省", willingness="unknown")
    other = numbered(
        unit,
        NUMBER,
        specialty_text="农业技术推广",
        native_place="别省",
        willingness="willing",
        is_under_investigation=True,
        grassroots_years="2.5",
        rank_since=dt.date(2020, 9, 1),
        account=account,
    )
    other.health_notes_sealed = seal("术后恢复", context=f"person.health.{other.key}")
    other.save()
    other.career.create(position=1, text="示例处科员")
    other.family.create(position=1, title="妻子", name="示例乙")
    other.abilities.create(ability="development", value=73, source="organisation", as_of=dt.date(2025, 1, 1))
    spouse = make_person(unit)
    relative = FamilyMember.objects.create(
        person=spouse, position=1, title="丈夫", name="示例甲", relative=other
    )
    nomination = make_nomination(make_campaign(), other)
    placement = make_placement(person=other, post=make_post(), state="in_post")
    before = columns(kept), columns(other)

    merge = merged(kept, other, department)
    kept.refresh_from_db()
    assert (kept.specialty_text, kept.native_place, kept.willingness) == ("农业技术推广", "示例省", "willing")
    assert (str(kept.grassroots_years), kept.rank_since) == ("2.5", dt.date(2020, 9, 1))
    assert (kept.identity_number, kept.health_notes, kept.is_under_investigation) == (
        NUMBER,
        "术后恢复",
        True,
    )
    assert (kept.account, kept.version) == (account, 2)
    assert [row["text"] for row in rows_of(kept, "career")] == ["示例处科员"]
    assert kept.family.count() == kept.abilities.count() == 1
    for row in (relative, nomination, placement):
        row.refresh_from_db()
    assert relative.relative == nomination.person == placement.person == kept
    other.refresh_from_db()
    assert (other.state, other.account) == ("merged", None)
    assert list(visible_to(department).filter(name="示例甲")) == [kept]
    assert merge.pair.state == PairState.MERGED
    assert survivor_of(other.pk) == kept.pk
    assert merged_into(kept) == [other.pk]
    assert NUMBER not in str(merge.moved)

    undo_merge(merge, reason=REASON, by=department, at=AT)
    assert (columns(kept), columns(other)) == before
    for row in (relative, nomination, placement):
        row.refresh_from_db()
    assert relative.relative == nomination.person == placement.person == other
    assert Person.objects.get(pk=other.pk).identity_number == NUMBER
    assert other.career.count() == other.abilities.count() == 1
    assert SuspectedPair.objects.get(pk=merge.pair_id).state == PairState.OPEN
    assert survivor_of(other.pk) is None


def test_what_both_have_stays_with_the_record_given_up(unit, department) -> None:
    kept, other = numbered(unit), numbered(unit)
    for person, text in ((kept, "保留"), (other, "并入")):
        person.career.create(position=1, text=text)
        person.annual_grades.create(year=2025, grade="excellent" if text == "保留" else "competent")
        person.specialties.create(tag="agriculture")
        person.abilities.create(ability="development", value=50, source="self", as_of=dt.date(2025, 1, 1))
        person.penalties.create(
            kind="warning", starts_on=dt.date(2025, 1, 1), ends_on=dt.date(2025, 7, 1), document="同一处分"
        )
    other.annual_grades.create(year=2024, grade="excellent")
    other.specialties.create(tag="finance")
    merge = merged(kept, other, department)
    assert [row.text for row in kept.career.all()] == ["保留"]
    assert [(row.year, row.grade) for row in kept.annual_grades.all()] == [
        (2025, "excellent"),
        (2024, "excellent"),
    ]
    assert [row.tag for row in kept.specialties.all()] == ["agriculture", "finance"]
    assert kept.abilities.count() == kept.penalties.count() == 1
    assert [row.text for row in other.career.all()] == ["并入"]
    undo_merge(merge, reason=REASON, by=department, at=AT)
    assert (kept.annual_grades.count(), other.annual_grades.count()) == (1, 2)


@pytest.mark.parametrize(
    ("first", "second", "wrong", "number"),
    [
        (NUMBER, OTHER, "", None),
        (NUMBER, OTHER, "third", None),
        (NUMBER, OTHER, "kept", OTHER),
        (NUMBER, OTHER, "merged", NUMBER),
        (NUMBER, NUMBER, "", NUMBER),
        ("", NUMBER, "", NUMBER),
        (NUMBER, "", "", NUMBER),
        ("", "", "", ""),
    ],
)
def test_two_numbers_are_two_persons_unless_one_is_said_to_be_wrong(
    unit, department, first, second, wrong, number
) -> None:
    kept, other = numbered(unit, first), numbered(unit, second)
    chosen = {"": None, "kept": kept, "merged": other, "third": make_person(unit)}[wrong]
    if number is None:
        with pytest.raises(MergeRefusedError, match="身份证号不同"):
            merged(kept, other, department, wrong=chosen)
        return
    merge = merged(kept, other, department, wrong=chosen)
    assert Person.objects.get(pk=kept.pk).identity_number == number
    undo_merge(merge, reason=REASON, by=department, at=AT)
    assert [Person.objects.get(pk=one.pk).identity_number for one in (kept, other)] == [first, second]


def test_a_number_that_contradicts_the_kept_record_is_refused(unit, department) -> None:
    kept, other = numbered(unit, born_on=dt.date(1985, 3, 20)), numbered(unit, NUMBER)
    with pytest.raises(IdentityConflictError):
        merged(kept, other, department)
    assert not PersonMerge.objects.exists()
    assert Person.objects.get(pk=other.pk).state == "active"


def test_what_cannot_stand_side_by_side_is_named_before_anything_moves(unit, department) -> None:
    kept, other = numbered(unit), numbered(unit)
    campaign = make_campaign()
    live = [make_nomination(campaign, person) for person in (kept, other)]
    for person in (kept, other):
        make_placement(person=person, post=make_post(), state="in_post")
        person.account = make_user()
        person.save()
    other.abilities.create(ability="development", value=73, source="self", as_of=dt.date(2025, 1, 1))
    with pytest.raises(MergeRefusedError) as refused:
        merged(kept, other, department)
    for words in ("“推荐”：", "“挂职”：", "两人各有一个在用的账号"):
        assert words in str(refused.value)
    assert kept.abilities.count() == 0
    other.account.is_active = False
    other.account.save()
    Placement.objects.filter(person=other).update(state="ended")
    Nomination.objects.filter(pk=live[1].pk).update(state="withdrawn")
    merged(kept, other, department)
    assert Placement.objects.filter(person=kept).count() == 2
    assert Nomination.objects.get(pk=live[1].pk).person == other
    assert Person.objects.get(pk=other.pk).account is not None


def test_a_refusal_of_the_database_moves_nothing(unit, department, monkeypatch) -> None:
    monkeypatch.setattr("secondment.people.services.merging._colliding", lambda *_args: iter(()))
    kept, other = numbered(unit), numbered(unit)
    campaign = make_campaign()
    for person in (kept, other):
        make_nomination(campaign, person)
    with pytest.raises(MergeRefusedError, match="不能并存"):
        merged(kept, other, department)
    assert Nomination.objects.filter(person=kept).count() == 1
    assert Person.objects.get(pk=other.pk).state == "active"


def test_only_the_department_of_both_merges_and_gives_its_reason(unit, department) -> None:
    kept, other = numbered(unit), numbered(unit)
    for by in (make_user(Role.HOME_UNIT, unit), make_user(Role.ORGANISATION_DEPARTMENT, make_unit("别省"))):
        with pytest.raises(NotAllowedError):
            merged(kept, other, by)
    with pytest.raises(ReasonMissingError):
        merged(kept, other, department, reason="是")
    merge = merged(kept, other, department)
    with pytest.raises(MergeRefusedError, match="已经核实过"):
        merge_persons(merge.pair, kept, reason=REASON, wrong=None, by=department, at=AT)
    with pytest.raises(NotAllowedError):
        undo_merge(merge, reason=REASON, by=make_user(Role.HOME_UNIT, unit), at=AT)
    with pytest.raises(ReasonMissingError):
        undo_merge(merge, reason="错", by=department, at=AT)


def test_an_undo_is_refused_with_every_later_change(unit, department) -> None:
    kept, other, third = numbered(unit), numbered(unit), numbered(unit)
    nomination = make_nomination(make_campaign(), other)
    pair_of(kept, other, third)
    first = merge_persons(
        SuspectedPair.objects.get(first=kept, second=other),
        kept,
        reason=REASON,
        wrong=None,
        by=department,
        at=AT,
    )
    edit_person(
        Person.objects.get(pk=kept.pk),
        PersonChanges({"post_title": "示例处处长"}),
        version=None,
        by=department,
        at=AT,
    )
    nomination.delete()
    second = merge_persons(
        SuspectedPair.objects.get(first=kept, second=third),
        third,
        reason=REASON,
        wrong=None,
        by=department,
        at=AT,
    )
    assert survivor_of(other.pk) == third.pk
    assert merged_into(third) == [kept.pk, other.pk]
    with pytest.raises(MergeRefusedError) as refused:
        undo_merge(first, reason=REASON, by=department, at=AT)
    for words in ("后来又并入了另一人", "保留的人员信息又有修改", "移过来的“推荐”后来有变动"):
        assert words in str(refused.value)
    undo_merge(second, reason=REASON, by=department, at=AT)
    with pytest.raises(MergeRefusedError, match="已经撤销过"):
        undo_merge(second, reason=REASON, by=department, at=AT)


def test_the_trail_of_both_stays_within_reach(unit, department) -> None:
    kept, other = numbered(unit), numbered(unit)
    changes = PersonChanges({"post_title": "示例处处长"})
    edit_person(other, changes, version=None, by=department, at=AT)
    other.refresh_from_db()
    merged(kept, other, department)
    assert {(event.action, event.object_id) for event in events_of(kept)} == {
        ("person.edit", str(other.pk)),
        ("person.merge", str(kept.pk)),
        ("person.merge", str(other.pk)),
    }
    assert AuditEvent.objects.filter(action="person.merge").first().details["reason"] == REASON
    assert Obligation.objects.get(kind="people.duplicates").state == "met"


def test_pages_merge_show_what_was_done_and_undo(unit, department, signed_in) -> None:
    client = signed_in(department)
    kept, other = numbered(unit, NUMBER), numbered(unit, OTHER)
    pair = pair_of(kept, other)
    url = reverse("people:pair_detail", args=[pair.pk])
    merge, undo = (reverse(f"people:{name}", args=[pair.pk]) for name in ("pair_merge", "pair_undo"))
    assert client.post(undo, {"reason": REASON}).status_code == 404
    page = client.post(merge, {"kept_key": kept.pk, "reason": REASON})
    assert "两人的身份证号不同，不能合并" in page.content.decode()
    assert client.post(merge, {"kept_key": "", "reason": REASON}).status_code == 200
    data = {"kept_key": kept.pk, "wrong_key": other.pk, "reason": REASON}
    assert client.post(merge, data).headers["Location"] == url
    page = client.get(url).content.decode()
    assert f"编号 {other.pk} 已并入编号 {kept.pk}" in page
    moved = client.get(reverse("people:person_detail", args=[other.pk]))
    assert moved.headers["Location"] == reverse("people:person_detail", args=[kept.pk])
    stranger = signed_in(make_user(Role.HOME_UNIT, make_unit("别省")))
    assert stranger.get(reverse("people:person_detail", args=[other.pk])).status_code == 404
    assert client.post(undo, {"reason": REASON}).status_code == 302
    assert client.get(reverse("people:person_detail", args=[other.pk])).status_code == 200


def test_pages_that_show_either_record_are_out_of_date_after_a_merge(unit, department) -> None:
    kept, other = numbered(unit), numbered(unit, NUMBER)
    Person.objects.filter(pk=kept.pk).update(version=4)
    Person.objects.filter(pk=other.pk).update(version=7)
    merged(kept, other, department)
    assert Person.objects.get(pk=kept.pk).version == 8
    assert Person.objects.get(pk=other.pk).version == 8


def test_an_emergency_contact_moves_whole_or_not_at_all(unit, department) -> None:
    names = ("emergency_name", "emergency_relation", "emergency_phone")
    theirs = dict(zip(names, ("王亲友", "配偶", "000-1"), strict=True))
    kept, other = numbered(unit), numbered(unit, **theirs)
    before = columns(kept), columns(other)
    merge = merged(kept, other, department)
    assert {name: columns(kept)[name] for name in names} == theirs
    undo_merge(merge, reason=REASON, by=department, at=AT)
    assert (columns(kept), columns(other)) == before
    ours = dict(zip(names, ("李亲友", "父亲", "000-2"), strict=True))
    Person.objects.filter(pk=kept.pk).update(**ours)
    merged(kept, other, department)
    assert {name: columns(kept)[name] for name in names} == ours
