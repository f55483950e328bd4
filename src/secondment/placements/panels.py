"""What rooms above show on the pages of a placement: each registers a function and a template."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from secondment.accounts.models import User
from secondment.placements.models import Placement


@dataclass(frozen=True)
class Panel:
    """A part of the page; the template is given `data`."""

    template: str
    data: Any


PanelMaker = Callable[[User, Placement], Panel | None]
MAKERS: list[PanelMaker] = []


def panels_of(user: User, placement: Placement) -> list[Panel]:
    """What this reader sees more of the placement."""
    made = [make(user, placement) for make in MAKERS]
    return [one for one in made if one is not None]
