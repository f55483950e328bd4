"""What somebody is entitled to in a month: days × standard = amount, and what was subtracted; pure.

The rules, all of them here:
* Days are working days in post, in halves: those of the term in the month (from the report for duty, before the first day
  back), less suspension, leave and late return as the ledger of leave has them. Official journeys count as in post.
* By the day: every day away is subtracted, whatever the leave is for; half a day counts half.
* By the month: annual, marriage and parental leave count as in post, the law gives them. A month of which only a part belongs
  to the term, or which is suspended in part, is paid by its share of working days. Other days away are subtracted in the same
  way, or, where the rule has a limit, nothing up to the limit and the whole month beyond it.
* By the trip: as many trips as were noted down, up to the limit.
* A sum is rounded to the fen once, half a fen up.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from secondment.campaigns.choices import AllowanceKind, AllowanceUnit
from secondment.campaigns.parameters import AllowanceRule
from secondment.leave.choices import IN_POST, LeaveType
from secondment.leave.spans import HALF_DAYS

KEPT_BY_LAW = frozenset({LeaveType.ANNUAL.value, LeaveType.FAMILY.value})
"""Leave that takes nothing from a monthly amount."""


@dataclass(frozen=True)
class MonthFacts:
    """What is known about a month of a placement, in half-days of work: all of it, the term's, suspended, away for what."""

    n_month: int
    n_due: int
    paused: int = 0
    away: Mapping[str, int] | None = None
    n_trips: int = 0


@dataclass(frozen=True)
class Entitled:
    """One allowance of one month with everything its sum was made of; `away` names only what is subtracted."""

    kind: str
    unit: str
    payer: str
    amount_fen: int
    basis: str
    limit: int
    n_month: int
    n_due: int
    paused: int
    away: tuple[tuple[str, int], ...]
    n_trips: int

    @property
    def n_away(self) -> int:
        """Half-days that are subtracted."""
        return sum(n for _type, n in self.away)

    @property
    def is_stopped(self) -> bool:
        """Whether the month lapses because of more days away than the limit of a monthly amount."""
        is_monthly = self.unit == AllowanceUnit.MONTH and bool(self.limit)
        return is_monthly and self.n_away > self.limit * HALF_DAYS

    @property
    def counted(self) -> int:
        """Half-days, or trips, that are paid."""
        if self.unit == AllowanceUnit.TRIP:
            return min(self.n_trips, self.limit or self.n_trips)
        days = max(0, self.n_due - self.paused)
        if self.unit == AllowanceUnit.MONTH and self.limit:
            return 0 if self.is_stopped else days
        days = max(0, days - self.n_away)
        return min(days, self.limit * HALF_DAYS) if self.unit == AllowanceUnit.DAY and self.limit else days

    @property
    def total_fen(self) -> int:
        """What is to be paid."""
        whole = {AllowanceUnit.TRIP: 1, AllowanceUnit.DAY: HALF_DAYS}.get(
            AllowanceUnit(self.unit), self.n_month
        )
        return rounded(self.amount_fen * self.counted, whole)

    def as_json(self) -> dict[str, Any]:
        """As an issued list keeps it."""
        return {**asdict(self), "away": [list(one) for one in self.away]}


def entitled_of_json(data: Mapping[str, Any]) -> Entitled:
    """What an issued list has kept."""
    return Entitled(**{**data, "away": tuple((name, n) for name, n in data["away"])})


def entitled(rule: AllowanceRule, facts: MonthFacts) -> Entitled:
    """What a rule gives for a month."""
    return Entitled(
        kind=rule.kind,
        unit=rule.unit,
        payer=rule.payer,
        amount_fen=rule.amount_fen,
        basis=rule.basis,
        limit=rule.limit,
        n_month=facts.n_month,
        n_due=facts.n_due,
        paused=facts.paused,
        away=_subtracted(rule.unit, facts.away or {}),
        n_trips=facts.n_trips,
    )


def rules_in(rules: Iterable[AllowanceRule], month: dt.date) -> list[AllowanceRule]:
    """The rule in force in a month for each allowance: the latest that has begun; one without an amount ends it."""
    text = f"{month:%Y-%m}"
    latest: dict[str, AllowanceRule] = {}
    for one in rules:
        known = latest.get(one.kind)
        if one.since <= text and (known is None or known.since <= one.since):
            latest[one.kind] = one
    return [latest[kind] for kind in AllowanceKind.values if kind in latest and latest[kind].amount_fen]


def rounded(numerator: int, denominator: int) -> int:
    """Half up."""
    return (2 * numerator + denominator) // (2 * denominator)


def _subtracted(unit: str, away: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    kept = {one.value for one in IN_POST} | (KEPT_BY_LAW if unit == AllowanceUnit.MONTH else set())
    if unit == AllowanceUnit.TRIP:
        return ()
    return tuple(sorted((name, n) for name, n in away.items() if n > 0 and name not in kept))
