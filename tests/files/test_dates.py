"""Dates as clerks type them: each form seen in rosters, and the ones that must be refused."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondment.files.dates import DateFault, Month, parse_day, parse_day_or_month, parse_month

DAYS = st.dates(dt.date(1928, 1, 1), dt.date(2100, 12, 31))
DAY_FORMS = ["{0:%Y-%m-%d}", "{0:%Y%m%d}", "{0:%Y.%m.%d}", "{0:%Y/%m/%d}", "{0.year}年{0.month}月{0.day}日", "'{0:%Y-%m-%d}",
             " {0:%Y-%m-%d} 00:00:00", "{0:%Y-%m-%d}T08:30", "{0.year} 年 {0.month} 月 {0.day} 日"]  # fmt: skip
MONTH_FORMS = ["{0:%Y.%m}", "{0:%Y-%m}", "{0:%Y/%m}", "{0:%Y%m}", "{0.year}年{0.month}月", "{0:%Y年%m}"]


@given(DAYS, st.sampled_from(DAY_FORMS))
def test_day_is_read_in_every_form(day: dt.date, form: str) -> None:
    assert parse_day(form.format(day)) == day
    assert parse_month(form.format(day)) == Month(day.year, day.month)


@given(DAYS, st.sampled_from(MONTH_FORMS))
def test_month_is_read_in_every_form_and_is_never_a_day(day: dt.date, form: str) -> None:
    text = form.format(day)
    assert parse_month(text) == parse_day_or_month(text) == Month(day.year, day.month)
    assert isinstance(parse_day(text), DateFault)


@given(DAYS)
def test_excel_serial_is_the_day_it_counts(day: dt.date) -> None:
    serial = (day - dt.date(1899, 12, 30)).days
    assert parse_day(str(serial)) == day


@given(st.text(max_size=15))
def test_any_text_gives_a_date_in_range_or_a_fault_with_a_remedy(text: str) -> None:
    parsed = parse_day_or_month(text)
    if isinstance(parsed, DateFault):
        assert parsed.found
        assert parsed.remedy
    else:
        assert 1900 <= parsed.year <= 2100


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("33178", dt.date(1990, 11, 1)),
        ("19901101", dt.date(1990, 11, 1)),
        ("１９８５－０３－１２", dt.date(1985, 3, 12)),
    ],
)
def test_seen_day_forms(text: str, day: dt.date) -> None:
    assert parse_day(text) == day


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1985.03", (1985, 3)),
        ("2008-07", (2008, 7)),
        ("2007年6月", (2007, 6)),
        ("2013.8", (2013, 8)),
        ("41487", (2013, 8)),
    ],
)
def test_seen_month_forms(text: str, month: tuple[int, int]) -> None:
    assert parse_month(text) == Month(*month)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", "is empty"),
        ("群众", "“群众” is not a date"),
        ("85.03", "“85.03” is not a date"),
        ("1985.13", "“1985.13” has month 13"),
        ("19780230", "“19780230” is a day the calendar does not have"),
        ("1985.1", "“1985.1” may be January or October"),
        ("1885.03", "“1885.03” lies outside the years 1900–2100"),
        ("1885-03-01", "“1885-03-01” lies outside the years 1900–2100"),
        ("99999", "“99999” lies outside the years 1900–2100"),
    ],
)
def test_what_is_no_date_is_said(text: str, found: str) -> None:
    fault = parse_day_or_month(text)
    assert isinstance(fault, DateFault)
    assert fault.found == found


def test_january_with_a_day_is_not_ambiguous() -> None:
    assert parse_day("1985.1.5") == dt.date(1985, 1, 5)


def test_month_without_day_says_what_to_add() -> None:
    assert parse_day("1985.03") == DateFault("no_day", {"text": "1985.03"})


@given(st.integers(1900 * 12, 2100 * 12 + 11))
def test_month_ordinal_round_trip_and_order(ordinal: int) -> None:
    month = Month.of_ordinal(ordinal)
    assert month.ordinal == ordinal
    assert month < Month.of_ordinal(ordinal + 1)
    assert parse_month(str(month)) == month


@pytest.mark.parametrize(
    "text",
    [
        *("1985．06", "1985.6.", "1985、06", "1985,06", "1985·06", "1985。06", "1985年06月生"),
        *("1985.06（41岁）", "1985.06\n(41岁)", "1985年 6 月", "1985 06", "１９８５．０６"),
    ],
)
def test_months_as_clerks_type_them_are_read(text: str) -> None:
    assert parse_day_or_month(text) == Month(1985, 6)


@pytest.mark.parametrize("text", ["85.06", "85年6月", "Jun-85", "06/1985", "1985,1", "1985。1"])
def test_months_that_may_mean_another_are_refused(text: str) -> None:
    assert isinstance(parse_day_or_month(text), DateFault)
