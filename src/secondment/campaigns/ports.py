"""Ports: rooms above this one register at start what they know of campaigns and do for them.

Which placements stand, on which page a campaign goes on, and what ends when it is called off.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign

Standing = Callable[[], QuerySet[Any]]
Ending = Callable[[Campaign, dt.date], None]
_STANDING: list[Standing] = []
_ENDINGS: list[Ending] = []
_PAGES: dict[CampaignState, str] = {}


def register_standing(provider: Standing) -> None:
    """The room of placements says how to find those that stand."""
    _STANDING[:] = [provider]


def standing() -> QuerySet[Any]:
    """Placements that are decided on, appointed or in post.

    Rows have `person`, `post`, `host_unit`, `campaign`, `starts_on` and the half-open `ends_on`.
    """
    return _STANDING[0]()


def register_ending(ending: Ending) -> None:
    """Whoever asks something of others for a campaign says how that ends when the campaign is called off."""
    if ending not in _ENDINGS:
        _ENDINGS.append(ending)


def end_with(campaign: Campaign, on: dt.date) -> None:
    """Nothing more is asked for the campaign in the rooms above."""
    for ending in _ENDINGS:
        ending(campaign, on)


def register_page(state: CampaignState, url_name: str) -> None:
    """The room that works on campaigns in this state says on which page."""
    _PAGES[state] = url_name


def page_in(state: CampaignState, campaign: Campaign) -> str:
    """Where the campaign is worked on when it stands in this state."""
    return reverse(_PAGES[state], args=[campaign.pk])
