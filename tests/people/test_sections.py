"""The table of sections in services: who writes what, which looks and numbers are on record."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from tests.makers import AT, make_person, make_placement, make_post, make_unit, make_user
from tests.people.appointment_forms.pictures import gradient, saved
from tests.people.imported import NUMBER
from tests.people.test_persons import edited, values

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment
from secondment.audit.models import AuditEvent
from secondment.audit.services import record
from secondment.common.errors import NotAllowedError
from secondment.people.errors import TooManyNumbersError
from secondment.people.queries import visible_to
from secondment.people.sections import BROUGHT_ALONG, Section, sections_of_names, written_by
from secondment.people.services.changes import PersonChanges
from secondment.people.services.looks import note_looks
from secondment.people.services.numbers import (
    ENTER,
    FIND,
    MOST_NUMBERS_A_DAY,
    find_person,
    n_numbers_of,
)
from secondment.people.services.persons import create_person

pytestmark = pytest.mark.django_db
PENALTY = {
    "kind": "warning",
    "starts_on": dt.date(2026, 1, 1),
    "ends_on": dt.date(2026, 7, 1),
    "document": "",
}


@pytest.fixture
def unit():
    return make_unit("示例局")


@pytest.fixture
def clerk(unit):
    return make_user(Role.ORGANISATION_DEPARTMENT, unit)


def test_an_account_writes_every_section_it_may_write_in_one_go(unit) -> None:
    home = make_user(Role.HOME_UNIT, unit)
    changes = PersonChanges(
        values(
            unit,
            emergency_name="示例",
            emergency_relation="配偶",
            emergency_phone="13800000000",
            full_time_education="大学",
            is_reserve=True,
        ),
        {"career": [], "annual_grades": [], "abilities": [], "family": []},
        identity=NUMBER,
        photo=saved(gradient(), "JPEG"),
    )
    assert sections_of_names(changes.names) == written_by(Role.HOME_UNIT) | BROUGHT_ALONG
    person = create_person(changes, by=home, at=AT)
    assert (person.emergency_name, person.is_reserve, person.identity_number) == ("示例", True, NUMBER)


def test_a_number_known_elsewhere_is_taken_in_silence(unit, clerk) -> None:
    elsewhere = make_unit("别局")
    stranger = make_user(Role.HOME_UNIT, elsewhere)
    first = create_person(PersonChanges(values(unit), identity=NUMBER), by=clerk, at=AT)
    second = create_person(PersonChanges(values(elsewhere), identity=NUMBER), by=stranger, at=AT)
    assert first.identity_index == second.identity_index is not None
    assert (first.identity_masked, first.identity_number) == (second.identity_masked, second.identity_number)


@pytest.mark.parametrize(
    ("given", "is_allowed"),
    [
        ({"rows": {"annual_grades": [{"year": 2025, "grade": "excellent"}]}}, True),
        ({"values": {"is_reserve": True}}, True),
        ({"rows": {"penalties": [PENALTY]}}, False),
        ({"rows": {"family": [{"title": "妻子", "name": "示例乙", "kinship": "spouse"}]}}, False),
        ({"rows": {"firms": [{"runner": "妻子", "name": "示例公司", "industry": "finance"}]}}, False),
        ({"values": {"is_under_investigation": True}}, False),
        ({"health_notes": "术后恢复"}, False),
    ],
)
def test_services_write_only_what_the_table_allows(unit, clerk, given, is_allowed) -> None:
    home = make_user(Role.HOME_UNIT, unit)
    person = make_person(unit, name="示例一")
    if is_allowed:
        edited(person, home, **given)
        return
    with pytest.raises(NotAllowedError):
        edited(person, home, **given)
    person.refresh_from_db()
    assert (person.version, person.health_notes, person.is_under_investigation) == (1, "", False)
    assert person.penalties.count() + person.family.count() + person.firms.count() == 0
    edited(person, clerk, **given)


def test_a_home_unit_brings_family_along_with_a_new_person_but_nothing_that_is_not_its_own(unit) -> None:
    home = make_user(Role.HOME_UNIT, unit)
    family = [{"title": "妻子", "name": "示例乙", "kinship": "spouse"}]
    person = create_person(PersonChanges(values(unit), {"family": family}), by=home, at=AT)
    assert person.family.count() == 1
    for more in ({"health_notes": "术后恢复"}, {"rows": {"penalties": [PENALTY]}}):
        with pytest.raises(NotAllowedError):
            create_person(PersonChanges(values(unit), **more), by=home, at=AT)


@pytest.mark.parametrize("n_before", [199, 200])
def test_numbers_typed_by_hand_are_counted_a_day(unit, clerk, n_before) -> None:
    for n in range(n_before):
        record((FIND, ENTER)[n % 2], clerk, by=clerk, at=AT)
    record(FIND, clerk, by=clerk, at=AT - dt.timedelta(days=1))
    record(FIND, clerk, by=make_user(), at=AT)
    person = create_person(PersonChanges(values(unit)), by=clerk, at=AT)  # no number, not counted
    if n_before < MOST_NUMBERS_A_DAY:
        edited(person, clerk, identity=NUMBER)
        assert n_numbers_of(clerk, at=AT) == 200
    else:
        with pytest.raises(TooManyNumbersError, match="已达 200 个"):
            edited(person, clerk, identity=NUMBER)
    for _again in range(2):
        with pytest.raises(TooManyNumbersError):
            find_person(NUMBER, by=clerk, at=AT)
    assert AuditEvent.objects.filter(action="person.find_identity.refused").count() == 1
    assert find_person(NUMBER, by=clerk, at=AT + dt.timedelta(days=1)) == (
        person if n_before < MOST_NUMBERS_A_DAY else None
    )


def test_a_search_by_number_finds_only_whose_files_one_keeps(unit, clerk) -> None:
    person = create_person(PersonChanges(values(unit), identity=NUMBER), by=clerk, at=AT)
    host = make_unit("示例县")
    make_placement(person=person, post=make_post(host), state="in_post")
    both = make_user(Role.HOST_UNIT, host)
    RoleAssignment.objects.create(user=both, role=Role.HOME_UNIT, unit=host)
    assert list(visible_to(both)) == [person]
    assert find_person(NUMBER, by=both, at=AT) is None
    assert find_person(NUMBER.lower(), by=clerk, at=AT) == person
    found = AuditEvent.objects.filter(action=FIND).order_by("pk").values_list("details", flat=True)
    assert list(found) == [{"found": False}, {"found": True}]


def test_looks_are_on_record_once_a_day(unit, clerk) -> None:
    person, shown = make_person(unit), frozenset({Section.FAMILY, Section.CAREER})
    at = dt.datetime(2026, 11, 23, 1, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    for moment in (at, at + dt.timedelta(hours=22), at + dt.timedelta(hours=23)):
        note_looks(person, shown, by=clerk, at=moment)
    note_looks(person, shown, by=make_user(), at=at)
    note_looks(make_person(unit), frozenset({Section.PHOTO}), by=clerk, at=at)
    seen = AuditEvent.objects.filter(action__startswith="person.look").values_list("action", "at", "actor_id")
    assert len(seen) == 4
    assert [moment for action, moment, actor in seen if actor == clerk.pk and "family" in action] == [
        at + dt.timedelta(hours=23),
        at,
    ]
