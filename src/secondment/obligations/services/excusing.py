"""Excuse an office from what it owes (免办), with a reason, and take that back."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.obligations.duties import DUTIES
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.rules import can_be_excused, may_excuse
from secondment.obligations.services.asking import bring_up_to_date
from secondment.obligations.services.errors import NotExcusedError, NotOpenError, ReasonMissingError


@transaction.atomic
def excuse(obligation: Obligation, *, reason: str, by: User, on: dt.date, at: dt.datetime) -> Obligation:
    """Nobody owes it any more; the reason stays beside it."""
    row = _locked(obligation)
    require(may_excuse(by, row), _("免办由主办组织部门决定。"))
    if not reason.strip():
        raise ReasonMissingError(_("请写明免办理由，责任单位可以看到。"), field="reason")
    if not can_be_excused(row):
        raise NotOpenError(
            _("该事项现为“%(state)s”，不能再免办。请刷新页面核对。") % {"state": row.get_state_display()}
        )
    row.state, row.closed_on = ObligationState.EXCUSED, on
    row.excused_reason, row.excused_by = reason.strip(), by
    row.save(update_fields=["state", "closed_on", "excused_reason", "excused_by"])
    record("obligation.excuse", row, by=by, at=at, details={"kind": row.kind, "reason": row.excused_reason})
    return row


@transaction.atomic
def take_back_excuse(obligation: Obligation, *, by: User, on: dt.date, at: dt.datetime) -> Obligation:
    """It is owed again, by the same day as before, unless a record has met it or the term has ended meanwhile."""
    row = _locked(obligation)
    require(may_excuse(by, row), _("免办由主办组织部门决定。"))
    if row.state != ObligationState.EXCUSED:
        raise NotExcusedError(_("该事项没有免办，无需撤回。"))
    row.state, row.closed_on = ObligationState.OPEN, None
    row.excused_reason, row.excused_by = "", None
    row.save(update_fields=["state", "closed_on", "excused_reason", "excused_by"])
    record("obligation.take_back_excuse", row, by=by, at=at, details={"kind": row.kind})
    duty = DUTIES.get(row.kind)
    if duty is not None:
        subjects = list(duty.subjects.rows([int(row.subject_id)]))
        bring_up_to_date(on=on, duties=[duty], subjects=subjects)
        row.refresh_from_db(fields=["state", "closed_on", "escalated_on"])
    return row


def _locked(obligation: Obligation) -> Obligation:
    rows = Obligation.objects.select_for_update(of=("self",)).select_related("unit", "manager")
    return rows.get(pk=obligation.pk)
