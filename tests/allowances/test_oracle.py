"""Twenty cases reckoned by hand: dates, leave and amounts are written out, and the service comes to the same.

Working days by the calendar of 2026: January 21, February 16, March 22, April 21, May 19, October 18, November 21.
"""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from tests.allowances.scene import AT, clerk_of, fresh, month, rule
from tests.leave.scene import make_scene

from secondment.allowances.reckoning import entitled_in
from secondment.allowances.services import note_trips
from secondment.allowances.words import arithmetic, subtracted
from secondment.leave.choices import LeaveType as L

DAY = rule("living", "day", 10000)
MONTHLY = rule("township", "month", 30000)
LIMITED = rule("township", "month", 30000, limit=10)
TRIP = rule("transport", "trip", 8050, limit=4)
LATER = dt.date(2026, 12, 31)


@dataclass(frozen=True)
class Case:
    """What happened in a month, and what it comes to."""

    what: str
    month: str
    rule: dict
    sum: str
    why: str = ""
    leave: tuple = ()
    starts_on: str = "2026-01-05"
    ends_on: str = "2028-01-05"
    reported_on: str = ""
    trips: int = 0
    others: dict = field(default_factory=dict)


CASES = [
    # by the day
    Case("a whole month", "2026-03", DAY, "22 天 × 100.00 元 = 2200.00 元", "应在岗 22 天"),
    Case(
        "New Year and a working Sunday before the term",
        "2026-01",
        DAY,
        "20 天 × 100.00 元 = 2000.00 元",
        "应在岗 20 天",
    ),
    Case("the Spring Festival", "2026-02", DAY, "16 天 × 100.00 元 = 1600.00 元", "应在岗 16 天"),
    Case("the National Day", "2026-10", DAY, "18 天 × 100.00 元 = 1800.00 元", "应在岗 18 天"),
    Case(
        "two days for oneself",
        "2026-03",
        DAY,
        "20 天 × 100.00 元 = 2000.00 元",
        "应在岗 22 天；减事假 2 天",
        ((L.PERSONAL, "2026-03-03", "2026-03-04", ""),),
    ),
    Case(
        "half a day",
        "2026-03",
        DAY,
        "21.5 天 × 100.00 元 = 2150.00 元",
        "应在岗 22 天；减事假 0.5 天",
        ((L.PERSONAL, "2026-03-03pm", "2026-03-03pm", ""),),
    ),
    Case(
        "ill from Thursday to Tuesday",
        "2026-03",
        DAY,
        "18 天 × 100.00 元 = 1800.00 元",
        "应在岗 22 天；减病假 4 天",
        ((L.SICK, "2026-03-05", "2026-03-10", ""),),
    ),
    Case(
        "annual leave is no day in post",
        "2026-03",
        DAY,
        "17 天 × 100.00 元 = 1700.00 元",
        "应在岗 22 天；减年休假 5 天",
        ((L.ANNUAL, "2026-03-09", "2026-03-13", ""),),
    ),
    Case(
        "an official journey is",
        "2026-03",
        DAY,
        "22 天 × 100.00 元 = 2200.00 元",
        "应在岗 22 天",
        ((L.OFFICIAL, "2026-03-09", "2026-03-13", ""),),
    ),
    Case(
        "back three days late",
        "2026-03",
        DAY,
        "18 天 × 100.00 元 = 1800.00 元",
        "应在岗 22 天；减逾期未归 3 天、事假 1 天",
        ((L.PERSONAL, "2026-03-03", "2026-03-03", "2026-03-09"),),
    ),
    Case(
        "back early",
        "2026-03",
        DAY,
        "20 天 × 100.00 元 = 2000.00 元",
        "应在岗 22 天；减事假 2 天",
        ((L.PERSONAL, "2026-03-09", "2026-03-13", "2026-03-11"),),
    ),
    Case(
        "leave into the next month",
        "2026-04",
        DAY,
        "19 天 × 100.00 元 = 1900.00 元",
        "应在岗 21 天；减病假 2 天",
        ((L.SICK, "2026-03-30", "2026-04-02", ""),),
    ),
    Case(
        "arrived on the sixteenth",
        "2026-03",
        DAY,
        "12 天 × 100.00 元 = 1200.00 元",
        "应在岗 12 天",
        starts_on="2026-03-10",
        reported_on="2026-03-16",
    ),
    Case(
        "the last day is the twentieth",
        "2026-11",
        DAY,
        "15 天 × 100.00 元 = 1500.00 元",
        "应在岗 15 天",
        ends_on="2026-11-21",
    ),
    # by the month
    Case("a whole month, monthly", "2026-03", MONTHLY, "整月 300.00 元", "应在岗 22 天"),
    Case(
        "by the share of days: 300 × 17 ÷ 22 = 231.818…",
        "2026-03",
        MONTHLY,
        "300.00 元 × 17 天 ÷ 全月 22 天 = 231.82 元",
        "应在岗 22 天；减病假 5 天",
        ((L.SICK, "2026-03-09", "2026-03-13", ""),),
    ),
    Case(
        "what the law gives takes nothing",
        "2026-03",
        MONTHLY,
        "整月 300.00 元",
        "应在岗 22 天",
        ((L.ANNUAL, "2026-03-09", "2026-03-13", ""),),
    ),
    Case(
        "ten days away are within the limit",
        "2026-03",
        LIMITED,
        "整月 300.00 元",
        "应在岗 22 天；不在岗未超过 10 天，不扣（病假 10 天）",
        ((L.SICK, "2026-03-09", "2026-03-20", ""),),
    ),
    Case(
        "half a day more and the month lapses",
        "2026-03",
        LIMITED,
        "停发，0.00 元",
        "应在岗 22 天；不在岗超过 10 天（病假 10.5 天）",
        ((L.SICK, "2026-03-09", "2026-03-23am", ""),),
    ),
    # by the trip
    Case(
        "five trips, four are paid",
        "2026-03",
        TRIP,
        "4 次 × 80.50 元 = 322.00 元",
        "登记 5 次，每月最多 4 次",
        trips=5,
    ),
]


def test_there_are_twenty() -> None:
    assert len(CASES) == 20


@pytest.mark.django_db
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_the_service_comes_to_what_was_reckoned_by_hand(case: Case) -> None:
    scene = make_scene(
        {"allowances": [case.rule]},
        starts_on=dt.date.fromisoformat(case.starts_on),
        ends_on=dt.date.fromisoformat(case.ends_on),
        reported_on=dt.date.fromisoformat(case.reported_on) if case.reported_on else None,
    )
    for leave_type, first, last, back in case.leave:
        given = scene.granted(first, last, type=leave_type, reason="示例")
        if back:
            scene.back(given, back)
    period = month(case.month)
    if case.trips:
        note_trips(fresh(scene.placement), period.starts_on, case.trips, by=clerk_of(scene), on=LATER, at=AT)
    (one,) = entitled_in([fresh(scene.placement)], period.starts_on, period.ends_on).values()
    assert (arithmetic(one), subtracted(one)) == (case.sum, case.why)
