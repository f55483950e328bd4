"""A form that was given up is asked for by no version of a programme published after that day; those before run on."""

from typing import Any

from secondment.burden.queries import abolished
from secondment.obligations.duties import SWITCHES, Duty, IsOff


def switch() -> IsOff:
    """Read once for many subjects."""
    since = abolished()

    def is_off(duty: Duty, subject: Any) -> bool:
        version = getattr(subject, "programme_version", None)
        return duty.kind in since and version is not None and version.published_on > since[duty.kind]

    return is_off


SWITCHES.append(switch)
