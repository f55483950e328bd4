"""Budgets, what is let through beyond them, and the yearly review."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.burden.budgets import budgets
from secondment.burden.choices import Verdict
from secondment.burden.models import Budget, FormReview, LetThrough
from secondment.burden.rules import may_govern
from secondment.burden.services.errors import OverBudgetError, ReviewError
from secondment.campaigns.models import Programme
from secondment.common.errors import require
from secondment.obligations.register import asked_forms


@transaction.atomic
def set_budget(role: Role, *, minutes: int, basis: str, by: User, at: dt.datetime) -> Budget:
    """How many minutes a year the role may be asked for about one secondee."""
    _require(by)
    if not basis.strip():
        raise OverBudgetError(_("请写明依据。"), field="basis")
    before = budgets()[role]
    values = {"minutes": minutes, "basis": basis.strip(), "set_by": by, "set_at": at}
    row, _created = Budget.objects.update_or_create(role=role, defaults=values)
    details = {"from": before, "to": minutes, "role": role.value}
    record("burden_budget.set", row, by=by, at=at, details=details)
    return row


@transaction.atomic
def let_through(
    programme: Programme, role: Role, *, minutes: int, leader: str, reason: str, by: User, at: dt.datetime
) -> LetThrough:
    """A named leader lets a programme ask for more of a role, for a written reason; shown in the list."""
    _require(by)
    if not leader.strip() or not reason.strip():
        raise OverBudgetError(
            _("请写明同意的领导和理由。"), field="leader" if not leader.strip() else "reason"
        )
    if minutes <= budgets()[role]:
        raise OverBudgetError(_("没有超过预算，不用放行。"), field="minutes")
    row = LetThrough.objects.create(
        programme=programme,
        role=role,
        minutes=minutes,
        leader=leader.strip(),
        reason=reason.strip(),
        let_by=by,
        let_at=at,
    )
    details = {"role": role.value, "to": minutes, "leader": row.leader, "reason": row.reason}
    record("burden_programme.let_through", programme, by=by, at=at, details=details)
    return row


@transaction.atomic
def review_form(
    code: str, verdict: Verdict, *, reason: str, by: User, on: dt.date, at: dt.datetime
) -> FormReview:
    """Keep a form with a reason, or give it up: its duties are asked for by no version published after today."""
    _require(by)
    if code not in asked_forms():
        raise ReviewError(_("没有这个表单，可能已随升级取消。请刷新清单。"))
    if not reason.strip():
        raise ReviewError(_("请写明理由。"), field="reason")
    last = FormReview.objects.filter(code=code).first()
    if last is not None and (last.year, last.verdict, last.reason) == (on.year, verdict, reason.strip()):
        return last
    row = FormReview.objects.create(
        code=code, year=on.year, verdict=verdict, reason=reason.strip(), decided_by=by, decided_at=at
    )
    details = {"to": verdict.value, "reason": row.reason}
    record("burden_review.decide", row, by=by, at=at, details=details)
    return row


def _require(by: User) -> None:
    require(may_govern(by), _("由最高一级组织部门办理。"))
