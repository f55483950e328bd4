"""Half-days: counted, cut and joined."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.leave.scene import span, when

from secondment.common.workdays import is_workday
from secondment.leave.spans import HalfDay, Span, first_of_next_month, joined, next_working
from secondment.leave.words import span_words

pytestmark = pytest.mark.django_db
moments = st.builds(HalfDay, st.dates(dt.date(2025, 12, 20), dt.date(2026, 3, 10)), st.booleans())
spans = st.builds(lambda a, b: Span(min(a, b), max(a, b)), moments, moments)


def halves(one: Span) -> set[HalfDay]:
    """Brute force: every half-day by itself."""
    found, at = set(), one.starts
    while at < one.ends:
        found.add(at)
        at = at.after(1)
    return found


@given(spans)
def test_counts_equal_a_count_one_by_one(one: Span) -> None:
    every = halves(one)
    assert one.n_half_days == len(every)
    assert one.n_working == sum(is_workday(each.day) for each in every)
    assert one.is_empty == (not every)
    parts = list(one.by_month())
    assert set().union(*map(halves, parts)) == every
    assert sum(part.n_half_days for part in parts) == len(every)
    assert all(part.starts.day.month == part.last.day.month for part in parts)


@given(spans, spans)
def test_what_two_share(one: Span, other: Span) -> None:
    both = halves(one) & halves(other)
    assert halves(one.shared(other)) == both
    assert one.overlaps(other) == bool(both)
    assert one.is_within(other) == (other.starts <= one.starts and one.ends <= other.ends)


@given(st.lists(spans, max_size=6))
def test_joined_spans_hold_the_same_and_touch_nowhere(some: list[Span]) -> None:
    found = joined(some)
    assert set().union(*map(halves, found)) == set().union(*map(halves, some))
    assert all(one.ends < other.starts for one, other in pairwise(found))


@given(moments, st.integers(-300, 300))
def test_moments_are_counted_both_ways(moment: HalfDay, n: int) -> None:
    assert moment.after(n).since(moment) == n


@given(moments)
def test_the_next_half_day_of_work(moment: HalfDay) -> None:
    found = next_working(moment)
    assert is_workday(found.day)
    assert not any(is_workday(one.day) for one in halves(Span(moment, found)))


@pytest.mark.parametrize(
    ("first", "last", "n", "words"),
    [
        ("2026-11-03", "2026-11-03", 2, "2026-11-03"),
        ("2026-11-03", "2026-11-05", 6, "2026-11-03至2026-11-05"),
        ("2026-11-03pm", "2026-11-03pm", 1, "2026-11-03下午"),
        ("2026-11-03", "2026-11-04am", 3, "2026-11-03上午至2026-11-04上午"),
        ("2026-11-06", "2026-11-09", 4, "2026-11-06至2026-11-09"),  # over a weekend
        ("2026-09-30", "2026-10-08", 4, "2026-09-30至2026-10-08"),  # over the national holidays
        ("2026-11-07", "2026-11-08", 0, "2026-11-07至2026-11-08"),
    ],
)
def test_days_as_they_are_counted_and_written(first: str, last: str, n: int, words: str) -> None:
    assert span(first, last).n_working == n
    assert span_words(span(first, last)) == words


def test_a_year_without_a_calendar_is_uncertain() -> None:
    assert span("2026-12-31", "2026-12-31").is_certain
    assert not span("2026-12-31", "2027-01-04").is_certain


def test_months_follow_each_other() -> None:
    assert first_of_next_month(dt.date(2026, 12, 31)) == dt.date(2027, 1, 1)
    assert first_of_next_month(dt.date(2026, 1, 1)) == dt.date(2026, 2, 1)
    assert when("2026-11-03pm") == HalfDay(dt.date(2026, 11, 3), is_pm=True)
