"""Candidates shown to host units, and how these rank them."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.campaigns.locking import locked_campaign
from secondment.campaigns.models import Campaign, CampaignPost, HostPreference, Nomination
from secondment.campaigns.queries import n_stale, shared_candidates
from secondment.campaigns.rules import may_rank_candidates, may_share_candidates
from secondment.common.errors import DomainError, require
from secondment.common.sentences import say
from secondment.common.versions import lock_version
from secondment.notices.services import send_notice
from secondment.units.models import Unit


class NotCheckedError(DomainError):
    """Candidates are shared only when the eligibility of all is known."""


class NotACandidateError(DomainError):
    """A host unit ranks only candidates it was shown."""


@transaction.atomic
def share_candidates(
    campaign: Campaign, *, is_shared: bool, by: User, on: dt.date, at: dt.datetime
) -> Campaign:
    """Show candidates to the host units of the campaign's posts, or stop showing them."""
    campaign = locked_campaign(campaign)
    require(may_share_candidates(by, campaign), _("只有在审查匹配阶段，主办组织部门才能向接收单位提供人选。"))
    if is_shared and n_stale(campaign):
        raise NotCheckedError(_("还有人选未审查或资料已变动。请先重新进行资格审查。"))
    campaign.candidates_shared_on = on if is_shared else None
    campaign.save(update_fields=["candidates_shared_on"])
    if is_shared:
        _notify_hosts(campaign, at)
    record(
        "campaign.share_candidates" if is_shared else "campaign.unshare_candidates", campaign, by=by, at=at
    )
    return campaign


@transaction.atomic
def rank_candidates(
    campaign_post: CampaignPost,
    nominations: Sequence[Nomination],
    *,
    by: User,
    on: dt.date,
    at: dt.datetime,
    version: int | None = None,
) -> int:
    """Keep the host unit's order of candidates for one post, first wish first; returns how many.

    An order of nobody is an answer too: the host unit leaves the choice to the department.
    """
    campaign_post = lock_version(campaign_post, version=version)
    require(may_rank_candidates(by, campaign_post), _("组织部门尚未提供人选，或意向填报已经结束。"))
    allowed = set(shared_candidates(campaign_post).values_list("pk", flat=True))
    ids = [nomination.pk for nomination in nominations]
    if set(ids) - allowed or len(set(ids)) < len(ids):
        raise NotACandidateError(_("所选人员中有重复或不在所提供的人选之列，请刷新页面后重新选择。"))
    campaign_post.host_answered_on = on
    campaign_post.save(update_fields=["version", "host_answered_on"])
    campaign_post.host_preferences.all().delete()
    HostPreference.objects.bulk_create(
        HostPreference(campaign_post=campaign_post, nomination_id=pk, rank=rank)
        for rank, pk in enumerate(ids, start=1)
    )
    record("campaign.rank_candidates", campaign_post, by=by, at=at, details={"n": len(ids)})
    return len(ids)


def _notify_hosts(campaign: Campaign, at: dt.datetime) -> None:
    units = Unit.objects.filter(posts__campaign_posts__campaign=campaign).distinct()
    recipients = [user for unit in units for user in accounts_of([unit], Role.HOST_UNIT)]
    send_notice(
        recipients,
        title=say("“%(campaign)s”请填报对人选的意向", campaign=campaign.name),
        path=reverse("campaigns:campaign_detail", args=[campaign.pk]),
        at=at,
    )
