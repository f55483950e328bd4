"""A plan tried out, and the ladder of a unit."""

import numpy as np
import pytest
from tests.algorithms.workforce.builders import ON, One, Term, staff_of, terms_of

from secondment.algorithms.workforce.ladder import Step, ladder
from secondment.algorithms.workforce.months import NEVER
from secondment.algorithms.workforce.stays import Cell, Staff, at_work, by_month
from secondment.algorithms.workforce.what_if import Break, Plan, broken, carried_out

PEOPLE = [One(unit=0), One(unit=0), One(unit=0, tags=2), One(unit=1)]
TERMS = terms_of([Term(1, 1, ON, ON)], [(0, 12)])
CELLS = [Cell(0), Cell(1), Cell(0, tag=1)]


def counts(staff: Staff, plan: Plan, n_months: int = 14) -> np.ndarray:
    after, terms = carried_out(staff, TERMS, plan)
    return by_month(after, at_work(after, terms), CELLS, n_months, ON)


def test_sending_taking_back_and_recruiting_change_both_sides() -> None:
    staff = staff_of(PEOPLE)
    recruits = staff_of([One(unit=0, tags=2)])
    recruits = Staff(
        recruits.unit,
        recruits.birth,
        recruits.rank,
        recruits.tags,
        recruits.gone,
        np.array([3], dtype=np.int64),
    )
    plan = Plan(sent=(2,), hosts=(1,), first=2, back=5, taken_back=(1,), back_from=1, recruits=recruits)
    found = counts(staff, plan, 6)
    assert found.tolist() == [[2, 3, 2, 3, 3, 4, 4], [2, 1, 2, 2, 2, 1, 1], [1, 1, 0, 1, 1, 2, 2]]
    assert counts(staff, Plan(), 6)[0].tolist() == [2] * 7


def test_a_floor_that_breaks_is_named_with_its_first_month() -> None:
    staff = staff_of(PEOPLE)
    without, planned = counts(staff, Plan()), counts(staff, Plan(sent=(2,), hosts=(1,), first=2, back=5))
    assert broken(without, planned, [2, 1, 1]) == (Break(0, 2, 2, 1, 2), Break(2, 2, 1, 0, 1))
    assert broken(without, without, [9, 9, 9]) == ()


def test_plans_that_make_no_sense_are_refused() -> None:
    staff = staff_of(PEOPLE)
    with pytest.raises(ValueError, match="0 units were given for 1 people"):
        carried_out(staff, TERMS, Plan(sent=(0,)))
    with pytest.raises(ValueError, match="does not go forwards"):
        carried_out(staff, TERMS, Plan(first=3, back=3))
    with pytest.raises(ValueError, match="do not agree"):
        broken(np.ones((1, 2), dtype=np.int64), np.ones((1, 3), dtype=np.int64), [1])


def test_holders_by_the_month_they_go_and_the_line_by_months_in_rank() -> None:
    rank = np.array([2, 2, 3, 3, 3, 5, -1])
    gone = np.array([40, 12, 50, 60, NEVER, 9, 9])
    since = np.array([10, 20, 5, 30, -1, 1, 1])
    first, second = ladder(rank, gone, since, n_months=120, leading=(2, 3))
    assert first == Step(2, holders=(1, 0), next_in_line=(3, 2, 4), thins=60)
    assert second == Step(3, holders=(2, 3, 4), next_in_line=(5,), thins=50)


def test_a_line_thins_when_more_have_gone_than_are_left() -> None:
    rank, since = np.array([0, 0, 1]), np.zeros(3, dtype=np.int64)
    assert ladder(rank, np.array([10, 20, 15]), since, n_months=120, leading=(0,))[0].thins == 15
    assert ladder(rank, np.array([10, 20, 99]), since, n_months=120, leading=(0,))[0].thins == 20
    assert ladder(rank, np.array([10, 20, 99]), since, n_months=19, leading=(0,))[0].thins is None
    assert ladder(np.array([0]), np.array([7]), since[:1], n_months=120, leading=(0,))[0] == Step(
        0, (0,), (), 7
    )
