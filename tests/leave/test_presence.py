"""Days in post by month and year, with their arithmetic, equal to a count by hand."""

import datetime as dt

import pytest
from tests.leave.scene import Scene, make_scene

from secondment.leave.choices import LeaveType
from secondment.leave.presence import amounts_of, away_in, month_of, months_of, year_of

NOVEMBER, DECEMBER = dt.date(2026, 11, 1), dt.date(2026, 12, 1)


def november(scene: Scene):
    amounts = amounts_of([scene.placement.pk], NOVEMBER, DECEMBER)
    return month_of(scene.placement, NOVEMBER, amounts)


def test_a_month_by_hand(scene: Scene) -> None:
    scene.granted("2026-11-03", "2026-11-04am")
    scene.granted("2026-11-05", type=LeaveType.OFFICIAL)
    scene.back(scene.granted("2026-11-09", "2026-11-10"), "2026-11-12")
    one = november(scene)
    assert (one.n_due, one.leave, one.official, one.late, one.in_post) == (42, 7, 2, 2, 33)
    assert one.arithmetic == "21 − 3.5 − 1 = 16.5"
    assert one.official_days == "1"
    assert (one.is_below_norm, one.is_certain) == (False, True)


def test_a_month_without_leave(scene: Scene) -> None:
    assert (november(scene).arithmetic, november(scene).official_days) == ("21 − 0 = 21", "")


def test_months_of_a_term_that_begins_and_ends_within(db: None) -> None:
    scene = make_scene(starts_on=dt.date(2026, 11, 16), ends_on=dt.date(2026, 12, 2))
    assert list(months_of(scene.placement)) == [NOVEMBER, DECEMBER]
    assert november(scene).n_due == 22
    amounts = amounts_of([scene.placement.pk], DECEMBER, dt.date(2027, 1, 1))
    assert month_of(scene.placement, DECEMBER, amounts).n_due == 2


@pytest.mark.parametrize(("norm", "is_below"), [(20, False), (21, False), (22, True), (0, False)])
def test_the_norm_of_a_month(db: None, norm: int, is_below: bool) -> None:
    assert november(make_scene({"presence_days_month": norm})).is_below_norm == is_below


def test_the_norm_of_a_year_is_less_where_the_term_has_less(db: None) -> None:
    whole = make_scene({"presence_days_year": 200}, starts_on=dt.date(2026, 1, 1))
    assert year_of(whole.placement, 2026, {}).norm_days == 200
    half = make_scene({"presence_days_year": 200}, starts_on=dt.date(2026, 7, 1))
    found = year_of(half.placement, 2026, {})
    assert (found.n_due, found.norm_days) == (256, 103)  # 128 of 248 working days
    assert not year_of(half.placement, 2027, {}).is_certain


def test_a_year_is_the_sum_of_its_months(scene: Scene) -> None:
    scene.back(scene.granted("2026-11-26", "2026-11-27"), "2026-12-02pm")
    scene.granted("2026-12-31", "2027-01-05")
    months = [one for one in months_of(scene.placement) if one.year == 2026]
    amounts = amounts_of([scene.placement.pk], months[0], dt.date(2028, 1, 1))
    parts = [month_of(scene.placement, one, amounts) for one in months]
    year = year_of(scene.placement, 2026, amounts)
    for name in ("n_due", "leave", "official", "late", "in_post"):
        assert getattr(year, name) == sum(getattr(one, name) for one in parts)
    assert (year.leave, year.late) == (4 + 2, 5)


def test_what_the_host_confirms_is_away(scene: Scene) -> None:
    scene.granted("2026-11-03", type=LeaveType.OFFICIAL)
    assert away_in([scene.placement.pk], NOVEMBER, DECEMBER) == {}
    scene.back(scene.granted("2026-11-04", type=LeaveType.SICK), "2026-11-06")
    found = away_in([scene.placement.pk], NOVEMBER, DECEMBER)[scene.placement.pk]
    assert (found.half_days, found.cause) == (4, "病假、逾期未归")


def test_the_ledger_of_many_is_read_at_once(scene: Scene, django_assert_num_queries) -> None:
    scene.granted("2026-11-03")
    with django_assert_num_queries(1):
        amounts_of([scene.placement.pk, 0], NOVEMBER, DECEMBER)
