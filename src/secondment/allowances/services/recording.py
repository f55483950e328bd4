"""Write down insurance, medical checks, trips and work fund; a mistake is made void, not removed."""

import datetime as dt
from collections.abc import Iterable
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.allowances.drafts import (
    Insured,
    Named,
    Spending,
    faults_of_check,
    faults_of_fund,
    faults_of_insurance,
    faults_of_spending,
    faults_of_trips,
)
from secondment.allowances.duties import CHECK, INSURANCE
from secondment.allowances.models import (
    WORDS_LENGTH,
    FundSpending,
    FundYear,
    HealthCheck,
    Insurance,
    TripCount,
    Voidable,
    month_of,
)
from secondment.allowances.rules import may_record
from secondment.allowances.services.errors import NotVoidError, RefusedRecordError
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.file_faults import told_whole
from secondment.obligations.duties import DUTIES
from secondment.obligations.services import ask_again, bring_up_to_date
from secondment.placements.models import Placement

Row = TypeVar("Row", bound=Voidable)
MET: dict[type[Voidable], tuple[str, str]] = {
    Insurance: (INSURANCE, "insurance.void"),
    HealthCheck: (CHECK, "health_check.void"),
    FundSpending: ("", "fund_spending.void"),
}
"""What a record meets, and what the trail calls it when it is void."""


@transaction.atomic
def record_insurance(
    placement: Placement, new: Insured, *, by: User, on: dt.date, at: dt.datetime
) -> tuple[Insurance, bool]:
    """The insurance, and whether it is new; the same number from the same day on is the same."""
    _require(by, placement)
    _refuse(faults_of_insurance(placement, new))
    _lock(placement)
    same = {"placement": placement, "number": new.number, "starts_on": new.starts_on, "is_void": False}
    known = Insurance.objects.filter(**same).first()
    if known is not None:
        if (known.insurer, known.ends_on) != (new.insurer, new.ends_on):
            words = _("这份保险单（%(number)s，%(day)s起）已登记，内容不同。登记有误的，请先作废原来的一条。")
            raise RefusedRecordError(words % {"number": known.number, "day": known.starts_on}, field="number")
        return known, False
    row = Insurance.objects.create(
        placement=placement,
        insurer=new.insurer,
        number=new.number,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        recorded_by=by,
        recorded_at=at,
    )
    record("insurance.record", row, by=by, at=at)
    _follow(placement, INSURANCE, on)
    return row, True


@transaction.atomic
def record_check(
    placement: Placement, checked_on: dt.date, *, by: User, on: dt.date, at: dt.datetime
) -> tuple[HealthCheck, bool]:
    """The check, and whether it is new; one a day is enough."""
    _require(by, placement)
    _refuse(faults_of_check(placement, checked_on, on))
    _lock(placement)
    known = HealthCheck.objects.filter(placement=placement, checked_on=checked_on, is_void=False).first()
    if known is not None:
        return known, False
    row = HealthCheck.objects.create(
        placement=placement, checked_on=checked_on, recorded_by=by, recorded_at=at
    )
    record("health_check.record", row, by=by, at=at)
    _follow(placement, CHECK, on)
    return row, True


@transaction.atomic
def make_void(row: Row, *, words: str, by: User, on: dt.date, at: dt.datetime) -> Row:
    """The record was a mistake: it stays and counts for nothing; what it met is owed again."""
    kind, action = MET[type(row)]
    names = ("placement__person", "placement__home_unit", "placement__owner_unit")
    found = type(row)._default_manager.select_for_update(of=("self",)).select_related(*names)  # noqa: SLF001 -- Django's documented name
    known = found.get(pk=row.pk)
    _require(by, known.placement)
    if known.is_void:
        raise NotVoidError(_("这条登记已经作废。请刷新页面，查看最新情况。"))
    if not words.strip():
        raise NotVoidError(_("请用几个字写明为什么作废，例如“保险单号填错”。"), field="words")
    if len(words.strip()) > WORDS_LENGTH:
        raise NotVoidError(_("作废理由最多%(n)d字，请精简。") % {"n": WORDS_LENGTH}, field="words")
    known.is_void, known.void_words = True, words.strip()
    known.save(update_fields=["is_void", "void_words"])
    record(action, known, by=by, at=at)
    if kind:
        ask_again(known.placement, [kind])
        _follow(known.placement, kind, on)
    return known


@transaction.atomic
def note_trips(
    placement: Placement, month: dt.date, n: int, *, by: User, on: dt.date, at: dt.datetime
) -> TripCount:
    """How many trips there were in a month; a correction of an issued month shows in the next list."""
    _require(by, placement)
    _refuse(faults_of_trips(placement, month_of(month), n, on))
    _lock(placement)
    known = TripCount.objects.filter(placement=placement, month=month_of(month)).first()
    if known is not None and known.n == n:
        return known
    details = {"month": f"{month:%Y-%m}", "from": f"{known.n}" if known else "", "to": f"{n}"}
    row = known or TripCount(placement=placement, month=month_of(month))
    row.n, row.recorded_by, row.recorded_at = n, by, at
    row.save()
    record("trip_count.note", row, by=by, at=at, details=details)
    return row


@transaction.atomic
def set_fund(placement: Placement, year: int, amount_fen: int, *, by: User, at: dt.datetime) -> FundYear:
    """The work fund of a year."""
    _require(by, placement)
    _refuse(faults_of_fund(placement, year))
    _lock(placement)
    known = FundYear.objects.filter(placement=placement, year=year).first()
    if known is not None and known.amount_fen == amount_fen:
        return known
    row = known or FundYear(placement=placement, year=year)
    row.amount_fen, row.recorded_by, row.recorded_at = amount_fen, by, at
    row.save()
    record("fund_year.set", row, by=by, at=at)
    return row


@transaction.atomic
def record_spending(
    placement: Placement, new: Spending, *, by: User, on: dt.date, at: dt.datetime
) -> tuple[FundSpending, bool]:
    """What was spent, and whether it is new: the same on one day is the same."""
    _require(by, placement)
    _refuse(faults_of_spending(placement, new, on))
    _lock(placement)
    values = {"spent_on": new.spent_on, "what": new.what, "amount_fen": new.amount_fen}
    known = FundSpending.objects.filter(placement=placement, is_void=False, **values).first()
    if known is not None:
        return known, False
    row = FundSpending.objects.create(placement=placement, recorded_by=by, recorded_at=at, **values)
    record("fund_spending.record", row, by=by, at=at)
    return row, True


def _require(by: User, placement: Placement) -> None:
    require(may_record(by, placement), _("保险、体检、往返次数和工作经费由派出单位或主办组织部门登记。"))


def _refuse(faults: Iterable[Named]) -> None:
    for field, fault in faults:
        raise RefusedRecordError(told_whole(fault), field=field)


def _lock(placement: Placement) -> None:
    """One writer at a time for a placement."""
    Placement.objects.select_for_update().get(pk=placement.pk)


def _follow(placement: Placement, kind: str, on: dt.date) -> None:
    bring_up_to_date(on=on, duties=[DUTIES[kind]], subjects=[placement])
