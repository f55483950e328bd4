"""The appraisals of a placement on its page: by year, when, and by how many; whoever is appraised reads no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from secondment.accounts.models import User
from secondment.appraisals.queries import appraised_with_numbers, candidates_visible_to
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.panels import MAKERS, Panel


@dataclass(frozen=True)
class AppraisalPanel:
    """Where the placement is or was appraised; `linked` are those whose page the reader has."""

    rows: Sequence[Any]
    linked: frozenset[int]


def appraisal_panel(user: User, placement: Placement) -> Panel | None:
    """Once somebody has begun to work; what is in preparation is the department's own."""
    if placement.state not in BEGAN:
        return None
    rows = list(appraised_with_numbers(placement))
    linked = frozenset(
        candidates_visible_to(user).filter(pk__in=[one.pk for one in rows]).values_list("pk", flat=True)
        if rows and placement.person.account_id != user.pk
        else ()
    )
    shown = [one for one in rows if one.pk in linked or one.appraisal.frozen_on is not None]
    return Panel("appraisals/_placement_panel.html", AppraisalPanel(shown, linked)) if shown else None


MAKERS.append(appraisal_panel)
