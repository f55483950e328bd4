"""The home unit keeps in touch: due 90 days after its last word, met by any word of its own."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.daily_work.scene import AT, Scene, make_scene
from tests.makers import make_user

from secondment.accounts.choices import Role
from secondment.daily_work.contacts import CONTACT
from secondment.daily_work.models import HomeNotice
from secondment.daily_work.silence import LastWords
from secondment.obligations.models import Obligation
from secondment.obligations.services import bring_up_to_date, excuse, take_back_excuse
from secondment.obligations.waiting import waiting_for
from secondment.placements.models import Placement
from secondment.talks.drafts import NewTalk
from secondment.talks.services import record_talk, withdraw_talk

START = dt.date(2026, 1, 5)
DAY = dt.timedelta(days=1)
DUE = START + 90 * DAY


@pytest.fixture
def scene(db: None) -> Scene:
    return make_scene()


def owed(on: dt.date) -> list[tuple[dt.date, str, dt.date | None]]:
    bring_up_to_date(on=on, duties=[CONTACT])
    rows = Obligation.objects.filter(kind=CONTACT.kind).order_by("due_on")
    return list(rows.values_list("due_on", "state", "closed_on"))


def talk(scene: Scene, day: dt.date, side: str = "home", kind: str = "visit"):
    by = scene.home_clerk() if side == "home" else scene.host_clerk()
    unit = scene.home if side == "home" else scene.townships[0]
    new = NewTalk(held_on=day, kind=kind, unit=unit, side=side, talker="某处长", placements=scene.people[:1])
    return record_talk(new, by=by, on=day, at=AT)


@pytest.mark.parametrize(
    ("days", "state"), [(75, ""), (76, "还有 14 天"), (89, "还有 1 天"), (90, "今天到期"), (91, "逾期 1 天")]
)
def test_it_is_due_on_the_ninetieth_day_and_cut_when_it_is_late(scene: Scene, days: int, state: str) -> None:
    on, clerk = START + days * DAY, scene.home_clerk()
    owed(on)
    lines = [one for one in waiting_for(clerk, on) if "联系" in one.title]
    assert [one.state for one in lines] == ([state] if state else [])
    (placement,) = Placement.objects.all()
    assert {one.path for one in lines} <= {reverse("placements:placement_detail", args=[placement.pk])}
    words = LastWords.of([placement.pk], on)
    assert words.is_silent(placement, Role.HOME_UNIT) == (days > 90)


def test_about_several_people_it_leads_to_the_notice_of_the_quarter_that_runs(
    scene: Scene, signed_in
) -> None:
    """Ninety days end on any day of a month, and a notice is of a quarter."""
    scene.add()
    owed(DUE)
    clerk = scene.home_clerk()
    (line,) = (one for one in waiting_for(clerk, DUE) if "联系" in one.title)
    assert (line.title, line.path) == ("联系本人：2 人待办", "/daily/notices/new/")
    assert signed_in(clerk).get(line.path).status_code == 200


@pytest.mark.parametrize("kind", ["visit", "heart"])
def test_a_talk_of_the_home_unit_meets_it_at_once_and_begins_the_next(scene: Scene, kind: str) -> None:
    owed(START)
    day = dt.date(2026, 3, 1)
    talk(scene, day, kind=kind)
    after = [(DUE, "met", day), (day + 90 * DAY, "open", None)]
    assert (
        list(
            Obligation.objects.filter(kind=CONTACT.kind)
            .order_by("due_on")
            .values_list("due_on", "state", "closed_on")
        )
        == after
    )
    assert owed(day) == after


def test_a_talk_of_the_host_unit_and_one_withdrawn_are_no_contact(scene: Scene) -> None:
    owed(START)
    talk(scene, dt.date(2026, 3, 1), side="host", kind="heart")
    mistaken = talk(scene, dt.date(2026, 3, 2))
    withdraw_talk(mistaken, words="登记错人", by=scene.home_clerk(), on=dt.date(2026, 3, 2), at=AT)
    (placement,) = scene.people
    assert LastWords.of([placement.pk], dt.date(2026, 3, 3)).last(placement, Role.HOME_UNIT) is None


@pytest.mark.parametrize(("has_no_matters", "state"), [(False, "met"), (True, "open")])
def test_a_notice_counts_when_it_says_something(scene: Scene, has_no_matters: bool, state: str) -> None:
    owed(START)
    HomeNotice.objects.create(
        placement=scene.people[0],
        starts_on=dt.date(2026, 1, 1),
        ends_on=dt.date(2026, 4, 1),
        has_no_matters=has_no_matters,
        handed_in_by=scene.owner,
        handed_in_at=dt.datetime(2026, 4, 2, 2, 0, tzinfo=dt.UTC),
    )
    assert owed(dt.date(2026, 4, 2))[0][1] == state


def test_ten_days_late_it_goes_to_the_department_and_ends_with_the_term(scene: Scene) -> None:
    county = make_user(Role.ORGANISATION_DEPARTMENT, scene.root)
    for days, n in ((99, 0), (100, 1)):
        on = START + days * DAY
        owed(on)
        scene.home_clerk()
        assert len([one for one in waiting_for(county, on) if "联系" in one.title]) == n
    Placement.objects.update(ends_on=DUE)
    assert owed(START + 101 * DAY) == [(DUE, "waived", START + 101 * DAY)]


def test_an_excused_contact_is_asked_for_again_ninety_days_later(scene: Scene) -> None:
    owed(DUE - DAY)
    excuse(Obligation.objects.get(), reason="全省防汛", by=scene.owner, on=DUE - DAY, at=AT)
    assert owed(DUE - DAY) == [(DUE, "excused", DUE - DAY)]
    assert owed(DUE) == [(DUE, "excused", DUE - DAY), (DUE + 90 * DAY, "open", None)]
    assert owed(DUE + DAY) == owed(DUE)


@pytest.mark.parametrize(("is_visited", "state"), [(True, "met"), (False, "open")])
def test_an_excuse_taken_back_is_right_at_once(scene: Scene, is_visited: bool, state: str) -> None:
    owed(START)
    row = excuse(Obligation.objects.get(), reason="外出培训", by=scene.owner, on=START, at=AT)
    if is_visited:
        talk(scene, START + DAY)
    done = take_back_excuse(row, by=scene.owner, on=START + 2 * DAY, at=AT)
    assert (done.state, done.closed_on) == (state, START + DAY if is_visited else None)


def test_an_excuse_taken_back_after_the_term_is_owed_no_more(scene: Scene) -> None:
    owed(START)
    row = excuse(Obligation.objects.get(), reason="外出培训", by=scene.owner, on=START, at=AT)
    Placement.objects.update(ends_on=DUE - DAY)
    assert take_back_excuse(row, by=scene.owner, on=DUE, at=AT).state == "waived"
