"""Void an appraisal: one account before the vote; once it was opened one asks and another confirms, for ballots go with it.

While somebody has asked, people vote on. When it is confirmed, the box of an open vote is destroyed with whatever lies in
it; sealed ballots stay where they are and count for nothing.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.errors import AppraisalError
from secondment.appraisals.models import Appraisal
from secondment.appraisals.services.locking import locked
from secondment.appraisals.services.voting import sweep_boxes
from secondment.appraisals.states import BY_TWO, TRANSITIONS
from secondment.appraisals.turnout import turnouts_of
from secondment.audit.services import record
from secondment.common.errors import require


@transaction.atomic
def void_appraisal(appraisal: Appraisal, *, reason: str, by: User, at: dt.datetime) -> Appraisal:
    """It counts for nothing, and its candidates may be appraised anew for the year; before anybody could vote."""
    row = _voidable(appraisal, by)
    if row.state in BY_TWO:
        raise AppraisalError(
            _("投票开始以后作废，须一人申请、另一人确认。请写明理由，点“申请作废”。"), field="reason"
        )
    row.void_reason = _reason(reason)
    return _voided(row, {}, by=by, at=at)


@transaction.atomic
def ask_void(appraisal: Appraisal, *, reason: str, by: User, on: dt.date, at: dt.datetime) -> Appraisal:
    """The first of two persons, once the vote was opened; until the second confirms, everything goes on."""
    row = _voidable(appraisal, by)
    if row.state not in BY_TWO:
        raise AppraisalError(_("投票还没有开始，可以直接作废，不用申请。"), field="reason")
    if row.void_asked_by_id is not None:
        raise AppraisalError(_("已有人申请作废，请由另一人确认或退回。"), field="reason")
    row.void_reason, row.void_asked_by, row.void_asked_on = _reason(reason), by, on
    row.save()
    record("appraisal.ask_void", row, by=by, at=at, details={"reason": row.void_reason})
    return row


@transaction.atomic
def confirm_void(appraisal: Appraisal, *, by: User, at: dt.datetime) -> Appraisal:
    """The second of two persons."""
    row = _voidable(appraisal, by)
    asker = _asker(row)
    require(by.pk != asker.pk, _("作废须由申请人以外的另一人确认。"))
    return _voided(row, {"asked_by": asker.name}, by=by, at=at)


@transaction.atomic
def decline_void(appraisal: Appraisal, *, by: User, at: dt.datetime) -> Appraisal:
    """Not voided, says somebody else, or whoever asked takes it back."""
    row = locked(appraisal, by, states=BY_TWO)
    _asker(row)
    details = {"reason": row.void_reason}
    row.void_reason, row.void_asked_by, row.void_asked_on = "", None, None
    row.save()
    record("appraisal.decline_void", row, by=by, at=at, details=details)
    return row


def is_without_turnout(appraisal: Appraisal) -> bool:
    """Whether no paper reached the turnout, so that nothing of it counts."""
    return not any(one.is_met for one in turnouts_of(list(appraisal.papers.all())).values())


def _voidable(appraisal: Appraisal, by: User) -> Appraisal:
    row = locked(appraisal, by, states=TRANSITIONS["void"][0])
    if row.state == AppraisalState.CLOSED and not is_without_turnout(row):
        raise AppraisalError(_("已封存且有票种达到规定的有效票比例，结果有效，不能作废。"), field="reason")
    return row


def _asker(row: Appraisal) -> User:
    asker: User | None = row.void_asked_by
    if asker is None:
        raise AppraisalError(_("没有待确认的作废申请。请刷新页面，查看最新情况。"))
    return asker


def _reason(text: str) -> str:
    if not text.strip():
        raise AppraisalError(_("请写明作废的理由。"), field="reason")
    return text.strip()


def _voided(row: Appraisal, more: dict[str, object], *, by: User, at: dt.datetime) -> Appraisal:
    details = {"reason": row.void_reason, "from": row.state, **more}
    row.state = AppraisalState.VOID
    row.save()
    row.candidates.update(is_void=True)
    transaction.on_commit(sweep_boxes)
    record("appraisal.void", row, by=by, at=at, details=details)
    return row
