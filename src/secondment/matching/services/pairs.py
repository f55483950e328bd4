"""Lock or forbid one pair before there is a plan; within a plan see `changes`."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.choices import NominationState, Result
from secondment.campaigns.models import CampaignPost, EligibilityFinding, Nomination
from secondment.matching.choices import LockKind
from secondment.matching.errors import SideRuleError
from secondment.matching.models import Lock
from secondment.matching.rules import require_may_set_rules
from secondment.matching.services.interventions import checked_reason
from secondment.matching.services.reviewing import lock_reviewed


@transaction.atomic
def decide_pair(
    nomination: Nomination, post: CampaignPost, kind: LockKind, *, reason: str, by: User, at: dt.datetime
) -> Lock:
    """Decide one pair before there is a plan: lock it, or keep it out of every further run.

    Raises `ReasonMissingError`, `SideRuleError`.
    """
    campaign = nomination.campaign
    require_may_set_rules(by, campaign)
    lock_reviewed(campaign)
    reason = checked_reason(reason)
    _check_pair(nomination, post, kind)
    lock = Lock.objects.create(
        campaign=campaign, nomination=nomination, campaign_post=post, kind=kind, reason=reason, by=by, at=at
    )
    details = {"nomination": nomination.pk, "campaign_post": post.pk, "kind": str(kind), "reason": reason}
    record("lock.set", lock, by=by, at=at, details=details)
    return lock


def _check_pair(nomination: Nomination, post: CampaignPost, kind: LockKind) -> None:
    """Both are of one campaign and undecided; nobody is locked where the check keeps them out, or in two posts."""
    pair = {"person": nomination, "post": post}
    if nomination.state != NominationState.NOMINATED or nomination.campaign_id != post.campaign_id:
        raise SideRuleError(_("人选或岗位已不在本批次，请刷新页面后重新选择。"))
    known = Lock.objects.filter(nomination=nomination)
    if known.filter(campaign_post=post).exists():
        raise SideRuleError(_("%(person)s与“%(post)s”已锁定或排除。请先在匹配页解除。") % pair)
    if kind == LockKind.FORBID:
        return
    if locked := known.filter(kind=LockKind.LOCK).select_related("campaign_post__post__host_unit").first():
        raise SideRuleError(
            _("%(person)s已锁定在“%(post)s”。请先解除那项锁定。")
            % {"person": nomination, "post": locked.campaign_post}
        )
    blocks = EligibilityFinding.objects.filter(nomination=nomination, result=Result.BLOCK)
    if block := blocks.filter(Q(campaign_post=None) | Q(campaign_post=post)).order_by("pk").first():
        raise SideRuleError(
            _("%(person)s不能锁定到“%(post)s”：资格审查否决（%(fact)s）。")
            % {**pair, "fact": block.fact_text}
        )
