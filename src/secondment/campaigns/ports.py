"""Ports: rooms above this one register at start what they know about campaigns and do for them.

On which page a campaign goes on, and what ends when it is called off.
"""

import datetime as dt
from collections.abc import Callable

from django.urls import reverse

from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign

Ending = Callable[[Campaign, dt.date], None]
_ENDINGS: list[Ending] = []
_PAGES: dict[CampaignState, str] = {}


def register_ending(ending: Ending) -> None:
    """A room that requests something of others for a campaign declares how that ends when the campaign is cancelled."""
    if ending not in _ENDINGS:
        _ENDINGS.append(ending)


def end_with(campaign: Campaign, on: dt.date) -> None:
    """Nothing more is asked for the campaign in the rooms above."""
    for ending in _ENDINGS:
        ending(campaign, on)


def register_page(state: CampaignState, url_name: str) -> None:
    """The room that handles campaigns in this state registers its page."""
    _PAGES[state] = url_name


def page_in(state: CampaignState, campaign: Campaign) -> str:
    """The page on which the campaign is handled in its state."""
    return reverse(_PAGES[state], args=[campaign.pk])
