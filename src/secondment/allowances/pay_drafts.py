"""What a list for a period would say: new months in full, and what differs by now from what earlier lists have issued."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet, Sum

from secondment.allowances.entitlement import Entitled
from secondment.allowances.models import PayList, PayRow
from secondment.allowances.reckoning import Key, entitled_in, months_between, payer_of
from secondment.campaigns.choices import AllowanceKind, AllowanceUnit
from secondment.obligations.periods import Period
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.units.choices import UnitKind
from secondment.units.models import Unit


@dataclass(frozen=True)
class DraftRow:
    """A row before it is issued, or as it was."""

    placement: Placement
    month: dt.date
    kind: str
    entitled: Entitled | None
    before_fen: int = 0
    is_difference: bool = False

    @property
    def amount_fen(self) -> int:
        """To be paid; below nothing what is to be taken back."""
        return (self.entitled.total_fen if self.entitled else 0) - self.before_fen


def draft_of(unit: Unit, period: Period) -> list[DraftRow]:
    """Rows by person, month and allowance; differences of months that are issued already come along."""
    issued = _issued(unit, period)
    closed = _closed(unit, period)
    placements = {one.pk: one for one in _placements(unit, issued)}
    starts_on = min([period.starts_on, *closed])
    due = {
        key: one
        for key, one in entitled_in(list(placements.values()), starts_on, period.ends_on).items()
        if payer_of(placements[key[0]], one.payer).pk == unit.pk
    }
    rows = [_row(placements, key, due, issued, closed) for key in due.keys() | issued.keys()]
    found = [one for one in rows if one is not None and (one.is_difference or one.month >= period.starts_on)]
    return sorted(found, key=_place)


def _place(row: DraftRow) -> tuple[str, int, dt.date, int]:
    """By person, month and allowance, the latter as programmes list them."""
    kind = AllowanceKind.values.index(row.kind)
    return row.placement.person.name_key, row.placement.pk, row.month, kind


def _row(
    placements: dict[int, Placement],
    key: Key,
    due: dict[Key, Entitled],
    issued: dict[Key, int],
    closed: set[dt.date],
) -> DraftRow | None:
    placement, month, kind = key
    is_closed = month in closed
    row = DraftRow(placements[placement], month, kind, due.get(key), issued.get(key, 0), is_closed)
    if is_closed:
        return row if row.amount_fen else None
    is_trip = row.entitled is not None and row.entitled.unit == AllowanceUnit.TRIP
    return row if row.amount_fen or not is_trip else None


def _issued(unit: Unit, period: Period) -> dict[Key, int]:
    rows = PayRow.objects.filter(pay_list__payer_unit=unit, month__lt=period.ends_on).order_by()
    sums = rows.values_list("placement", "month", "kind").annotate(sum=Sum("amount_fen"))
    return {(placement, month, kind): fen for placement, month, kind, fen in sums}


def _closed(unit: Unit, period: Period) -> set[dt.date]:
    """Months before the end of the period that a list of the office covers."""
    lists = PayList.objects.filter(payer_unit=unit).order_by().values_list("starts_on", "ends_on")
    months = {month for first, end in lists for month in months_between(first, end)}
    return {one for one in months if one < period.ends_on}


def _placements(unit: Unit, issued: dict[Key, int]) -> QuerySet[Placement]:
    known = {placement for placement, _month, _kind in issued}
    return with_names(Placement.objects.filter(paid_by([unit]) | Q(pk__in=known)))


def paid_by(units: Sequence[Unit]) -> Q:
    """Placements that one of these offices may have to pay for."""
    keys = [one.pk for one in units]
    village = Q(host_unit__kind=UnitKind.VILLAGE, host_unit__parent__in=keys)
    ours = Q(home_unit__in=keys) | Q(host_unit__in=keys) | village | Q(owner_unit__in=keys)
    return ours & Q(state__in=BEGAN)
