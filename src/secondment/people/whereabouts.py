"""A port: who is out, where, from when to when. The room of placements, above this one, registers how to find it."""

from typing import Any, Protocol

from django.db.models import QuerySet


class Whereabouts(Protocol):
    """Rows have `person`, `post`, `home_unit`, `host_unit`, `owner_unit`, `campaign`, `starts_on` and the half-open `ends_on`."""

    def every(self) -> QuerySet[Any]:
        """All placements there ever were."""

    def active(self) -> QuerySet[Any]:
        """Those that take a person and a place: decided on, appointed or in post."""

    def under_way(self) -> QuerySet[Any]:
        """Those that are on now: appointed or in post."""

    def received(self) -> QuerySet[Any]:
        """Those in which the person works, or has worked, at the host unit."""


_REGISTERED: list[Whereabouts] = []


def register_whereabouts(provider: Whereabouts) -> None:
    """The room of placements registers at start how to find them."""
    _REGISTERED[:] = [provider]


def whereabouts() -> Whereabouts:
    """What is known of placements."""
    return _REGISTERED[0]
