"""Move a campaign through its states."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.locking import locked_campaign
from secondment.campaigns.models import Campaign
from secondment.campaigns.ports import end_with
from secondment.campaigns.queries import live_nominations
from secondment.campaigns.rules import may_manage
from secondment.campaigns.services.eligibility import request_check
from secondment.campaigns.services.notifying import (
    end_nominations,
    notify_home_units,
    owe_nominations,
    release,
)
from secondment.campaigns.states import TRANSITIONS
from secondment.common.errors import DomainError, require
from secondment.common.sentences import say
from secondment.jobs.models import Job


class WrongStateError(DomainError):
    """The campaign is not in a state in which this action is possible."""


class NoPostsError(DomainError):
    """A campaign without posts cannot go on."""


class NoQuotasError(DomainError):
    """A campaign without quotas cannot open."""


class NoNominationsError(DomainError):
    """A campaign without nominations cannot be reviewed."""


class WindowOverError(DomainError):
    """The last day for nominations has passed."""


def move_campaign(
    campaign: Campaign,
    action: str,
    *,
    by: User,
    at: dt.datetime,
    details: dict[str, Any] | None = None,
) -> Campaign:
    """Lock the campaign, check right and state, move it and record it; call it inside a transaction."""
    campaign = locked_campaign(campaign)
    require(may_manage(by, campaign), _("只有主办组织部门可以推进批次。"))
    advance(campaign, action, by=by, at=at, details=details)
    return campaign


def advance(
    campaign: Campaign, action: str, *, by: User, at: dt.datetime, details: dict[str, Any] | None = None
) -> None:
    """Move a locked campaign one step on, as the table of transitions allows, and record it."""
    sources, target = TRANSITIONS[action]
    check_state(campaign, *sources)
    campaign.state = target
    campaign.save(update_fields=["state"])  # a new version would make every eligibility check look outdated
    record(f"campaign.{action}", campaign, by=by, at=at, details=details)


def check_state(campaign: Campaign, *states: CampaignState) -> None:
    """Refuse unless the campaign is in one of these states."""
    if campaign.state not in states:
        raise WrongStateError(
            _("批次当前为“%(state)s”，不能办理此项。请刷新页面查看最新状态。")
            % {"state": campaign.get_state_display()}
        )


@transaction.atomic
def open_campaign(campaign: Campaign, *, by: User, on: dt.date, at: dt.datetime) -> Campaign:
    """Ask the home units for nominations: obligations and messages go out."""
    campaign = move_campaign(campaign, "open_campaign", by=by, at=at)
    _check_posts(campaign)
    if not campaign.quotas.filter(n_asked__gt=0).exists():
        raise NoQuotasError(_("尚未分配名额。请先为派出单位分配名额，再开始征集。"))
    _check_window(campaign, on)
    for quota in campaign.quotas.select_related("home_unit"):
        owe_nominations(quota)
    body = say("请于 %(until)s 前完成推荐。", until=f"{campaign.nominations_until}")
    notify_home_units(campaign, say("“%(campaign)s”开始推荐", campaign=campaign.name), body, at=at)
    return campaign


@transaction.atomic
def close_nominations(
    campaign: Campaign, *, by: User, on: dt.date, at: dt.datetime
) -> tuple[Campaign, Job | None]:
    """End nominations and check eligibility; a large campaign is checked by the job that is returned."""
    campaign = move_campaign(campaign, "close_nominations", by=by, at=at)
    _check_posts(campaign)
    if not live_nominations(campaign).exists():
        raise NoNominationsError(_("尚无推荐人选，不能结束推荐。请先催办派出单位，或取消批次。"))
    end_nominations(campaign, on=on)
    return campaign, request_check(campaign, by=by, on=on, at=at)


@transaction.atomic
def reopen_nominations(campaign: Campaign, *, by: User, at: dt.datetime) -> Campaign:
    """Go back to nominations; candidates are no longer shared with host units."""
    campaign = move_campaign(campaign, "reopen_nominations", by=by, at=at)
    campaign.candidates_shared_on = None
    campaign.save(update_fields=["candidates_shared_on"])
    for quota in campaign.quotas.select_related("home_unit"):
        n_nominated = live_nominations(campaign).filter(home_unit=quota.home_unit).count()
        if n_nominated < quota.n_asked:
            owe_nominations(quota)
    return campaign


@transaction.atomic
def cancel_campaign(campaign: Campaign, *, reason: str, by: User, on: dt.date, at: dt.datetime) -> Campaign:
    """Cancel a campaign for a reason; obligations are waived and the home units are notified."""
    is_public = locked_campaign(campaign).state != CampaignState.DRAFT
    campaign = move_campaign(campaign, "cancel_campaign", by=by, at=at, details={"reason": reason})
    release(campaign, on=on)
    end_with(campaign, on)
    if is_public:
        notify_home_units(campaign, say("“%(campaign)s”已取消", campaign=campaign.name), reason, at=at)
    return campaign


def _check_posts(campaign: Campaign) -> None:
    if not campaign.campaign_posts.exists():
        raise NoPostsError(_("本批次尚无岗位。请先从已审核的岗位中选入，再继续。"))


def _check_window(campaign: Campaign, on: dt.date) -> None:
    if on > campaign.nominations_until:
        raise WindowOverError(_("推荐截止日期已过。请先修改推荐截止日期，再继续。"))
