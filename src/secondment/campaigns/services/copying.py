"""Begin a campaign as another one was: quotas, posts, weights and side rules, with dates shifted."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.holding import posts_to_offer
from secondment.campaigns.lots import Lots
from secondment.campaigns.models import Campaign, CampaignPost, ProgrammeVersion, Quota
from secondment.campaigns.ports import NotCopied, copy_with
from secondment.campaigns.rules import may_manage
from secondment.campaigns.services.campaigns import CampaignDraft, create_campaign
from secondment.common.errors import require
from secondment.posts.models import Post


@dataclass(frozen=True)
class Copied:
    """The new campaign, what it took over, and what it did not with the reason."""

    campaign: Campaign
    n_posts: int
    n_quotas: int
    not_copied: tuple[NotCopied, ...]


def draft_of(source: Campaign, *, years: int = 1) -> CampaignDraft:
    """What the source says, so many years later."""
    return CampaignDraft(
        name=source.name.replace(str(source.starts_on.year), str(source.starts_on.year + years)),
        purpose=source.purpose,
        purpose_text=source.purpose_text,
        plan_number="",
        nominations_from=_later(source.nominations_from, years),
        nominations_until=_later(source.nominations_until, years),
        starts_on=_later(source.starts_on, years),
        ends_on=_later(source.ends_on, years, leap_day=(3, 1)),  # the day after the last
        handover_days=source.handover_days,
    )


@transaction.atomic
def copy_campaign(
    source: Campaign,
    draft: CampaignDraft,
    *,
    programme_version: ProgrammeVersion,
    by: User,
    at: dt.datetime,
) -> Copied:
    """A new campaign in preparation of the same owner; people and what was decided about them are never taken over."""
    require(may_manage(by, source), _("只有主办组织部门可以复制批次。"))
    made = create_campaign(
        draft, programme_version=programme_version, owner_unit=source.owner_unit, by=by, at=at
    )
    made.weights = source.weights
    made.save(update_fields=["weights"])
    left_out = [*_copy_quotas(source, made), *_copy_posts(source, made, by), *copy_with(source, made, by, at)]
    found = Copied(made, made.campaign_posts.count(), made.quotas.count(), tuple(left_out))
    details = {"posts": found.n_posts, "units": found.n_quotas, "not_copied": len(left_out)}
    record("campaign.copy", made, by=by, at=at, details=details)
    return found


def _copy_quotas(source: Campaign, made: Campaign) -> Iterator[NotCopied]:
    for quota in source.quotas.select_related("home_unit"):
        if quota.home_unit.is_active:
            Quota.objects.create(
                campaign=made,
                home_unit=quota.home_unit,
                n_asked=quota.n_asked,
                release_cap=quota.release_cap,
            )
        else:
            yield NotCopied(_("%(unit)s的名额") % {"unit": quota.home_unit.name}, _("单位已停用"))


def _copy_posts(source: Campaign, made: Campaign, by: User) -> Iterator[NotCopied]:
    """Demands are of one term: of each post the approved demand of the same unit and title for the new term is taken."""
    free: dict[tuple[int, str], list[Post]] = {}
    for post in posts_to_offer(by, made).order_by("pk"):
        free.setdefault((post.host_unit_id, post.title), []).append(post)
    rows = source.campaign_posts.select_related("post__host_unit").order_by("pk")
    lots = Lots(made)
    for row in rows:
        same = free.get((row.post.host_unit_id, row.post.title), [])
        if same:
            post = same.pop(0)
            CampaignPost.objects.create(
                campaign=made, post=post, priority=row.priority, team=row.team, lot=lots.of_post(post)
            )
        else:
            yield NotCopied(str(row.post), _("没有该单位同一职务、期限相符且已审核的新需求"))


def _later(day: dt.date, years: int, *, leap_day: tuple[int, int] = (2, 28)) -> dt.date:
    """The same day of a later year; `leap_day` is what stands for the 29th of February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, *leap_day)
