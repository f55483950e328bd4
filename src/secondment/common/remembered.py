"""What a process keeps in memory of rarely changed tables is read again by the next request, job and day's work."""

from collections.abc import Callable

FORGETTING: list[Callable[[], None]] = []
"""What each room keeps so: how it is forgotten."""


def forget(**_signal: object) -> None:
    """Read again, whatever another process has changed meanwhile."""
    for one in FORGETTING:
        one()
