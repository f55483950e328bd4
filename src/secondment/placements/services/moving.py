"""Lock a placement and move it through its states."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.dependents import follow_up
from secondment.common.versions import lock_version
from secondment.placements.models import Placement
from secondment.placements.services.errors import WrongStateError
from secondment.placements.states import TRANSITIONS


def locked(placement: Placement, *, version: int | None = None) -> Placement:
    """The current row, locked, its version checked and raised."""
    return lock_version(placement, version=version)


def move(placement: Placement, action: str) -> None:
    """Change the state in memory as the table of transitions allows; the caller saves."""
    sources, target = TRANSITIONS[action]
    if placement.state not in sources:
        refuse_state(placement)
    placement.state = target


def refuse_state(placement: Placement) -> None:
    """Name the state of the placement, in which this cannot be done."""
    raise WrongStateError(
        _("%(person)s的挂职当前为“%(state)s”，不能办理此项。请刷新页面查看最新状态。")
        % {"person": placement.person.name, "state": placement.get_state_display()}
    )


def note_down(
    action: str, placement: Placement, *, by: User, at: dt.datetime, details: dict[str, Any] | None = None
) -> None:
    """The audit row of an action, which belongs to the host unit's path; rooms above look at what follows."""
    record(f"placement.{action}", placement, by=by, at=at, details=details)
    follow_up(placement, timezone.localtime(at).date())
