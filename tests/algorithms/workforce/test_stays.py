"""Retirement, terms and ages month by month, against counting every person at the end of every month."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.algorithms.workforce.builders import ON, One, Term, last_day, plain_count, staff_of, terms_of

from secondment.algorithms.workforce.crossings import Crossing, crossings
from secondment.algorithms.workforce.months import (
    NEVER,
    calendar_month,
    month_of_age,
    month_of_day,
    month_of_retirement,
)
from secondment.algorithms.workforce.stays import (
    ELSEWHERE,
    Cell,
    at_work,
    by_month,
    in_cell,
    on_the_books,
)

N_MONTHS = 121
NOBODY_OUT = terms_of([], [])


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (dt.date(2020, 1, 1), 0),
        (ON - dt.timedelta(days=1), 0),
        (ON, 0),
        (dt.date(2026, 12, 1), 2),
        (dt.date(2026, 12, 31), 2),
        (dt.date(2027, 1, 1), 3),
        (dt.date(2036, 11, 30), 121),
    ],
)
def test_a_day_has_come_by_the_end_of_its_month(day: dt.date, month: int) -> None:
    assert month_of_day(day, ON) == month


def test_what_comes_later_in_the_month_of_the_day_shows_at_its_end() -> None:
    assert month_of_day(dt.date(2026, 11, 30), dt.date(2026, 11, 10)) == 1
    assert month_of_day(dt.date(2026, 12, 1), dt.date(2026, 11, 10)) == 2


@pytest.mark.parametrize(
    ("month", "ahead"), [(202001, 1), (202611, 1), (202612, 2), (202701, 3), (203611, 121)]
)
def test_people_due_already_go_at_the_end_of_this_month(month: int, ahead: int) -> None:
    assert month_of_retirement(month, ON) == ahead


def test_months_ahead_are_named_and_ages_are_complete_in_the_month_of_birth() -> None:
    assert [calendar_month(ahead, ON) for ahead in (0, 1, 2, 14)] == [202611, 202611, 202612, 202712]
    assert [month_of_age(birth, 41, ON) for birth in (198510, 198511, 198512, 198601)] == [0, 0, 2, 3]


def test_a_man_is_there_until_the_month_before_his_statutory_month() -> None:
    """Born 1967-08: the 60th birthday is 31 months after January 2025, so eight months late, April 2028, month 18."""
    staff = staff_of([One(birth=196708), One(birth=0), One(sex=-1), One(birth=196001)])
    counts = by_month(staff, on_the_books(staff), [Cell(0)], N_MONTHS, ON)[0]
    assert staff.gone.tolist() == [18, NEVER, NEVER, 1]
    assert counts[[0, 1, 17, 18, 121]].tolist() == [4, 3, 3, 2, 2]


def test_women_in_workers_posts_go_by_the_rule_of_fifty_and_others_by_that_of_fifty_five() -> None:
    staff = staff_of([One(birth=197801, sex=1, worker=kind) for kind in (1, 0, -1)])
    # 50: January 2028 + 19 months = August 2029; 55: January 2033 + 25 months = February 2035.
    assert staff.gone.tolist() == [34, 100, 100]


def test_a_term_holds_to_its_last_day_and_the_day_after_counts_at_home() -> None:
    people = [One(unit=0), One(unit=ELSEWHERE), One(unit=0), One(unit=0)]
    terms = [
        Term(0, 1, dt.date(2026, 1, 1), dt.date(2027, 2, 1)),  # last day 31 January 2027
        Term(1, 0, dt.date(2027, 1, 15), dt.date(2027, 2, 28)),  # back on the last day of February
        Term(2, 1, dt.date(2026, 1, 1), ON),  # back today
        Term(3, ELSEWHERE, dt.date(2026, 1, 1), ON + dt.timedelta(days=1)),  # today is the last day
    ]
    months = [(month_of_day(one.starts_on, ON), month_of_day(one.ends_on, ON)) for one in terms]
    stays = at_work(staff_of(people), terms_of(terms, months))
    counts = by_month(staff_of(people), stays, [Cell(0), Cell(1), Cell()], 5, ON)
    # today · end of November · December · January · February · March
    assert counts.tolist() == [[1, 1, 2, 3, 3, 3], [1, 1, 1, 1, 0, 0], [2, 2, 3, 4, 3, 3]]


def test_of_two_terms_that_share_months_the_later_counts_from_the_end_of_the_earlier() -> None:
    terms = [Term(0, 1, ON, ON), Term(0, 2, ON, ON), Term(0, 3, ON, ON)]
    stays = at_work(staff_of([One()]), terms_of(terms, [(2, 6), (4, 8), (3, 5)]))
    counts = by_month(staff_of([One()]), stays, [Cell(unit) for unit in range(4)], 9, ON)
    assert counts.tolist() == [
        [1, 1, 0, 0, 0, 0, 0, 0, 1, 1],
        [0, 0, 1, 1, 1, 1, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 1, 1, 0, 0],
        [0] * 10,
    ]


MONTHS = st.builds(lambda year, month: year * 100 + month, st.integers(1960, 2004), st.integers(1, 12))
PEOPLE = st.lists(
    st.builds(
        One,
        unit=st.integers(ELSEWHERE, 2),
        birth=st.one_of(st.just(0), MONTHS),
        sex=st.integers(-1, 1),
        rank=st.integers(-1, 2),
        tags=st.integers(0, 7),
        worker=st.integers(-1, 1),
    ),
    min_size=1,
    max_size=12,
)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2036, 12, 31))
CELLS = st.builds(
    Cell,
    unit=st.one_of(st.none(), st.integers(0, 2)),
    rank=st.one_of(st.none(), st.integers(0, 2)),
    tag=st.one_of(st.none(), st.integers(0, 2)),
    age_to=st.one_of(st.none(), st.integers(25, 60)),
)


@settings(deadline=None, max_examples=60)
@given(PEOPLE, st.data())
def test_every_cell_equals_counting_people_one_by_one(people: list[One], data: st.DataObject) -> None:
    terms = []
    for place in range(len(people)):
        days = sorted(data.draw(st.lists(DAYS, min_size=0, max_size=4, unique=True)))
        terms += [
            Term(place, data.draw(st.integers(ELSEWHERE, 2)), *pair)
            for pair in zip(days[::2], days[1::2], strict=False)
        ]
    months = [(month_of_day(one.starts_on, ON), month_of_day(one.ends_on, ON)) for one in terms]
    cells = data.draw(st.lists(CELLS, min_size=1, max_size=4))
    staff, arrays = staff_of(people), terms_of(terms, months)
    for working, stays in ((False, on_the_books(staff)), (True, at_work(staff, arrays))):
        counts = by_month(staff, stays, cells, N_MONTHS, ON)
        for place, cell in enumerate(cells):
            for ahead in (0, 1, 2, 3, 17, 60, 120, 121):
                expected = plain_count(people, terms, cell, ahead, at_work=working)
                assert counts[place, ahead] == expected
                assert in_cell(staff, stays, cell, ahead, ON).size == expected


def test_months_end_with_the_month_that_is_named() -> None:
    assert [last_day(ahead) for ahead in (1, 4)] == [ON, dt.date(2027, 2, 28)]


def test_the_first_fall_below_a_floor_is_found_and_whether_it_recovers() -> None:
    counts = np.array([[2, 1, 0, 0], [2, 2, 1, 2], [0, 1, 0, 0], [3, 3, 3, 3], [1, 0, 0, 0]])
    assert crossings(counts, [1, 2, 1, 3, 1]) == (
        Crossing(4, 1, 1, 0, 1, None),
        Crossing(0, 2, 2, 0, 1, None),
        Crossing(1, 2, 2, 1, 2, 3),
    )
    assert crossings(np.zeros((0, 4), dtype=np.int64), []) == ()


def test_floors_are_one_per_cell_and_ask_for_somebody() -> None:
    counts = np.ones((2, 3), dtype=np.int64)
    with pytest.raises(ValueError, match="1 floors were given for 2 cells"):
        crossings(counts, [1])
    with pytest.raises(ValueError, match="at least 1"):
        crossings(counts, [1, 0])
