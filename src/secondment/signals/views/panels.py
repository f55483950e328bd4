"""Early signs on the page of a placement: that there are some and where, nothing of what they say."""

from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.placements.models import Placement
from secondment.placements.panels import MAKERS, Panel
from secondment.signals.queries import visible_to


@dataclass(frozen=True)
class SignPanel:
    """How many, and for the person, which."""

    placement: Placement
    n: int
    own: tuple[int, ...]


def sign_panel(user: User, placement: Placement) -> Panel | None:
    """Nothing where there is nothing, or nothing for this reader."""
    keys = tuple(visible_to(user).filter(placement=placement).order_by("pk").values_list("pk", flat=True))
    if not keys:
        return None
    is_own = placement.person.account_id == user.pk
    return Panel("signals/_placement_panel.html", SignPanel(placement, len(keys), keys if is_own else ()))


MAKERS.append(sign_panel)
