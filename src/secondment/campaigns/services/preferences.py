"""What the person wishes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.campaigns.locking import locked_campaign
from secondment.campaigns.models import CampaignPost, Nomination, Preference
from secondment.campaigns.parameter_readers import most_preferences
from secondment.campaigns.rules import require_may_state_preferences
from secondment.campaigns.services.notifying import STATE_PREFERENCES
from secondment.common.errors import DomainError
from secondment.common.versions import lock_version
from secondment.obligations.services import meet


class PreferenceError(DomainError):
    """Too many preferences, the same post twice, or a post that is not offered."""


@dataclass(frozen=True)
class Wishes:
    """Posts in order, first wish first; hardships; and the wish to stay near home."""

    campaign_post_ids: Sequence[int]
    hardship_text: str
    prefers_near: bool


@transaction.atomic
def state_preferences(
    nomination: Nomination, wishes: Wishes, *, version: int, by: User, on: dt.date, at: dt.datetime
) -> Nomination:
    """Keep the person's answer, which replaces an earlier one; no post at all means to obey the arrangement."""
    campaign = locked_campaign(nomination.campaign)
    nomination = lock_version(nomination, version=version)
    nomination.campaign = campaign
    require_may_state_preferences(by, nomination)
    ids = list(wishes.campaign_post_ids)
    _check(nomination, ids)
    nomination.preferences.all().delete()
    Preference.objects.bulk_create(
        Preference(nomination=nomination, campaign_post_id=post, rank=rank)
        for rank, post in enumerate(ids, start=1)
    )
    nomination.hardship_text = wishes.hardship_text
    nomination.prefers_near = wishes.prefers_near
    nomination.answered_on = on
    nomination.unsent_wishes = None
    nomination.save()
    meet(nomination, STATE_PREFERENCES, on=on)
    is_on_behalf = nomination.person.account_id != by.pk
    record(
        "nomination.state_preferences",
        nomination,
        by=by,
        at=at,
        details={"preferences": len(ids), "on_behalf": is_on_behalf},
    )
    return nomination


def keep_unsent_wishes(nomination: Nomination, wishes: Wishes, *, by: User) -> None:
    """Put aside what is not submitted yet, for the same account alone; no answer and no event comes of it."""
    require_may_state_preferences(by, nomination)
    kept = {
        "by": by.pk,
        "posts": list(wishes.campaign_post_ids),
        "hardship_text": wishes.hardship_text,
        "prefers_near": wishes.prefers_near,
    }
    Nomination.objects.filter(pk=nomination.pk).update(unsent_wishes=kept)


def unsent_wishes(nomination: Nomination, *, by: User) -> Wishes | None:
    """What this account has put aside."""
    kept = nomination.unsent_wishes
    if not kept or kept["by"] != by.pk:
        return None
    return Wishes(kept["posts"], kept["hardship_text"], kept["prefers_near"])


def _check(nomination: Nomination, ids: list[int]) -> None:
    most = most_preferences(nomination.campaign)
    if len(ids) > most:
        raise PreferenceError(_("最多填报 %(most)d 个志愿，请减少后提交。") % {"most": most})
    n_offered = CampaignPost.objects.filter(campaign=nomination.campaign, pk__in=ids).count()
    if len(set(ids)) < len(ids) or n_offered < len(ids):
        raise PreferenceError(_("志愿中有重复或已撤出的岗位，请刷新页面后重新选择。"))
