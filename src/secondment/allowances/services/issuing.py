"""Issue a list of what is to be paid: as reckoned now, and never changed afterwards."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.allowances.models import PayList, PayRow
from secondment.allowances.pay_drafts import draft_of
from secondment.allowances.rules import may_issue
from secondment.allowances.services.errors import RefusedListError
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.obligations.periods import Period, period_of
from secondment.units.models import Unit

MONTHS = (1, 3)
"""A list is for a month or a quarter."""


@transaction.atomic
def issue_list(unit: Unit, period: Period, *, by: User, on: dt.date, at: dt.datetime) -> tuple[PayList, bool]:
    """The list, and whether it is new: asked again it is the one that was issued."""
    require(may_issue(by, unit), _("发放明细由承担单位或上级组织部门出具。"))
    Unit.objects.select_for_update().get(pk=unit.pk)
    known = PayList.objects.filter(
        payer_unit=unit, starts_on=period.starts_on, ends_on=period.ends_on
    ).first()
    if known is not None:
        return known, False
    n_months = next((n for n in MONTHS if period_of(period.starts_on, n) == period), 0)
    if not n_months:
        raise RefusedListError(_("发放明细按月或按季度出具。请选择一个月或一个季度。"))
    if period.ends_on > on:
        raise RefusedListError(
            _("%(period)s还没有结束，在岗天数还会变化。请在%(day)s以后出具。")
            % {"period": period.label, "day": period.last_day}
        )
    rows = draft_of(unit, period)
    if not rows:
        raise RefusedListError(
            _("%(period)s没有应由%(unit)s发放的补助。") % {"period": period.label, "unit": unit.name}
        )
    made = PayList.objects.create(
        payer_unit=unit,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        n_months=n_months,
        n_people=len({one.placement.pk for one in rows}),
        total_fen=sum(one.amount_fen for one in rows),
        issued_by=by,
        issued_at=at,
    )
    PayRow.objects.bulk_create(
        PayRow(
            pay_list=made,
            placement=one.placement,
            month=one.month,
            kind=one.kind,
            reckoning=one.entitled.as_json() if one.entitled else None,
            before_fen=one.before_fen,
            amount_fen=one.amount_fen,
            is_difference=one.is_difference,
        )
        for one in rows
    )
    record("pay_list.issue", made, by=by, at=at, details={"n_rows": f"{len(rows)}"})
    return made, True
