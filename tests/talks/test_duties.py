"""Visits of the home unit every half-year, and the talk at half of the term: when they are due, and what meets them."""

import datetime as dt

import pytest
from tests.talks.scene import AT, ENDS_ON, STARTS_ON, Scene, item

from secondment.obligations.models import Obligation
from secondment.obligations.services import bring_up_to_date
from secondment.obligations.waiting import waiting_for
from secondment.talks.drafts import NewTalk
from secondment.talks.models import FollowUp
from secondment.talks.services import record_talk, withdraw_talk

DAY = dt.timedelta(days=1)
LAST = dt.date(2026, 6, 30)  # of the half-year
MIDDLE = dt.date(2027, 1, 5)  # of 730 days


@pytest.fixture
def alone(scene: Scene) -> Scene:
    scene.other.delete()
    return scene


def owed(kind: str, on: dt.date) -> list[tuple[dt.date, str, dt.date | None]]:
    bring_up_to_date(on=on)
    rows = Obligation.objects.filter(kind=kind).order_by("due_on")
    return list(rows.values_list("due_on", "state", "closed_on"))


def visit(scene: Scene, day: dt.date, **fields):
    values = {
        "kind": "visit",
        "unit": scene.home,
        "side": "home",
        "talker": "处长",
        "placements": [scene.placement],
    }
    return record_talk(NewTalk(held_on=day, **{**values, **fields}), by=scene.home_clerk, on=day, at=AT)


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (LAST - 31 * DAY, ""),
        (LAST - 30 * DAY, "还有 30 天"),
        (LAST, "今天到期"),
        (LAST + DAY, "逾期 1 天"),
    ],
)
def test_a_visit_is_due_on_the_last_day_of_the_half_year(alone: Scene, on: dt.date, state: str) -> None:
    owed("talks.visit", on)
    lines = [one for one in waiting_for(alone.home_clerk, on) if "走访" in one.title]
    assert [one.state for one in lines] == ([state] if state else [])
    assert all(one.path == f"/talks/new/?placement={alone.placement.pk}&kind=visit" for one in lines)
    assert not [one for one in waiting_for(alone.host, on) if "走访" in one.title]


def test_one_line_meets_it_and_what_was_promised_is_an_item_with_an_owner(alone: Scene) -> None:
    owed("talks.visit", STARTS_ON)
    visit(alone, LAST, items=[item("解决冬季取暖", "home", LAST + 20 * DAY)])
    assert owed("talks.visit", LAST) == [(LAST, "met", LAST)]
    follow_up = FollowUp.objects.get()
    assert (follow_up.unit, follow_up.due_on) == (alone.home, LAST + 20 * DAY)
    assert "谈话跟进：解决冬季取暖" in [one.title for one in waiting_for(alone.home_clerk, LAST)]
    assert owed("talks.visit", LAST + DAY)[1] == (dt.date(2026, 12, 31), "open", None)


def test_another_talk_of_the_home_unit_and_a_visit_of_the_department_are_no_home_visit(alone: Scene) -> None:
    visit(alone, LAST, kind="heart")
    record_talk(
        NewTalk(LAST, "visit", alone.department, "department", "部长", [alone.placement]),
        by=alone.local,
        on=LAST,
        at=AT,
    )
    assert owed("talks.visit", LAST) == [(LAST, "open", None)]


def test_a_visit_after_the_half_year_meets_it_late_and_the_next_one_too(alone: Scene) -> None:
    owed("talks.visit", LAST)
    late = visit(alone, LAST + DAY)
    assert owed("talks.visit", LAST + DAY) == [
        (LAST, "met", LAST + DAY),
        (dt.date(2026, 12, 31), "met", LAST + DAY),
    ]
    withdraw_talk(late, words="登记错人", by=alone.home_clerk, on=LAST + DAY, at=AT)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (MIDDLE - DAY, []),
        (MIDDLE, [(MIDDLE + 30 * DAY, "open", None)]),
    ],
)
def test_the_mid_term_talk_is_asked_for_at_half_of_the_term(alone: Scene, on: dt.date, expected) -> None:
    assert owed("talks.middle", on) == expected


@pytest.mark.parametrize(
    ("day", "kind", "state"),
    [
        (MIDDLE - 31 * DAY, "middle", "open"),
        (MIDDLE - 30 * DAY, "middle", "met"),
        (MIDDLE + 40 * DAY, "middle", "met"),
        (MIDDLE + DAY, "heart", "open"),
    ],
)
def test_a_mid_term_talk_a_little_earlier_meets_it(alone: Scene, day: dt.date, kind: str, state: str) -> None:
    alone.talk(held_on=day, kind=kind, on=max(day, MIDDLE + 40 * DAY))
    assert [one[1] for one in owed("talks.middle", MIDDLE + 40 * DAY)] == [state]


def test_duties_end_with_the_term(alone: Scene) -> None:
    owed("talks.visit", ENDS_ON - DAY)
    kinds = Obligation.objects.filter(kind__startswith="talks.", due_on__gte=ENDS_ON)
    assert not kinds.exists()
