"""What rooms above do when the term of a placement has changed, within the same transaction."""

import datetime as dt
from typing import Protocol

from secondment.placements.models import Placement


class TermFollower(Protocol):
    """Brings what depends on the term up to date."""

    def __call__(self, placement: Placement, /, *, on: dt.date) -> None: ...


TERM_FOLLOWERS: list[TermFollower] = []


def follow_term(placement: Placement, *, on: dt.date) -> None:
    """Tell every room that asked."""
    for follower in TERM_FOLLOWERS:
        follower(placement, on=on)
