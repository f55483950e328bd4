"""What the pages of allowances show."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.allowances.choices import Standing
from secondment.allowances.entitlement import Entitled
from secondment.allowances.models import FundSpending, FundYear, PayRow
from secondment.allowances.pay_drafts import DraftRow
from secondment.allowances.reckoning import entitled_in, months_between, payer_of, rules_of
from secondment.allowances.standing import Care, care_of
from secondment.allowances.words import arithmetic, difference, money, subtracted, yuan
from secondment.campaigns.choices import AllowanceKind, AllowanceUnit
from secondment.campaigns.parameter_lines import allowance_text
from secondment.common.components import Status
from secondment.common.sentences import joined_sentences, listed
from secondment.leave.choices import LeaveState
from secondment.leave.models import LeaveRequest
from secondment.leave.spans import first_of_next_month
from secondment.obligations.periods import Period, last_over
from secondment.placements.duties import first_day_of
from secondment.placements.models import Placement

STANDING_STATUS: dict[str, Status] = {
    Standing.GOOD: "good",
    Standing.SOON: "warn",
    Standing.OVER: "bad",
    Standing.NONE: "bad",
    Standing.CLOSED: "idle",
}
N_MONTHS, N_QUARTERS = 6, 4
NAMES_SHOWN = 5


@dataclass(frozen=True)
class LedgerRow:
    """A secondee in the list of a month."""

    placement: Placement
    care: Care
    amounts: dict[str, Entitled]

    @property
    def name(self) -> str:
        """Of the person."""
        return self.placement.person.name

    @property
    def offices(self) -> str:
        """Host unit, the unit above it and home unit, to be searched."""
        host = self.placement.host_unit
        return f"{host.parent.name if host.parent else ''} {host.name} {self.placement.home_unit.name}"

    def yuan_of(self, kind: str) -> float | None:
        """An allowance of the month; None where the programme has none."""
        return yuan(self.amounts[kind].total_fen) if kind in self.amounts else None

    @property
    def total(self) -> float | None:
        """All of them."""
        return yuan(sum(one.total_fen for one in self.amounts.values())) if self.amounts else None


@dataclass(frozen=True)
class SumLine:
    """An allowance with its arithmetic; `issued` is what lists have issued for it."""

    month: dt.date
    kind: str
    payer: str
    sum: str
    why: str
    amount: str
    basis: str


@dataclass(frozen=True)
class ListRow:
    """A row of a list, before it is issued or as it was."""

    number: int
    placement: Placement
    month: dt.date
    kind: str
    sum: str
    why: str
    amount_fen: int

    @property
    def amount(self) -> str:
        """In yuan."""
        return money(self.amount_fen)


def ledger_rows(placements: Sequence[Placement], month: dt.date, on: dt.date) -> list[LedgerRow]:
    """The list of a month; as many queries for one as for all."""
    due = entitled_in(placements, month, first_of_next_month(month))
    amounts: dict[int, dict[str, Entitled]] = {one.pk: {} for one in placements}
    for (placement, _month, kind), one in due.items():
        amounts[placement][kind] = one
    cares = care_of(placements, on)
    return [LedgerRow(one, cares[one.pk], amounts[one.pk]) for one in placements]


def sum_lines(placement: Placement, on: dt.date) -> list[tuple[dt.date, list[SumLine]]]:
    """Every month of the term that has begun, the latest first, with the arithmetic of each allowance."""
    first, until = first_day_of(placement), min(placement.ends_on, first_of_next_month(on))
    due = entitled_in([placement], first.replace(day=1), until)
    months = reversed(list(months_between(first, until)))
    found = (
        (month, [_line(placement, key, one) for key, one in due.items() if key[1] == month and _tells(one)])
        for month in months
    )
    return [(month, lines) for month, lines in found if lines]


def _tells(one: Entitled) -> bool:
    """Whether there is anything to say: a month without trips is none."""
    return one.unit != AllowanceUnit.TRIP or bool(one.n_trips)


def _line(placement: Placement, key: tuple[int, dt.date, str], one: Entitled) -> SumLine:
    return SumLine(
        month=key[1],
        kind=str(AllowanceKind(one.kind).label),
        payer=payer_of(placement, one.payer).name,
        sum=arithmetic(one),
        why=subtracted(one),
        amount=money(one.total_fen),
        basis=one.basis,
    )


def draft_rows(rows: Iterable[DraftRow]) -> list[ListRow]:
    """What a list would say."""
    return [_row(n, one.placement, one, one.entitled, one.amount_fen) for n, one in enumerate(rows, start=1)]


def issued_rows(rows: Iterable[PayRow]) -> list[ListRow]:
    """What a list said."""
    return [_row(n, one.placement, one, one.entitled, one.amount_fen) for n, one in enumerate(rows, start=1)]


def _row(
    number: int, placement: Placement, row: DraftRow | PayRow, entitled: Entitled | None, fen: int
) -> ListRow:
    total = arithmetic(entitled) if entitled else _("不再符合发放条件")
    if row.is_difference:
        total = difference(row.before_fen, entitled)
    why = subtracted(entitled) if entitled else _("不再符合发放条件")
    if row.is_difference and entitled:
        why = joined_sentences([arithmetic(entitled), *([why] if why else [])])
    label = str(AllowanceKind(row.kind).label)
    return ListRow(number, placement, row.month, label, total, why, fen)


def fingerprint(rows: Sequence[ListRow]) -> str:
    """What was shown: what is confirmed is this, or it is shown again."""
    told = [(one.placement.pk, one.month, one.kind, one.amount_fen) for one in rows]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:16]


def periods_to_issue(on: dt.date) -> list[Period]:
    """Months and quarters that are over, the latest first."""
    months = [last_over(on, 1)]
    while len(months) < N_MONTHS:
        months.append(last_over(months[-1].starts_on, 1))
    quarters = [last_over(on, 3)]
    while len(quarters) < N_QUARTERS:
        quarters.append(last_over(quarters[-1].starts_on, 3))
    return [*months, *quarters]


def period_key(period: Period) -> str:
    """A period in an address."""
    return "_".join(map(str, (period.starts_on, period.ends_on)))


def rule_lines(placement: Placement) -> list[str]:
    """What the programme pays, with basis and limits."""
    return [allowance_text(one) for one in rules_of(placement)]


def unsettled_leave(rows: Sequence[ListRow], period: Period) -> str:
    """Whose leave is not decided on or not returned from: what it comes to stands in the next list."""
    keys = {one.placement.pk for one in rows}
    waiting = LeaveRequest.objects.filter(
        placement__in=keys,
        state__in=(LeaveState.ASKED, LeaveState.GRANTED),
        starts_on__lt=period.ends_on,
        ends_on__gt=period.starts_on,
    )
    names = sorted(set(waiting.order_by().values_list("placement__person__name", flat=True)))
    if not names:
        return ""
    shown = listed(names[:NAMES_SHOWN])
    words = _("%(n)d 人的请假还没有批准或销假：%(names)s。以后天数有变化的，在下一次明细中补发或扣回。")
    more = _("%(names)s等") % {"names": shown} if len(names) > NAMES_SHOWN else shown
    return words % {"n": len(names), "names": more}


@dataclass(frozen=True)
class FundLine:
    """The work fund of a year, and what of it was spent as far as it was written down."""

    year: int
    amount: str
    spent: str
    left: str
    is_over: bool


def fund_lines(placement: Placement) -> list[FundLine]:
    """Each year that has a fund, the latest first."""
    spent: dict[int, int] = defaultdict(int)
    for one in FundSpending.objects.filter(placement=placement, is_void=False):
        spent[one.spent_on.year] += one.amount_fen
    return [
        FundLine(
            year=one.year,
            amount=money(one.amount_fen),
            spent=money(spent[one.year]),
            left=money(one.amount_fen - spent[one.year]),
            is_over=spent[one.year] > one.amount_fen,
        )
        for one in FundYear.objects.filter(placement=placement)
    ]
