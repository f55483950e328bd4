"""Ports: rooms above this one register at start what they know of campaigns, and what they end with them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from secondment.campaigns.models import Campaign

Standing = Callable[[], QuerySet[Any]]
Ending = Callable[[Campaign, dt.date], None]
_STANDING: list[Standing] = []
_ENDINGS: list[Ending] = []


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
