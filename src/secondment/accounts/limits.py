"""How long a session lasts: so many minutes without use, and so many hours in all."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings


@dataclass(frozen=True)
class SecondsLeft:
    """Until the session ends for want of use, and until it ends in any case."""

    idle: int
    total: int

    @property
    def is_over(self) -> bool:
        """Whether one of the two has passed; in its last second the session still holds."""
        return min(self.idle, self.total) < 0


def seconds_left(session: MutableMapping[str, Any], *, now: int) -> SecondsLeft:
    """What remains of a session at `now`, in seconds since 1970; one that was not used yet begins now."""
    return SecondsLeft(
        idle=session.get("last_used_at", now) + settings.SESSION_IDLE_MINUTES * 60 - now,
        total=session.get("started_at", now) + settings.SESSION_ABSOLUTE_HOURS * 3600 - now,
    )
