"""Consultation, public notification and decision as steps of a campaign; what follows an urgent decision reopens its step."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.campaigns.choices import FROM_REVIEW, CampaignState
from secondment.campaigns.models import Campaign
from secondment.campaigns.steps import Blocker, OwnStep, StepKey, register_step
from secondment.common.errors import DomainError
from secondment.decision.before import as_blocker
from secondment.decision.checks import consultation_obstacles, notification_obstacles, talk_obstacles
from secondment.decision.choices import AfterStep
from secondment.decision.parameters import notification_workdays, steps_after_days
from secondment.decision.queries import AFTER, chosen_proposal, owed_steps
from secondment.matching.holding import live_pairs
from secondment.matching.models import Proposal

UNDER_WAY = (CampaignState.CONSULTATION, CampaignState.NOTIFICATION)


def _page(anchor: str) -> Callable[[User, Campaign], str]:
    def address(_user: User, campaign: Campaign) -> str:
        if campaign.state not in FROM_REVIEW:
            return ""
        return reverse("decision:decision_detail", args=[campaign.pk]) + anchor

    return address


def _owes(campaign: Campaign, *steps: AfterStep) -> bool:
    """Whether an urgent decision left one of these to be done."""
    if campaign.state not in AFTER or not steps_after_days(campaign):
        return False
    return bool(owed_steps(campaign) & set(steps))


def _is_asked(campaign: Campaign, on: dt.date) -> bool:
    if campaign.state == CampaignState.CONSULTATION:
        return not any(_unanswered(campaign, on))
    is_past = campaign.state in (CampaignState.NOTIFICATION, *AFTER)
    return is_past and not _owes(campaign, AfterStep.CONSULTATION)


def _unanswered(campaign: Campaign, on: dt.date) -> Iterator[Blocker]:
    proposal = chosen_proposal(campaign)
    if proposal is None:
        return
    if campaign.state == CampaignState.REVIEW:
        url = reverse("decision:consultation_start", args=[campaign.pk])
        yield Blocker(_("方案已采用：向派出单位和接收单位征求意见。"), _("征求意见"), url)
    elif campaign.state == CampaignState.CONSULTATION:
        for one in consultation_obstacles(proposal, on=on):
            yield as_blocker(campaign, one)
    yield from _later(campaign, AfterStep.CONSULTATION)


def _is_posted(campaign: Campaign, on: dt.date) -> bool:
    if campaign.state == CampaignState.NOTIFICATION:
        return not any(_unposted(campaign, on))
    return campaign.state in AFTER and not _owes(campaign, AfterStep.NOTIFICATION)


def _unposted(campaign: Campaign, on: dt.date) -> Iterator[Blocker]:
    if campaign.state in UNDER_WAY and (proposal := chosen_proposal(campaign)) is not None:
        yield from map(Blocker.of, notification_obstacles(proposal, _people(proposal), decided_on=on))
    yield from _later(campaign, AfterStep.NOTIFICATION)


def _is_decided(campaign: Campaign, _on: dt.date) -> bool:
    return campaign.state in AFTER and not _owes(campaign, AfterStep.TALKS, AfterStep.MINUTES)


def _undecided(campaign: Campaign, _on: dt.date) -> Iterator[Blocker]:
    if campaign.state in UNDER_WAY and (proposal := chosen_proposal(campaign)) is not None:
        obstacles: Iterable[DomainError] = talk_obstacles(proposal, _people(proposal))
        yield from map(Blocker.of, obstacles)
    yield from _later(campaign, AfterStep.TALKS, AfterStep.MINUTES)


def _people(proposal: Proposal) -> list[int]:
    return list(live_pairs(proposal).values_list("nomination_id", flat=True))


def _later(campaign: Campaign, *steps: AfterStep) -> Iterator[Blocker]:
    """What an urgent decision left to be done."""
    if not _owes(campaign, *steps):
        return
    url = reverse("decision:decision_detail", args=[campaign.pk])
    for step in steps:
        if step in owed_steps(campaign):
            yield Blocker(_("派出后补办：%(step)s。") % {"step": step.label}, _("办理"), url)


def _asks_for_posting(campaign: Campaign) -> bool:
    return notification_workdays(campaign) > 0


register_step(StepKey.OPINIONS, OwnStep(_page("#consultations"), _is_asked, _unanswered))
register_step(StepKey.PUBLIC, OwnStep(_page("#notification"), _is_posted, _unposted, _asks_for_posting))
register_step(StepKey.DECISION, OwnStep(_page(""), _is_decided, _undecided))
