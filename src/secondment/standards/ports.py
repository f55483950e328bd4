"""Port: the room of placements registers whose departments' standards concern an account."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from secondment.accounts.models import User

Owners = Callable[[User], QuerySet[Any]]
_OWNERS: list[Owners] = []


def register_owners(owners: Owners) -> None:
    """`owners` gives the keys of the departments that manage the placements an account sees."""
    if owners not in _OWNERS:
        _OWNERS.append(owners)


def owners_of_placements(user: User) -> list[QuerySet[Any]]:
    """What was registered, asked about one account."""
    return [owners(user) for owners in _OWNERS]
