"""Duties are asked for, follow terms and records, and are asked for once."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from django.utils.translation import gettext_noop
from tests.daily_work.scene import Scene, make_scene
from tests.makers import make_programme_version, make_user

from secondment.accounts.choices import Role
from secondment.obligations import duties as register
from secondment.obligations.duties import Duty, add_duty
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.periods import Period
from secondment.obligations.queries import periodic_of
from secondment.obligations.rhythms import AfterStart, SinceLast, WithinEach
from secondment.obligations.services import bring_up_to_date
from secondment.obligations.waiting import count_waiting, waiting_for
from secondment.placements.choices import PlacementState
from secondment.placements.duties import PLACEMENTS, placement_duty
from secondment.placements.models import Placement

START = dt.date(2026, 1, 5)  # of the scene's people
DAY = dt.timedelta(days=1)
CONTACTS: list[tuple[int, dt.date]] = []


def contacts(keys: Sequence[int]) -> Iterator[tuple[int, dt.date]]:
    return ((key, day) for key, day in CONTACTS if key in keys)


@pytest.fixture(autouse=True)
def no_contacts() -> Iterator[None]:
    yield
    CONTACTS.clear()


def contact_days(placement: Placement) -> int:
    days: int = placement.programme_version.parameters["cycles"].get("contact_days", 90)
    return days


CONTACT = placement_duty(
    "test.contact",
    label=gettext_noop("联系本人"),
    title=gettext_noop("联系%(person)s同志"),
    role=Role.HOME_UNIT,
    rhythm=SinceLast(contact_days),
    records=contacts,
)
DIVISION = placement_duty(
    "test.division",
    label=gettext_noop("分工"),
    title=gettext_noop("明确%(person)s同志的分工"),
    role=Role.HOST_UNIT,
    rhythm=AfterStart(lambda _placement: 15),
)
VISIT = placement_duty(
    "test.visit",
    label=gettext_noop("走访"),
    title=gettext_noop("%(period)s走访"),
    role=Role.HOME_UNIT,
    rhythm=WithinEach(lambda _placement: 6),
    page=lambda period: f"/visits/?until={period.ends_on}",
    records=contacts,
)
ALL = (CONTACT, DIVISION, VISIT)


def ask(on: dt.date, *duties: Duty) -> int:
    return bring_up_to_date(on=on, duties=duties or ALL)


def rows(duty: Duty) -> list[tuple[dt.date | None, dt.date, str, dt.date | None]]:
    found = Obligation.objects.filter(kind=duty.kind).order_by("period_starts_on", "due_on", "closed_on")
    return list(found.values_list("period_starts_on", "due_on", "state", "closed_on"))


def test_a_duty_names_who_owes_what_to_whom_by_when_and_why(db: None) -> None:
    scene = make_scene()
    ask(START, CONTACT)
    one = Obligation.objects.get()
    person = scene.people[0]
    assert one.title == f"联系{person.person.name}同志"
    assert (one.unit, one.role, one.creditor) == (scene.home, Role.HOME_UNIT, scene.root.name)
    assert (one.due_on, one.opens_on) == (START + 90 * DAY, START + 76 * DAY)
    assert one.basis == person.programme_version.programme.name
    assert one.path == f"/placements/{person.pk}/"
    assert one.manager == scene.root
    assert one.account is None


def test_every_day_asks_for_the_same_once(db: None) -> None:
    make_scene(2)
    assert ask(START) == 6
    before = list(Obligation.objects.order_by("pk").values())
    assert ask(START) == 0
    assert list(Obligation.objects.order_by("pk").values()) == before


def test_a_record_closes_what_was_open_and_begins_the_next(db: None) -> None:
    scene = make_scene()
    ask(START, CONTACT)
    CONTACTS.append((scene.people[0].pk, dt.date(2026, 3, 1)))
    assert bring_up_to_date(on=dt.date(2026, 3, 2), duties=[CONTACT], subjects=scene.people) == 1
    assert rows(CONTACT) == [
        (START, START + 90 * DAY, "met", dt.date(2026, 3, 1)),
        (dt.date(2026, 3, 1), dt.date(2026, 5, 30), "open", None),
    ]
    assert ask(dt.date(2026, 3, 2), CONTACT) == 0


def test_any_order_of_looks_gives_the_same(db: None) -> None:
    scene = make_scene(2)
    for number, one in enumerate(scene.people):
        CONTACTS.extend((one.pk, dt.date(2026, 2 + month, 3 + number)) for month in range(4))
    ask(dt.date(2026, 6, 1), CONTACT)
    at_once = rows(CONTACT)
    Obligation.objects.all().delete()
    for month in range(1, 7):
        ask(dt.date(2026, month, 28) if month < 6 else dt.date(2026, 6, 1), CONTACT)
    # what fell due long ago is known only to who looked then
    assert [one for one in rows(CONTACT) if one[1] >= dt.date(2026, 3, 1)] == at_once
    assert [one[2] for one in at_once].count("open") == 2


def test_a_record_before_the_first_look_has_met_the_duty_already(db: None) -> None:
    scene = make_scene()
    CONTACTS.append((scene.people[0].pk, dt.date(2026, 2, 1)))
    ask(dt.date(2026, 2, 2), VISIT)
    assert rows(VISIT) == [(dt.date(2026, 1, 1), dt.date(2026, 6, 30), "met", dt.date(2026, 2, 1))]


def test_a_programme_that_asks_more_often_changes_what_stands_in_no_list_yet(db: None) -> None:
    make_scene()
    ask(START, CONTACT)
    Placement.objects.update(programme_version=make_programme_version({"cycles": {"contact_days": 60}}))
    ask(START + 75 * DAY, CONTACT)
    assert rows(CONTACT) == [(START, START + 60 * DAY, "open", None)]
    Placement.objects.update(programme_version=make_programme_version({"cycles": {"contact_days": 30}}))
    ask(START + 76 * DAY, CONTACT)
    assert rows(CONTACT) == [(START, START + 60 * DAY, "open", None)]


def test_a_term_that_ends_takes_its_duties_along_and_gives_them_back(db: None) -> None:
    scene = make_scene()
    on = START + 80 * DAY
    ask(on, CONTACT)
    Placement.objects.update(state=PlacementState.ENDED, ends_on=START + 85 * DAY)
    ask(on + DAY, CONTACT)
    assert rows(CONTACT) == [(START, START + 90 * DAY, "waived", on + DAY)]
    Placement.objects.update(state=PlacementState.IN_POST, ends_on=scene.people[0].ends_on)
    ask(on + 2 * DAY, CONTACT)
    assert rows(CONTACT) == [(START, START + 90 * DAY, "open", None)]


def test_a_division_asked_for_follows_a_first_day_that_was_corrected(db: None) -> None:
    make_scene()
    ask(START, DIVISION)
    Placement.objects.update(reported_on=START + 7 * DAY)
    ask(START + 8 * DAY, DIVISION)
    assert [one[:3] for one in rows(DIVISION)] == [
        (START, START + 15 * DAY, "waived"),
        (START + 7 * DAY, START + 22 * DAY, "open"),
    ]


def test_nothing_is_owed_for_a_pause(db: None) -> None:
    scene = make_scene()
    half = Period(dt.date(2026, 1, 1), dt.date(2026, 7, 1))
    pauses = {scene.people[0].pk: [half]}
    ask(START, VISIT)
    PLACEMENTS.pauses.append(lambda _keys: pauses)
    try:
        ask(dt.date(2026, 6, 20), VISIT)
        assert [one[2] for one in rows(VISIT)] == ["waived"]
    finally:
        PLACEMENTS.pauses.pop()
    ask(dt.date(2026, 6, 21), VISIT)
    assert [one[2] for one in rows(VISIT)] == ["open"]


def test_a_duty_asks_only_those_to_whom_it_applies(db: None) -> None:
    scene = make_scene(2)
    other = scene.people[0].pk
    ask(START, replace(DIVISION, applies=lambda placement: placement.pk != other))
    assert [int(one.subject_id) for one in Obligation.objects.all()] == [scene.people[1].pk]


def test_one_name_is_one_duty(monkeypatch) -> None:
    monkeypatch.setattr(register, "DUTIES", {})
    add_duty(CONTACT)
    add_duty(CONTACT)
    with pytest.raises(ValueError, match=r"two duties are called test\.contact"):
        add_duty(replace(CONTACT))


def test_of_a_secondee_the_account_owes_it(db: None) -> None:
    scene = make_scene(2)
    account = make_user(Role.SECONDEE, scene.home)
    person = scene.people[0].person
    person.account = account
    person.save()
    own = placement_duty(
        "test.own",
        label=gettext_noop("小结"),
        title=gettext_noop("小结"),
        role=Role.SECONDEE,
        rhythm=DIVISION.rhythm,
    )
    ask(START, own)
    mine = Obligation.objects.filter(account=account)
    assert [int(one.subject_id) for one in mine] == [scene.people[0].pk]
    assert list(periodic_of(account, START)) == list(mine)
    assert list(periodic_of(scene.home_clerk(), START)) == []


@pytest.fixture
def declared(db: None, monkeypatch) -> Scene:
    monkeypatch.setattr("secondment.obligations.asked.DUTIES", {one.kind: one for one in ALL})
    return make_scene(2)


def test_what_has_no_common_period_is_one_line_and_stands_in_lists_only_when_it_is_near(declared) -> None:
    clerk = declared.home_clerk()
    ask(START, CONTACT)
    assert waiting_for(clerk, START + 75 * DAY) == []
    lines = waiting_for(clerk, START + 76 * DAY)
    assert [(one.title, one.path, one.state) for one in lines] == [
        ("联系本人：2 人待办", "/placements/", "还有 14 天")
    ]
    assert count_waiting(clerk, START + 76 * DAY) == 1
    CONTACTS.append((declared.people[0].pk, START + 76 * DAY))
    ask(START + 77 * DAY, CONTACT)
    (line,) = waiting_for(clerk, START + 77 * DAY)
    assert (line.title, line.path) == ("联系本人：1 人待办", f"/placements/{declared.people[1].pk}/")


def test_a_period_of_the_calendar_leads_to_the_page_of_the_period(declared) -> None:
    clerk = declared.home_clerk()
    ask(START, VISIT)
    (line,) = waiting_for(clerk, dt.date(2026, 6, 30))
    assert (line.title, line.path) == ("2026-01至2026-06走访：2 人待办", "/visits/?until=2026-07-01")


def test_what_is_waived_is_met_by_no_record(db: None) -> None:
    scene = make_scene()
    ask(START, CONTACT)
    Placement.objects.update(state=PlacementState.CANCELLED)
    CONTACTS.append((scene.people[0].pk, START + DAY))
    ask(START + 80 * DAY, CONTACT)
    assert set(Obligation.objects.values_list("state", flat=True)) <= {ObligationState.WAIVED}
