"""Slips: codes are issued once for a paper; whatever goes wrong with them afterwards takes two persons."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appraisals.box.boxes import box_of
from secondment.appraisals.box.codes import read_code
from secondment.appraisals.box.errors import BoxInUseError
from secondment.appraisals.choices import AppraisalState, SlipLoss, Standing
from secondment.appraisals.models import BallotPaper, SlipReplacement
from secondment.appraisals.rules import require_may_manage
from secondment.audit.services import record
from secondment.common.errors import require


@transaction.atomic
def issue_slips(paper: BallotPaper, n: int, *, by: User, at: dt.datetime) -> list[str]:
    """So many codes, shuffled, for printing now; they are kept nowhere. Once for a paper, and no more than people vote.

    Whoever prints more than there are raters could vote with what is left; what is lost is replaced by two persons.
    """
    row = _locked(paper, by)
    if row.n_issued:
        raise BoxInUseError(
            _("该票种的选票已经发出 %(n)d 张，不能重复打印。没有打印成功的，请申请作废重发，由另一人确认。")
            % {"n": row.n_issued}
        )
    most = row.roster.filter(standing=Standing.DRAWN).count()
    if not 1 <= n <= most:
        raise BoxInUseError(
            _("参评 %(most)d 人，可发 1 至 %(most)d 张。污损、丢失的，另由两人换发。") % {"most": most},
            field="n",
        )
    row.n_issued = n
    row.save(update_fields=["n_issued"])
    record("ballot_paper.issue", row, by=by, at=at, details={"n": n})
    return box_of(row.appraisal).issue(row.pk, n)


@transaction.atomic
def ask_replacement(
    paper: BallotPaper, kind: SlipLoss, *, code: str, reason: str, by: User, on: dt.date, at: dt.datetime
) -> SlipReplacement:
    """Ask for new slips; a code that is named cannot be used from now on."""
    row = _locked(paper, by)
    if not row.n_issued:
        raise BoxInUseError(_("该票种还没有发出选票。"))
    asked = SlipReplacement.objects.create(paper=row, kind=kind, reason=reason, asked_by=by, asked_on=on)
    if kind == SlipLoss.DAMAGED:
        box_of(row.appraisal).block(asked.pk, read_code(code), paper=row.pk)
    record(
        "ballot_paper.ask_replacement", row, by=by, at=at, details={"kind": str(kind.label), "reason": reason}
    )
    return asked


@transaction.atomic
def confirm_replacement(asked: SlipReplacement, *, by: User, on: dt.date, at: dt.datetime) -> list[str]:
    """A second person confirms; the new codes, for printing now."""
    row = _locked(asked.paper, by)
    asked = _open_request(asked)
    require(asked.asked_by_id != by.pk, _("换发选票须由申请人以外的另一人确认。"))
    box = box_of(row.appraisal)
    n_void, n = {SlipLoss.DAMAGED: (1, 1), SlipLoss.LOST: (0, 1), SlipLoss.SHEET: (0, 0)}[
        SlipLoss(asked.kind)
    ]
    if asked.kind == SlipLoss.SHEET:
        n_void = n = box.void_unused(row.pk)
        # damaged ones went with the sheet, and are among those that are printed anew
        waiting = row.replacements.filter(kind=SlipLoss.DAMAGED, is_confirmed=None)
        waiting.update(is_confirmed=False, decided_by=by, decided_on=on)
    else:
        box.settle_blocked(asked.pk, is_void=True)
    asked.n_void, asked.n_issued = n_void, n
    _decide(asked, by=by, on=on, is_confirmed=True)
    row.n_issued += n
    row.n_void += n_void
    row.save(update_fields=["n_issued", "n_void"])
    details = {"kind": asked.get_kind_display(), "void": n_void, "n": n, "reason": asked.reason}
    record("ballot_paper.replace", row, by=by, at=at, details=details)
    return box.issue(row.pk, n)


@transaction.atomic
def decline_replacement(asked: SlipReplacement, *, by: User, on: dt.date, at: dt.datetime) -> None:
    """Refuse, or take the own request back; the code can be used again."""
    row = _locked(asked.paper, by)
    asked = _open_request(asked)
    _decide(asked, by=by, on=on, is_confirmed=False)
    record("ballot_paper.decline_replacement", row, by=by, at=at)
    box_of(row.appraisal).settle_blocked(asked.pk, is_void=False)


def _locked(paper: BallotPaper, by: User) -> BallotPaper:
    rows = BallotPaper.objects.select_for_update(of=("self",)).select_related("appraisal__owner_unit", "unit")
    row = rows.get(pk=paper.pk)
    require_may_manage(by, row.appraisal)
    if row.appraisal.state != AppraisalState.OPEN:
        raise BoxInUseError(_("投票开始之后、封存之前才能发出或换发选票。"))
    return row


def _open_request(asked: SlipReplacement) -> SlipReplacement:
    row = SlipReplacement.objects.select_for_update().get(pk=asked.pk)
    if row.is_confirmed is not None:
        raise BoxInUseError(_("该项换发申请已经办结。"))
    return row


def _decide(asked: SlipReplacement, *, by: User, on: dt.date, is_confirmed: bool) -> None:
    asked.is_confirmed, asked.decided_by, asked.decided_on = is_confirmed, by, on
    asked.save()
