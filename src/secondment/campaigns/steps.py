"""The steps of a campaign, from posts to people in post: how far each is, what blocks it, and where that is cured.

Each room registers the steps that are its own; every page of a campaign shows the same bar of them.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db import models
from django.utils.translation import pgettext_lazy

from secondment.accounts.models import User
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.rules import may_manage, may_read_all
from secondment.common.components import Step, Text, steps_to
from secondment.common.errors import DomainError


class StepKey(models.TextChoices):
    """What is done in a campaign, in this order."""

    POSTS = "posts", pgettext_lazy("step", "岗位")
    QUOTAS = "quotas", pgettext_lazy("step", "名额")
    NOMINATIONS = "nominations", pgettext_lazy("step", "推荐")
    CHECK = "check", pgettext_lazy("step", "审查")
    MATCHING = "matching", pgettext_lazy("step", "匹配")
    OPINIONS = "opinions", pgettext_lazy("step", "意见")
    PUBLIC = "public", pgettext_lazy("step", "公示")
    DECISION = "decision", pgettext_lazy("step", "决定")
    NOTICES = "notices", pgettext_lazy("step", "通知")
    ARRIVAL = "arrival", pgettext_lazy("step", "到岗")


# the step at which a campaign stands in each state, for those who see no more of it than its state
AT_STATE: Mapping[str, StepKey] = {
    CampaignState.DRAFT: StepKey.POSTS,
    CampaignState.OPEN: StepKey.NOMINATIONS,
    CampaignState.REVIEW: StepKey.CHECK,
    CampaignState.CONSULTATION: StepKey.OPINIONS,
    CampaignState.NOTIFICATION: StepKey.PUBLIC,
    CampaignState.DECIDED: StepKey.NOTICES,
    CampaignState.DISPATCHED: StepKey.ARRIVAL,
}


@dataclass(frozen=True)
class Blocker:
    """What keeps a step from being done: the fact, and where it is cured; `is_act` is a button that acts at once."""

    text: Text
    label: Text = ""
    url: str = ""
    basis: Text = ""
    is_act: bool = False
    step: StepKey | None = None

    @classmethod
    def of(cls, error: DomainError) -> "Blocker":
        """What a service would refuse with."""
        label, url = error.way or ("", "")
        return cls(error.message, label, url, error.basis)


@dataclass(frozen=True)
class OwnStep:
    """A step as its room knows it: its page, whether it is done, what blocks it; `is_asked` where a programme may leave it out."""

    url: Callable[[User, Campaign], str]
    is_done: Callable[[Campaign, dt.date], bool]
    blockers: Callable[[Campaign, dt.date], Iterable[Blocker]]
    is_asked: Callable[[Campaign], bool] = lambda _campaign: True


_STEPS: dict[StepKey, OwnStep] = {}


def register_step(key: StepKey, step: OwnStep) -> None:
    """The room that handles a step registers it."""
    _STEPS[key] = step


def bar_of(user: User, campaign: Campaign, on: dt.date, here: str = "") -> list[Step]:
    """The steps as this reader sees them; `here` is the one whose page is read. A campaign called off has none."""
    if campaign.state == CampaignState.CANCELLED:
        return []
    if not may_read_all(user, campaign):
        return _outline(campaign)
    asked = _asked(campaign)
    done = {key: step.is_done(campaign, on) for key, step in asked.items()}
    first_open = next((key for key, is_done in done.items() if not is_done), None)
    return [
        Step(
            key.label,
            "done" if done[key] else "current" if key == first_open else "ahead",
            url=step.url(user, campaign),
            is_here=key == here,
        )
        for key, step in asked.items()
    ]


def blockers_of(user: User, campaign: Campaign, on: dt.date) -> list[Blocker]:
    """All that blocks any step now, in the order of the steps; only those who manage the campaign are led to the cure."""
    if campaign.state == CampaignState.CANCELLED or not may_read_all(user, campaign):
        return []
    found = _every_blocker(campaign, on)
    return list(found) if may_manage(user, campaign) else [replace(one, label="", url="") for one in found]


def _every_blocker(campaign: Campaign, on: dt.date) -> Iterator[Blocker]:
    for key, step in _asked(campaign).items():
        for one in step.blockers(campaign, on):
            yield replace(one, step=key)


def _asked(campaign: Campaign) -> dict[StepKey, OwnStep]:
    return {key: _STEPS[key] for key in StepKey if key in _STEPS and _STEPS[key].is_asked(campaign)}


def _outline(campaign: Campaign) -> list[Step]:
    """The steps by state alone: other parties learn from it neither figures nor what is being prepared."""
    keys = list(_asked(campaign))
    return steps_to(keys.index(AT_STATE[campaign.state]), [key.label for key in keys])
