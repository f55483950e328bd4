"""Findings on the page of a placement: how many stand of which side, and the way to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from secondment.accounts.models import User
from secondment.findings.queries import year_counts
from secondment.findings.rules import may_write, reads_units, years_of
from secondment.people.rules import is_self
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.panels import MAKERS, Panel


@dataclass(frozen=True)
class YearLine:
    """A year of the term, and how many findings stand: of host, home unit and department."""

    year: int
    n_host: int
    n_home: int
    n_department: int


@dataclass(frozen=True)
class FindingsPanel:
    """What the page says."""

    placement: Placement
    lines: Sequence[YearLine]
    is_inside: bool
    may_write: bool


def findings_panel(user: User, placement: Placement) -> Panel | None:
    """Once somebody has begun to work; to the secondee, once something may be read."""
    is_own = is_self(user, placement.person)
    if placement.state not in BEGAN or not (is_own or reads_units(user, placement)):
        return None
    counts = year_counts(user, placement)
    lines = [YearLine(one, *counts.get(one, (0, 0, 0))) for one in years_of(placement, timezone.localdate())]
    if is_own:
        lines = [one for one in lines if one.year in counts]
    data = FindingsPanel(placement, lines, not is_own, may_write(user, placement))
    return Panel("findings/_placement_panel.html", data) if lines else None


MAKERS.append(findings_panel)
