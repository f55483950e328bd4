"""Posts offered in a campaign."""

import datetime as dt
from collections.abc import Collection
from itertools import count

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.campaigns.holding import lapses_of_offers, posts_in_scope, posts_to_offer
from secondment.campaigns.lapses import refuse_lapsed
from secondment.campaigns.lots import Lots
from secondment.campaigns.models import Campaign, CampaignPost, Preference
from secondment.campaigns.rules import may_edit, may_rearrange
from secondment.common.errors import DomainError, require
from secondment.common.sentences import say
from secondment.common.versions import lock_version
from secondment.notices.services import send_notice
from secondment.posts.models import Post

SMALLEST_TEAM = 2
TEAM_NAME = "第{}组"  # kept as data, like the names of posts


class TeamError(DomainError):
    """These posts cannot be one team."""


class PostWantedError(DomainError):
    """A post that someone has named as a preference is not removed unnoticed."""


@transaction.atomic
def add_posts(
    campaign: Campaign, posts: Collection[Post], *, priority: int, by: User, at: dt.datetime
) -> int:
    """Offer posts; those already offered or of other departments are left out. Returns how many were added.

    Raises `LapsedError` when one of them is closed, taken, offered elsewhere or of another kind or time.
    """
    campaign = _locked(campaign, by)
    chosen = posts_in_scope(by).filter(pk__in=[post.pk for post in posts]).order_by("pk")
    refuse_lapsed(lapses_of_offers(campaign, chosen.exclude(campaign_posts__campaign=campaign)))
    allowed = (
        posts_to_offer(by, campaign).filter(pk__in=chosen.order_by().values("pk")).select_related("host_unit")
    )
    lots = Lots(campaign)
    rows = [
        CampaignPost(campaign=campaign, post=post, priority=priority, lot=lots.of_post(post))
        for post in allowed
    ]
    CampaignPost.objects.bulk_create(rows)
    _save(campaign, "campaign.add_posts", [row.post_id for row in rows], by, at)
    return len(rows)


@transaction.atomic
def remove_posts(
    campaign: Campaign, campaign_posts: Collection[CampaignPost], *, by: User, at: dt.datetime
) -> int:
    """Remove posts; refused while someone prefers one that can still be filled. Returns how many.

    A post that can no longer be filled is removed with the preferences for it; those concerned are notified.
    """
    campaign = _locked(campaign, by)
    rows = CampaignPost.objects.filter(campaign=campaign, pk__in=[one.pk for one in campaign_posts])
    wishes = Preference.objects.filter(campaign_post__in=rows)
    lapsed = [one for one in _wanted(rows) if any(lapses_of_offers(campaign, [one.post]))]
    if wanted := wishes.exclude(campaign_post__in=lapsed).values("nomination").distinct().count():
        raise PostWantedError(
            _("所选岗位已有 %(n)d 人填为志愿，不能移出。请先与本人沟通修改志愿。") % {"n": wanted}
        )
    _notify_of_lost_preferences(campaign, wishes, at)
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
        "campaign.change_priority", campaign, by=by, at=at, details={"priority": priority, "posts": n_changed}
    )
    return n_changed


@transaction.atomic
def form_team(
    campaign: Campaign, campaign_posts: Collection[CampaignPost], *, by: User, at: dt.datetime
) -> str:
    """Let these posts be one team, whatever teams they were in; returns its name. A team is two posts or more."""
    campaign = _locked_for_teams(campaign, by)
    rows = CampaignPost.objects.filter(campaign=campaign, pk__in=[one.pk for one in campaign_posts])
    if rows.count() < SMALLEST_TEAM:
        raise TeamError(_("一个编组至少要有两个岗位。请勾选两个以上的岗位。"))
    crowded = rows.filter(post__headcount__gt=1).select_related("post__host_unit").first()
    if crowded is not None:
        raise TeamError(
            _("“%(post)s”需要 %(n)d 人，编组的岗位须每岗 1 人。请先按人数拆成几个岗位。")
            % {"post": crowded, "n": crowded.post.headcount}
        )
    name = _next_team(campaign)
    rows.update(team=name)
    _record_team(campaign, name, rows.count(), by, at)
    return name


@transaction.atomic
def leave_teams(
    campaign: Campaign, campaign_posts: Collection[CampaignPost], *, by: User, at: dt.datetime
) -> int:
    """Take these posts out of their teams. Returns how many were in one."""
    campaign = _locked_for_teams(campaign, by)
    rows = CampaignPost.objects.filter(campaign=campaign, pk__in=[one.pk for one in campaign_posts])
    n_left = rows.exclude(team="").update(team="")
    _record_team(campaign, "", n_left, by, at)
    return n_left


def _wanted(rows: QuerySet[CampaignPost]) -> QuerySet[CampaignPost]:
    """Posts that someone has named as a preference."""
    return rows.filter(preferences__isnull=False).distinct().select_related("post__host_unit")


def _notify_of_lost_preferences(campaign: Campaign, wishes: QuerySet[Preference], at: dt.datetime) -> None:
    rows = wishes.select_related("nomination__person__account", "nomination__home_unit")
    for nomination in {one.nomination for one in rows}:
        account = nomination.person.account
        send_notice(
            [account] if account else accounts_of([nomination.home_unit], Role.HOME_UNIT),
            title=say(
                "“%(campaign)s”中%(person)s的志愿岗位已移出，请核对志愿",
                campaign=campaign.name,
                person=nomination.person.name,
            ),
            path=reverse("campaigns:preferences", args=[nomination.pk]),
            at=at,
        )


def _next_team(campaign: Campaign) -> str:
    """The first number no team of the campaign has."""
    taken = set(CampaignPost.objects.filter(campaign=campaign).values_list("team", flat=True))
    return next(name for name in map(TEAM_NAME.format, count(1)) if name not in taken)


def _locked_for_teams(campaign: Campaign, by: User) -> Campaign:
    campaign = lock_version(campaign, version=None)
    require(may_rearrange(by, campaign), _("只有主办组织部门可以在征求意见之前调整编组。"))
    return campaign


def _record_team(campaign: Campaign, name: str, n_posts: int, by: User, at: dt.datetime) -> None:
    details = {"team": name, "posts": n_posts}
    record("campaign.form_team", campaign, by=by, at=at, details=details)


def _locked(campaign: Campaign, by: User) -> Campaign:
    campaign = lock_version(campaign, version=None)
    require(may_edit(by, campaign), _("批次已进入审查匹配，岗位不能再调整。需要调整的，请先退回征集推荐。"))
    return campaign


def _save(campaign: Campaign, action: str, post_ids: list[int], by: User, at: dt.datetime) -> None:
    """A changed offer raises the campaign's version, which makes earlier checks outdated."""
    campaign.save(update_fields=["version"])
    record(action, campaign, by=by, at=at, details={"posts": post_ids})
