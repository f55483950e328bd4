"""Both assessment years fit the rules whatever the day of loading."""

import datetime as dt

import pytest

from secondment.appraisals.choices import Occasion
from secondment.common.days import add_months
from secondment.demo.assessment_years import cycles
from secondment.demo.campaign_dates import running
from secondment.demo.generations import G2

DAYS = [dt.date(2026, 1, 1) + dt.timedelta(days=number) for number in range(366)]


def term(as_of: dt.date) -> tuple[dt.date, dt.date]:
    dates = running(as_of, months_ago=G2.months_ago, months=G2.months)
    return dates.starts_on, dates.ends_on - dt.timedelta(days=1)


@pytest.mark.parametrize("as_of", DAYS, ids=str)
def test_any_day_of_loading(as_of):
    starts_on, last_day = term(as_of)
    before, now = cycles(as_of, last_day)
    assert now.closes_on == as_of - dt.timedelta(days=14)
    assert now.year == before.year + 1
    for one in (before, now):
        assert one.prepared_on.year >= one.year  # no year is assessed before it has begun
        assert one.held_on.year in (one.year, one.year + 1)
        assert one.prepared_on < one.frozen_on < one.held_on < one.closes_on < as_of
        assert starts_on <= dt.date(one.year, 12, 31)
        assert last_day >= dt.date(one.year, 1, 1)
        assert starts_on < one.held_on
    assert before.closes_on < now.prepared_on
    assert before.decided_on + dt.timedelta(days=21) < as_of
    if last_day.year == now.year:
        assert now.occasion == Occasion.END_OF_TERM
        assert before.closes_on < add_months(last_day, -6)  # or the end of term would take it over
    else:
        assert now.occasion == Occasion.YEAR
        assert now.closes_on >= add_months(last_day, -6)  # the end of term takes it over


def test_both_kinds_occur():
    assert {cycles(day, term(day)[1])[1].occasion for day in DAYS} == set(Occasion)
