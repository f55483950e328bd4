"""When something falls due: the first day, the last day and the day after, for every rhythm."""

import datetime as dt

import pytest

from secondment.obligations.periods import Period
from secondment.obligations.rhythms import (
    AfterEach,
    AfterEnd,
    AfterStart,
    AtHalf,
    BeforeEnd,
    Call,
    Known,
    Rhythm,
    SinceLast,
    WithinEach,
    met_on,
)

DAY = dt.timedelta(days=1)
START, END = dt.date(2026, 1, 10), dt.date(2028, 1, 10)
TERM = Period(START, END)
LONG_AGO = dt.date(2020, 1, 1)


def d(month: int, day: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, day)


def calls(
    rhythm: Rhythm,
    on: dt.date,
    *,
    term: Period = TERM,
    asked: tuple[Period, ...] = (),
    records: tuple[dt.date, ...] = (),
    since: dt.date = LONG_AGO,
) -> list[Call]:
    return list(rhythm.calls(Known(None, term, asked, records, since, on)))


def fixed(n: int):
    return lambda _subject: n


VISIT = WithinEach(fixed(6), ready_days=14)
CONTACT = SinceLast(fixed(90), ready_days=14)
DIVISION = AfterStart(fixed(15))
LAST_MONTHS = BeforeEnd(fixed(30), fixed(60))
APPRAISAL = AfterEnd(fixed(30))
REVIEW = AtHalf(fixed(10))
REPORT = AfterEach(fixed(3), fixed(10))


@pytest.mark.parametrize(("on", "n"), [(d(3, 31), 0), (d(4, 1), 1)])
def test_a_report_is_asked_for_once_the_quarter_is_over(on: dt.date, n: int) -> None:
    found = calls(REPORT, on)
    assert found == [Call(Period(d(1, 1), d(4, 1)), d(4, 10), on)][:n]


def test_a_report_is_met_by_a_record_made_after_the_period() -> None:
    period = Period(d(1, 1), d(4, 1))
    assert met_on(REPORT, period, [d(3, 31)]) is None
    assert met_on(REPORT, period, [d(4, 2), d(4, 1)]) == d(4, 1)


def test_a_visit_is_asked_for_from_the_first_day_of_the_half_year_and_shown_two_weeks_before_its_end() -> (
    None
):
    first = Call(Period(d(1, 1), d(7, 1)), d(6, 30), d(6, 16))
    assert calls(VISIT, START) == [first]
    assert calls(VISIT, d(6, 30)) == [first]
    second = Call(Period(d(7, 1), d(1, 1, 2027)), d(12, 31), d(12, 17))
    assert calls(VISIT, d(7, 1)) == [first, second]
    assert calls(VISIT, d(7, 1), asked=(first.period,)) == [second]


def test_a_half_year_of_which_less_than_half_belongs_to_the_term_asks_for_no_visit() -> None:
    half = Period(d(1, 1), d(7, 1))  # 181 days
    assert VISIT.holds(half, Period(d(1, 1), d(4, 2)))  # 91 days
    assert not VISIT.holds(half, Period(d(1, 1), d(4, 1)))  # 90 days
    assert calls(VISIT, d(4, 1), term=Period(d(4, 2), END)) == []
    assert calls(VISIT, d(4, 2), term=Period(d(4, 2), END)) == []


def test_a_visit_in_the_last_period_is_due_on_the_last_day_of_the_term() -> None:
    assert calls(VISIT, d(1, 1), term=Period(d(1, 1), d(5, 1))) == [
        Call(Period(d(1, 1), d(7, 1)), d(4, 30), d(4, 16))
    ]


@pytest.mark.parametrize(("day", "is_met"), [(d(6, 30), False), (d(7, 1), True), (d(1, 1, 2027), True)])
def test_a_visit_is_met_within_its_period_or_late(day: dt.date, is_met: bool) -> None:
    assert VISIT.is_met(Period(d(7, 1), d(1, 1, 2027)), day) is is_met


def test_a_contact_is_due_ninety_days_after_the_term_began_and_after_every_contact() -> None:
    first = Call(Period(START, d(4, 10)), d(4, 10), d(3, 27))
    assert calls(CONTACT, START) == [first]
    again = Call(Period(d(3, 1), d(5, 30)), d(5, 30), d(5, 16))
    assert calls(CONTACT, d(3, 1), records=(d(3, 1),)) == [first, again]
    assert calls(CONTACT, d(3, 1), records=(d(3, 1),), asked=(first.period,)) == [again]
    assert calls(CONTACT, d(2, 28), records=(d(3, 1),)) == [first]  # a day that is still to come
    assert calls(CONTACT, d(3, 1), records=(d(1, 10), d(1, 9))) == [first]  # before the term


def test_a_contact_is_not_owed_beyond_the_term() -> None:
    assert calls(CONTACT, START, term=Period(START, d(4, 11))) != []
    assert calls(CONTACT, START, term=Period(START, d(4, 10))) == []
    assert not CONTACT.holds(Period(d(1, 9), d(4, 9)), TERM)


@pytest.mark.parametrize(("day", "is_met"), [(START, False), (START + DAY, True)])
def test_a_contact_is_met_by_the_next_one(day: dt.date, is_met: bool) -> None:
    assert CONTACT.is_met(Period(START, d(4, 10)), day) is is_met


def test_the_division_of_work_is_due_once_fifteen_days_after_the_term_began() -> None:
    assert calls(DIVISION, START - DAY) == []
    call = Call(Period(START, d(1, 25)), d(1, 25), START)
    assert calls(DIVISION, START) == [call]
    assert calls(DIVISION, d(6, 1), asked=(call.period,)) == []
    assert DIVISION.holds(call.period, TERM)
    assert not DIVISION.holds(call.period, Period(START + DAY, END))
    assert met_on(DIVISION, call.period, [START - DAY]) == START - DAY


def test_the_end_is_prepared_sixty_days_before_and_due_thirty_days_before() -> None:
    opens_on, due_on = d(11, 11, 2027), d(12, 11, 2027)
    assert calls(LAST_MONTHS, opens_on - DAY) == []
    call = Call(Period(opens_on, END), due_on, opens_on)
    assert calls(LAST_MONTHS, opens_on) == [call]
    assert calls(LAST_MONTHS, END, asked=(call.period,)) == []
    assert LAST_MONTHS.holds(call.period, TERM)
    assert LAST_MONTHS.is_met(call.period, opens_on)
    assert not LAST_MONTHS.is_met(call.period, opens_on - DAY)


def test_an_extended_term_is_prepared_again_before_its_new_end() -> None:
    longer = Period(START, d(7, 10, 2028))
    earlier = Period(d(11, 11, 2027), END)
    assert not LAST_MONTHS.holds(earlier, longer)
    assert calls(LAST_MONTHS, END, term=longer, asked=(earlier,)) == []
    assert len(calls(LAST_MONTHS, d(5, 12, 2028), term=longer, asked=(earlier,))) == 1


def test_the_end_of_a_short_term_is_prepared_from_its_first_day() -> None:
    short = Period(START, START + 20 * DAY)
    assert calls(LAST_MONTHS, START, term=short) == [Call(short, START, START)]


def test_the_appraisal_is_due_thirty_days_after_the_term() -> None:
    assert calls(APPRAISAL, END - DAY) == []
    call = Call(Period(END, d(2, 9, 2028)), d(2, 9, 2028), END)
    assert calls(APPRAISAL, END) == [call]
    assert calls(APPRAISAL, END, asked=(call.period,)) == []
    assert APPRAISAL.holds(call.period, TERM)
    assert not APPRAISAL.holds(call.period, Period(START, END + DAY))
    assert APPRAISAL.is_met(call.period, START)


def test_the_review_comes_at_half_of_the_term() -> None:
    middle = START + 365 * DAY  # of 730 days
    assert calls(REVIEW, middle - DAY) == []
    call = Call(Period(START, middle), middle + 10 * DAY, middle)
    assert calls(REVIEW, middle) == [call]
    assert calls(REVIEW, middle, asked=(call.period,)) == []
    assert REVIEW.holds(call.period, TERM)
    assert not REVIEW.holds(call.period, Period(START, END + 2 * DAY))
    assert REVIEW.is_met(call.period, middle - 30 * DAY)
    assert not REVIEW.is_met(call.period, middle - 31 * DAY)
