"""Posts offered in a campaign."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.models import Campaign, CampaignPost, Preference
from secondment.campaigns.queries import posts_to_offer
from secondment.campaigns.rules import may_edit, require
from secondment.common.errors import DomainError
from secondment.common.versions import lock_version
from secondment.posts.models import Post


class PostWantedError(DomainError):
    """A post somebody has named as a preference is not taken away unnoticed."""


@transaction.atomic
def add_posts(
    campaign: Campaign, posts: Collection[Post], *, priority: int, by: User, at: dt.datetime
) -> int:
    """Offer approved posts; those already offered or not approved are left out. Returns how many were added."""
    campaign = _locked(campaign, by)
    allowed = posts_to_offer(by, campaign).filter(pk__in=[post.pk for post in posts])
    rows = [CampaignPost(campaign=campaign, post=post, priority=priority) for post in allowed]
    CampaignPost.objects.bulk_create(rows)
    _save(campaign, "campaign.add_posts", [row.post_id for row in rows], by, at)
    return len(rows)


@transaction.atomic
def remove_posts(
    campaign: Campaign, campaign_posts: Collection[CampaignPost], *, by: User, at: dt.datetime
) -> int:
    """Take posts out; refused while somebody wants one of them. Returns how many."""
    campaign = _locked(campaign, by)
    rows = CampaignPost.objects.filter(campaign=campaign, pk__in=[one.pk for one in campaign_posts])
    wanted = Preference.objects.filter(campaign_post__in=rows).values("nomination").distinct().count()
    if wanted:
        raise PostWantedError(
            _("所选岗位已有 %(n)d 人填为志愿，不能移出。请先与本人沟通修改志愿。") % {"n": wanted}
        )
    ids = list(rows.values_list("post_id", flat=True))
    rows.delete()
    _save(campaign, "campaign.remove_posts", ids, by, at)
    return len(ids)


@transaction.atomic
def change_offer(
    campaign: Campaign,
    campaign_posts: Collection[CampaignPost],
    *,
    priority: int,
    by: User,
    at: dt.datetime,
) -> int:
    """Set the priority of posts offered: 1 is filled first. Returns how many."""
    campaign = _locked(campaign, by)
    rows = CampaignPost.objects.filter(campaign=campaign, pk__in=[one.pk for one in campaign_posts])
    n_changed = rows.update(priority=priority)
    record(
        "campaign.change_priority",
        campaign,
        by=by,
        at=at,
        unit_path=campaign.owner_unit.path,
        details={"priority": priority, "posts": n_changed},
    )
    return n_changed


def _locked(campaign: Campaign, by: User) -> Campaign:
    campaign = lock_version(campaign, version=None)
    require(may_edit(by, campaign), _("批次已进入审查匹配，岗位不能再调整。需要调整的，请先退回征集推荐。"))
    return campaign


def _save(campaign: Campaign, action: str, post_ids: list[int], by: User, at: dt.datetime) -> None:
    """A changed offer raises the campaign's version, which makes earlier checks outdated."""
    campaign.save(update_fields=["version"])
    record(action, campaign, by=by, at=at, unit_path=campaign.owner_unit.path, details={"posts": post_ids})
