"""The ledger offers days in post of each quarter that is over, and late returns."""

import datetime as dt
from typing import Any

from tests.daily_work.scene import AT, make_scene
from tests.makers import make_user
from tests.placements.evidence import n_queries, offered, told

from secondment.leave.models import LeaveEntry, LeaveRequest
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement

QUARTER = (dt.date(2026, 7, 1), dt.date(2026, 10, 1))


def request(placement: Placement, **fields: Any) -> LeaveRequest:
    values = {
        "type": "personal",
        "starts_on": dt.date(2026, 9, 1),
        "ends_on": dt.date(2026, 9, 3),
        "half_days": 4,
        "state": "returned",
        "level": "接收单位",
        "asked_by": make_user(),
        "asked_at": AT,
        **fields,
    }
    return LeaveRequest.objects.create(placement=placement, **values)


def test_a_quarter_with_its_days(db: None) -> None:
    placement = make_scene().people[0]
    (fact,) = offered("presence", placement, days=QUARTER)
    assert (fact.key, fact.on) == ("2026-09-30", dt.date(2026, 9, 30))
    whole = str(fact.label)
    row = request(placement)
    LeaveEntry.objects.create(
        placement=placement,
        request=row,
        kind="granted",
        month=dt.date(2026, 9, 1),
        half_days=4,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        written_at=AT,
    )
    (after,) = offered("presence", placement, days=QUARTER)
    n = int(whole.rsplit("在岗", maxsplit=1)[-1].removesuffix("个工作日"))
    assert str(after.label) == whole.replace(f"，在岗{n}个", f"，在岗{n - 2}个")
    assert after.digest != fact.digest


def test_the_first_and_the_last_day_of_a_quarter(db: None) -> None:
    placement = make_scene().people[0]
    last = dt.date(2026, 9, 30)
    assert len(offered("presence", placement, days=(last, last + dt.timedelta(days=1)))) == 1
    assert offered("presence", placement, days=(dt.date(2026, 7, 1), last)) == []
    Placement.objects.filter(pk=placement.pk).update(ends_on=dt.date(2026, 9, 16))
    assert [one.on for one in offered("presence", placement, days=QUARTER)] == [dt.date(2026, 9, 15)]


def test_who_never_began_has_none(db: None) -> None:
    placement = make_scene().people[0]
    Placement.objects.filter(pk=placement.pk).update(state=PlacementState.DECIDED)
    assert offered("presence", placement) == []


def test_late_returns_excused_or_not(db: None) -> None:
    placement = make_scene().people[0]
    request(placement, back_on=dt.date(2026, 9, 3))
    request(placement, back_on=dt.date(2026, 9, 7))
    request(placement, back_on=dt.date(2026, 9, 8), late_excused="洪水断路")
    assert told("late", placement) == [
        ("2026-09-07", "请假应于2026-09-03返岗，2026-09-07返岗，逾期未归"),
        ("2026-09-08", "请假应于2026-09-03返岗，2026-09-08返岗，经认定补准"),
    ]


def test_as_many_queries_for_one_as_for_many(db: None) -> None:
    people = make_scene(3).people
    assert n_queries("presence", people[0]) == n_queries("presence", *people) == 1
    assert n_queries("late", people[0]) == n_queries("late", *people) == 1
