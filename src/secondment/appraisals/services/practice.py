"""A practice run before the vote: the same papers, invented people, a box apart; one click wipes it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appraisals.box.ballot_box import About
from secondment.appraisals.box.boxes import practice_box_of
from secondment.appraisals.box.errors import BoxInUseError
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import Appraisal, BallotPaper
from secondment.appraisals.rules import require_may_manage
from secondment.appraisals.services.sheets import sheets_of
from secondment.audit.services import record
from secondment.common.versions import lock_version

BEFORE = frozenset({AppraisalState.DRAFT, AppraisalState.FROZEN})
MOST_SLIPS = 20


@transaction.atomic
def open_practice(appraisal: Appraisal, *, by: User, at: dt.datetime) -> None:
    """A fresh practice box; an older one is wiped."""
    row = _before_the_vote(appraisal, by)
    sheets = sheets_of(row, is_play=True)
    if not sheets or not all(sheet.size for sheet in sheets):
        raise BoxInUseError(_("有的票种还没有测评对象或指标，请先补齐再演练。"))
    record("appraisal.open_practice", row, by=by, at=at)
    box = practice_box_of(row)
    box.destroy()
    box.make(About(row.name, row.closes_on, is_practice=True), sheets)


def issue_practice_slips(paper: BallotPaper, n: int, *, by: User) -> list[str]:
    """Codes for practising; nothing depends on them, so they may be printed as often as one likes."""
    require_may_manage(by, paper.appraisal)
    if not 1 <= n <= MOST_SLIPS:
        raise BoxInUseError(_("演练每次可发 1 至 %(most)d 张。") % {"most": MOST_SLIPS})
    return practice_box_of(paper.appraisal).issue(paper.pk, n)


@transaction.atomic
def wipe_practice(appraisal: Appraisal, *, by: User, at: dt.datetime) -> None:
    """Nothing of the practice run is left; nothing happens when there is none."""
    row = _before_the_vote(appraisal, by)
    box = practice_box_of(row)
    if box.is_there:
        record("appraisal.wipe_practice", row, by=by, at=at)
        transaction.on_commit(box.destroy)


def _before_the_vote(appraisal: Appraisal, by: User) -> Appraisal:
    require_may_manage(by, appraisal)
    row = lock_version(appraisal, version=None)
    if row.state not in BEFORE:
        raise BoxInUseError(_("投票已经开始，不能再演练。"))
    return row
