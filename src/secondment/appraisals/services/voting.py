"""Open and close a vote: a box is made, and at its end whatever lies in it comes into the database, shuffled, and the box is gone.

Opening and closing are done again without harm after a kill at any point: a box counts from the moment the database says
open, and its ballots from the moment the database says closed; only then is the file destroyed.
"""

import datetime as dt
import json
import secrets
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.algorithms.merkle import leaf, root
from secondment.appraisals.blockers import blockers_of_opening
from secondment.appraisals.box.ballot_box import ID_BITS, About, BallotBox, Content
from secondment.appraisals.box.boxes import appraisal_key, box_of, erase_leftovers, every_box, practice_box_of
from secondment.appraisals.box.errors import BoxInUseError
from secondment.appraisals.box.sheets import Sheet
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import Appraisal, BallotPaper, CountedReceipt, SealedBallot, SlipReplacement
from secondment.appraisals.rules import require_may_manage
from secondment.appraisals.services.sheets import sheets_of
from secondment.audit.services import record
from secondment.common.versions import lock_version

BATCH = 500


@transaction.atomic
def open_voting(appraisal: Appraisal, *, by: User, on: dt.date, at: dt.datetime) -> Appraisal:
    """Make the box; from now on slips are issued and ballots cast. The practice run is wiped."""
    require_may_manage(by, appraisal)
    row = lock_version(appraisal, version=None)
    if row.state == AppraisalState.OPEN:
        return row
    if row.state != AppraisalState.FROZEN:
        raise BoxInUseError(_("名单锁定之后才能开始投票，已封存或作废的测评不能再开。"))
    for one in blockers_of_opening(row, on):
        raise BoxInUseError(one.words, way=one.way)
    sheets = sheets_of(row)
    if not sheets or not all(sheet.size for sheet in sheets):
        raise BoxInUseError(_("有的票种还没有测评对象或指标，请先补齐再开始投票。"))
    practice_box_of(row).destroy()
    _make_box(box_of(row), About(row.name, row.closes_on, is_practice=False), sheets)
    row.state, row.opened_by, row.opened_on = AppraisalState.OPEN, by, on
    row.save()
    record("appraisal.open_voting", row, by=by, at=at, details={"papers": len(sheets)})
    return row


def close_voting(appraisal: Appraisal, *, by: User, on: dt.date, at: dt.datetime) -> Appraisal:
    """Seal the box, write what lies in it, destroy it; called again it finishes what was left, and counts nothing twice."""
    require_may_manage(by, appraisal)
    with transaction.atomic():
        row = lock_version(appraisal, version=None)
        if row.state != AppraisalState.CLOSED:
            if row.state != AppraisalState.OPEN:
                raise BoxInUseError(_("只有正在投票的测评可以封存。"))
            box = box_of(row)
            box.seal()
            seal_content(row, box.content(), by=by, on=on, at=at)
        transaction.on_commit(lambda: _destroy_boxes(row))
    return row


def is_box_lost(appraisal: Appraisal) -> bool:
    """Whether voting is open and its box is not on this machine: then the vote has to be repeated."""
    return appraisal.state == AppraisalState.OPEN and not box_of(appraisal).is_there


def sweep_boxes() -> int:
    """Destroy boxes whose appraisal is closed or void, which a kill may have left, or half of them; returns how many.

    A box that no appraisal knows is left alone: the database may have been put back to a day before it was opened.
    """
    left = erase_leftovers()
    for box in every_box():
        state = Appraisal.objects.filter(box=appraisal_key(box)).values_list("state", flat=True).first()
        if state in {AppraisalState.CLOSED, AppraisalState.VOID}:
            box.destroy()
            left += 1
    return left


def _make_box(box: BallotBox, about: About, sheets: Sequence[Sheet]) -> None:
    """A box that was left by an opening that did not finish holds no ballots, and gives way."""
    if box.is_there:
        if any(count.spent for count in box.counts().values()):
            raise BoxInUseError(
                _(
                    "本次测评已有一个装有选票的票箱（数据库可能曾退回到较早的备份）。请作废本次测评，另建一次重新投票。"
                )
            )
        box.destroy()
    box.make(about, sheets)


def _destroy_boxes(appraisal: Appraisal) -> None:
    box_of(appraisal).destroy()
    practice_box_of(appraisal).destroy()


def seal_content(row: Appraisal, content: Content, *, by: User, on: dt.date, at: dt.datetime) -> None:
    """The only way into `SealedBallot`: ballots, receipts, counts by paper, the root over all, and the event that says so."""
    ballots = [_sealed(paper, marks) for paper, marks in content.ballots]
    SealedBallot.objects.bulk_create(ballots, batch_size=BATCH)
    CountedReceipt.objects.bulk_create(
        [CountedReceipt(appraisal=row, number=number) for number in content.receipts], batch_size=BATCH
    )
    for paper in BallotPaper.objects.select_for_update().filter(appraisal=row):
        count = content.counts[paper.pk]
        paper.n_issued, paper.n_void, paper.n_counted = count.issued, count.void, count.spent
        paper.save(update_fields=["n_issued", "n_void", "n_counted"])
    SlipReplacement.objects.filter(paper__appraisal=row, is_confirmed=None).update(
        is_confirmed=False, decided_on=on
    )
    row.void_reason, row.void_asked_by, row.void_asked_on = "", None, None  # nobody confirmed it in time
    row.root = root([one.digest for one in ballots])
    row.state, row.closed_by, row.closed_on = AppraisalState.CLOSED, by, on
    row.save()
    counts = content.counts.values()
    details = {
        "issued": sum(one.issued for one in counts),
        "counted": sum(one.spent for one in counts),
        "void": sum(one.void for one in counts),
        "unused": sum(one.unused for one in counts),
        "root": row.root,
    }
    record("appraisal.close_voting", row, by=by, at=at, details=details)


def _sealed(paper: int, marks: Mapping[str, Mapping[str, int | None]]) -> SealedBallot:
    number = secrets.randbits(ID_BITS)
    return SealedBallot(pk=number, paper_id=paper, marks=marks, digest=digest_of(number, paper, marks))


def digest_of(number: int, paper: int, marks: Mapping[str, Mapping[str, int | None]]) -> str:
    """The leaf of a sealed ballot in the tree whose root the trail records."""
    content = json.dumps(
        {"id": number, "marks": marks, "paper": paper}, sort_keys=True, separators=(",", ":")
    )
    return leaf(content.encode())
