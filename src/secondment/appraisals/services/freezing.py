"""Lock the lists and draw who votes; afterwards somebody falls out only with a reason, and the next of the draw stands in."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appraisals.blockers import blockers_of_freeze, draws_by_chance
from secondment.appraisals.choices import AppraisalState, Standing
from secondment.appraisals.draws import current_digest, draw
from secondment.appraisals.errors import AppraisalError, RosterError
from secondment.appraisals.models import Appraisal, RosterChange, RosterEntry
from secondment.appraisals.services.locking import locked
from secondment.appraisals.states import FROZEN, TRANSITIONS
from secondment.audit.services import record


@transaction.atomic
def freeze_appraisal(
    appraisal: Appraisal, *, seed: str, digest: str, by: User, on: dt.date, at: dt.datetime
) -> Appraisal:
    """Lock candidates, papers and lists, and draw from them by the published seed.

    `digest` is that of the lists on the page: what was published before the seed is what is drawn from.
    """
    row = locked(appraisal, by, states=TRANSITIONS["freeze"][0])
    blockers = blockers_of_freeze(row, by)
    if blockers:
        first = blockers[0]
        raise AppraisalError(first.words, reasons=[one.words for one in blockers], way=first.way)
    if digest != current_digest(row):
        raise AppraisalError(
            _("页面打开后名单有变动，公布的名单摘要已不相符。请核对新的摘要，重新公布后再锁定。"),
            field="seed",
        )
    seed = seed.strip()
    if not seed and draws_by_chance(row):
        raise AppraisalError(
            _("有名单须抽取参评人员。请填写公布的种子，例如指定期次的福利彩票开奖号码。"), field="seed"
        )
    entries = draw(row, seed)
    RosterEntry.objects.bulk_update(entries, ["drawn_order", "standing"], batch_size=500)
    row.state, row.draw_seed, row.frame_digest = AppraisalState.FROZEN, seed, digest
    row.frozen_by, row.frozen_on = by, on
    row.save()
    n_drawn = sum(one.standing == Standing.DRAWN for one in entries)
    details = {"n": n_drawn, "seed": seed, "digest": digest}
    record("appraisal.freeze", row, by=by, at=at, details=details)
    return row


@transaction.atomic
def replace_rater(entry: RosterEntry, *, reason: str, by: User, on: dt.date, at: dt.datetime) -> RosterChange:
    """Somebody falls out after the draw, with a reason; of those who vote, the next of the drawn order stands in."""
    row = locked(entry.paper.appraisal, by, states=frozenset({FROZEN}))
    if not reason.strip():
        raise RosterError(_("请写明退出参评的理由。"), field="reason")
    left = RosterEntry.objects.select_related("paper__unit").get(pk=entry.pk, paper__appraisal=row)
    if left.standing == Standing.EXCLUDED:
        raise RosterError(_("“%(name)s”已经退出。请刷新页面，查看最新情况。") % {"name": left.name})
    joined = _next(left) if left.standing == Standing.DRAWN else None
    left.standing, left.reason = Standing.EXCLUDED, reason.strip()
    left.save()
    if joined is not None:
        joined.standing = Standing.DRAWN
        joined.reason = _("递补%(name)s") % {"name": left.name}
        joined.save()
    change = RosterChange.objects.create(
        paper=left.paper, left=left, joined=joined, reason=reason.strip(), by=by, on=on
    )
    row.save()
    paper = f"{left.paper.unit.name} {left.paper.group}"
    record("appraisal.replace_rater", row, by=by, at=at, details={"paper": paper, "reason": reason.strip()})
    return change


def _next(left: RosterEntry) -> RosterEntry | None:
    """The first of the drawn order who neither votes nor fell out."""
    rows = RosterEntry.objects.filter(paper=left.paper_id, standing=Standing.LISTED)
    return rows.order_by("drawn_order").first()
