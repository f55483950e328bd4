"""What is to be written down, and what is wrong with it; the page, the workbook and the service ask here."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from secondment.common.days import add_months
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.placements.duties import first_day_of
from secondment.placements.models import Placement

Named = tuple[str, Fault]
"""The field that is wrong, and what is wrong with it."""
LONGEST_YEARS = 5
OLDEST_CHECK_MONTHS = 24
MOST_TRIPS = 31


@dataclass(frozen=True)
class Insured:
    """An insurance before it is written down; `ends_on` is the first day after it."""

    insurer: str
    number: str
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True)
class Spending:
    """What of a work fund was spent, before it is written down."""

    spent_on: dt.date
    what: str
    amount_fen: int


def faults_of_insurance(placement: Placement, new: Insured) -> Iterator[Named]:
    """Everything that is wrong."""
    if new.ends_on <= new.starts_on:
        yield "last_on", in_chinese(gettext_noop("保险结束早于开始"), gettext_noop("请核对保险期间"))
        return
    if new.ends_on > add_months(new.starts_on, LONGEST_YEARS * 12):
        found = gettext_noop("保险期间超过{n}年")
        yield "last_on", in_chinese(found, gettext_noop("请核对保险期间"), n=LONGEST_YEARS)
    if new.ends_on <= first_day_of(placement) or new.starts_on >= placement.ends_on:
        found = gettext_noop("保险期间不在挂职期内（{first}至{last}）")
        first, last = f"{first_day_of(placement)}", f"{placement.last_day}"
        yield "starts_on", in_chinese(found, gettext_noop("请核对保险期间和人员"), first=first, last=last)


def faults_of_check(placement: Placement, checked_on: dt.date, on: dt.date) -> Iterator[Named]:
    """A check has been, and is not of long before the placement."""
    if checked_on > on:
        yield "checked_on", in_chinese(gettext_noop("体检日期还没有到"), gettext_noop("请在体检以后登记"))
    oldest = add_months(first_day_of(placement), -OLDEST_CHECK_MONTHS)
    if checked_on < oldest:
        found = gettext_noop("体检在挂职开始两年以前")
        yield "checked_on", in_chinese(found, gettext_noop("请核对日期"))


def faults_of_trips(placement: Placement, month: dt.date, n: int, on: dt.date) -> Iterator[Named]:
    """A month of the term that has begun, and no more trips than days."""
    first = first_day_of(placement).replace(day=1)
    if not first <= month < placement.ends_on or month > on:
        found = gettext_noop("{month}不在挂职期内，或还没有到")
        yield "month", in_chinese(found, gettext_noop("请核对月份"), month=f"{month:%Y-%m}")
    if n > MOST_TRIPS:
        found = gettext_noop("一个月往返{n}次")
        yield "n", in_chinese(found, gettext_noop("请填不超过{most}的次数"), n=n, most=MOST_TRIPS)


def faults_of_fund(placement: Placement, year: int) -> Iterator[Named]:
    """A year of the term."""
    if not placement.starts_on.year <= year <= placement.last_day.year:
        found = gettext_noop("{year}年不在挂职期内")
        yield "year", in_chinese(found, gettext_noop("请核对年度"), year=year)


def faults_of_spending(placement: Placement, new: Spending, on: dt.date) -> Iterator[Named]:
    """It has been, in a year of the term."""
    if new.spent_on > on:
        yield "spent_on", in_chinese(gettext_noop("支出日期还没有到"), gettext_noop("请在支出以后登记"))
    else:
        yield from (("spent_on", fault) for _field, fault in faults_of_fund(placement, new.spent_on.year))
