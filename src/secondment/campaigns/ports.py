"""Ports: rooms above this one register at start what they know about campaigns and do for them.

On which page a campaign goes on, what ends when it is called off, and what a copy takes over.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse

from secondment.accounts.models import User
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign, Nomination, Programme, ProgrammeVersion
from secondment.campaigns.parameters import ProgrammeParameters

Ending = Callable[[Campaign, dt.date], None]
_ENDINGS: list[Ending] = []
_PAGES: dict[CampaignState, str] = {}
_RESULT_PAGES: list[Callable[[Nomination], str]] = []


def register_ending(ending: Ending) -> None:
    """A room that requests something of others for a campaign declares how that ends when the campaign is cancelled."""
    if ending not in _ENDINGS:
        _ENDINGS.append(ending)


def end_with(campaign: Campaign, on: dt.date) -> None:
    """Nothing more is asked for the campaign in the rooms above."""
    for ending in _ENDINGS:
        ending(campaign, on)


@dataclass(frozen=True)
class NotCopied:
    """What a copy of a campaign lacks, and why."""

    what: str
    why: str


Copying = Callable[[Campaign, Campaign, User, dt.datetime], Iterable[NotCopied]]
_COPYINGS: list[Copying] = []


def register_copying(copying: Copying) -> None:
    """A room that keeps something for a campaign takes it into a copy, and says what it leaves out."""
    if copying not in _COPYINGS:
        _COPYINGS.append(copying)


def copy_with(source: Campaign, made: Campaign, by: User, at: dt.datetime) -> list[NotCopied]:
    """Everything of the rooms above that a copy takes over; returns what it does not."""
    return [one for copying in _COPYINGS for one in copying(source, made, by, at)]


CostOfChange = Callable[[ProgrammeVersion, ProgrammeParameters], list[str]]
Refusal = Callable[[Programme, ProgrammeVersion, ProgrammeParameters], None]
_BEFORE_PUBLISHING: list[tuple[CostOfChange, Refusal]] = []


def register_before_publishing(cost: CostOfChange, refusal: Refusal) -> None:
    """A room that counts what a programme asks of people says what a new version changes, and may refuse it."""
    _BEFORE_PUBLISHING.append((cost, refusal))


def cost_of_change(latest: ProgrammeVersion, parameters: ProgrammeParameters) -> list[str]:
    """What a new version changes for people, in lines; none where nothing changes."""
    return [line for cost, _refusal in _BEFORE_PUBLISHING for line in cost(latest, parameters)]


def check_before_publishing(
    programme: Programme, latest: ProgrammeVersion, parameters: ProgrammeParameters
) -> None:
    """Raises where a room refuses the version."""
    for _cost, refusal in _BEFORE_PUBLISHING:
        refusal(programme, latest, parameters)


def register_page(state: CampaignState, url_name: str) -> None:
    """The room that handles campaigns in this state registers its page."""
    _PAGES[state] = url_name


def register_result_page(page_of: Callable[[Nomination], str]) -> None:
    """The room that explains results registers where: nothing for a nomination that it knows no decision about."""
    _RESULT_PAGES[:] = [page_of]


def result_page(nomination: Nomination) -> str:
    """Where the published result of a nomination is explained; nothing before it is published."""
    return _RESULT_PAGES[0](nomination) if nomination.outcome else ""


def page_in(state: CampaignState, campaign: Campaign) -> str:
    """The page on which the campaign is handled in its state."""
    return reverse(_PAGES[state], args=[campaign.pk])
