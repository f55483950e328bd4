"""Days in post of a month and of a year, with their arithmetic: working days of the term − leave − late = in post."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Sum

from secondment.common.days import ONE_DAY
from secondment.common.sentences import listed
from secondment.common.workdays import is_announced, workdays_between
from secondment.leave.choices import IN_POST, EntryKind, LeaveType
from secondment.leave.drafts import term_of
from secondment.leave.models import LeaveEntry
from secondment.leave.parameters import presence_days_month, presence_days_year
from secondment.leave.spans import HALF_DAYS, first_of_next_month
from secondment.leave.words import days_words
from secondment.placements.models import Placement

Amounts = dict[tuple[int, dt.date], dict[str, int]]
LATE = "late"


@dataclass(frozen=True)
class Presence:
    """Half-days of work in one month or one year, as the ledger has them."""

    starts_on: dt.date
    ends_on: dt.date
    n_due: int
    leave: int
    official: int
    late: int
    norm_days: int
    is_certain: bool

    @property
    def in_post(self) -> int:
        """What is left; official journeys count as in post."""
        return self.n_due - self.leave - self.late

    @property
    def is_below_norm(self) -> bool:
        """Whether there are fewer days than the programme asks for."""
        return bool(self.norm_days) and self.in_post < self.norm_days * HALF_DAYS

    @property
    def official_days(self) -> str:
        """Days away on official journeys."""
        return days_words(self.official) if self.official else ""

    @property
    def arithmetic(self) -> str:
        """The sum as it is written."""
        late = f" − {days_words(self.late)}" if self.late else ""
        return f"{days_words(self.n_due)} − {days_words(self.leave)}{late} = {days_words(self.in_post)}"


@dataclass(frozen=True)
class Away:
    """What the ledger says about a month: half-days away, and for what."""

    half_days: int
    types: Sequence[str]

    @property
    def cause(self) -> str:
        """For what, in a few words."""
        labels = {**dict(LeaveType.choices), LATE: EntryKind.LATE.label}
        return listed([str(labels[one]) for one in self.types])


def amounts_of(placements: Iterable[int], starts_on: dt.date, ends_on: dt.date) -> Amounts:
    """(Placement, first day of a month) → type, or `LATE` → half-days; one query."""
    rows = LeaveEntry.objects.filter(
        placement__in=list(placements), month__gte=starts_on, month__lt=ends_on
    ).order_by("placement", "month")
    found: Amounts = defaultdict(lambda: defaultdict(int))
    names = ("placement", "month", "request__type", "kind", "reverses__kind")
    for placement, month, leave_type, kind, reversed_kind, n in rows.values_list(*names).annotate(
        n=Sum("half_days")
    ):
        is_late = EntryKind.LATE in (kind, reversed_kind)
        found[placement, month][LATE if is_late else leave_type] += n
    return found


def month_of(placement: Placement, month: dt.date, amounts: Amounts) -> Presence:
    """One month."""
    return _presence(placement, month, first_of_next_month(month), amounts, presence_days_month(placement))


def year_of(placement: Placement, year: int, amounts: Amounts) -> Presence:
    """One year; the norm is for a whole year, less of it where the term has less."""
    starts_on, ends_on = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
    norm = presence_days_year(placement)
    n_due, n_all = _due(placement, starts_on, ends_on), _workdays(starts_on, ends_on) * HALF_DAYS
    return _presence(placement, starts_on, ends_on, amounts, norm * n_due // n_all if n_all else 0)


def span_of(placement: Placement, starts_on: dt.date, ends_on: dt.date, amounts: Amounts) -> Presence:
    """Whole months, such as a quarter; no norm is set for them."""
    return _presence(placement, starts_on, ends_on, amounts, 0)


def days_due(placement: Placement, starts_on: dt.date, ends_on: dt.date) -> int:
    """Working days of the term within these days (应在岗); every page and form that says so asks here."""
    term = term_of(placement)
    return _workdays(max(starts_on, term.starts.day), min(ends_on, term.ends.day))


def months_of(placement: Placement) -> Iterator[dt.date]:
    """The first day of every month of the term."""
    term = term_of(placement)
    month = term.starts.day.replace(day=1)
    while month < term.ends.day:
        yield month
        month = first_of_next_month(month)


def away_in(placements: Iterable[int], starts_on: dt.date, ends_on: dt.date) -> dict[int, Away]:
    """Placement → what the ledger says about whole months; those who were never away are left out."""
    half_days: dict[int, int] = defaultdict(int)
    types: dict[int, list[str]] = defaultdict(list)
    for (placement, _month), by_type in amounts_of(placements, starts_on, ends_on).items():
        for one, n in by_type.items():
            if n and one not in IN_POST:
                half_days[placement] += n
                types[placement].append(one)
    return {pk: Away(n, _in_order(types[pk])) for pk, n in half_days.items() if n}


def _in_order(types: Iterable[str]) -> list[str]:
    known = set(types)
    return [one for one in (*LeaveType.values, LATE) if one in known]


def _presence(
    placement: Placement, starts_on: dt.date, ends_on: dt.date, amounts: Amounts, norm_days: int
) -> Presence:
    totals: dict[str, int] = defaultdict(int)
    month = starts_on
    while month < ends_on:
        for one, n in amounts.get((placement.pk, month), {}).items():
            totals[one] += n
        month = first_of_next_month(month)
    official = sum(totals[one] for one in IN_POST)
    late = totals[LATE]
    return Presence(
        starts_on=starts_on,
        ends_on=ends_on,
        n_due=_due(placement, starts_on, ends_on),
        leave=sum(totals.values()) - official - late,
        official=official,
        late=late,
        norm_days=norm_days,
        is_certain=is_announced(starts_on.year),
    )


def _due(placement: Placement, starts_on: dt.date, ends_on: dt.date) -> int:
    """Half-days of work of the term within these days."""
    return days_due(placement, starts_on, ends_on) * HALF_DAYS


def _workdays(starts_on: dt.date, ends_on: dt.date) -> int:
    return workdays_between(starts_on, ends_on - ONE_DAY) if starts_on < ends_on else 0
