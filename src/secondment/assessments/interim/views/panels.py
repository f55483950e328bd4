"""Quarters and proposals on the page of a placement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from secondment.accounts.models import User
from secondment.assessments.interim.duties import is_midterm_asked
from secondment.assessments.interim.lists import GRADE_STATUS
from secondment.assessments.interim.models import MidtermOpinion, RoutineGrade
from secondment.assessments.interim.queries import grades_of, midterms_of
from secondment.assessments.interim.routine import is_asked
from secondment.assessments.interim.rules import reads_interim
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.panels import MAKERS, Panel

SHOWN = 8


@dataclass(frozen=True)
class Interim:
    """What the page says."""

    grades: Sequence[RoutineGrade]
    midterms: Sequence[MidtermOpinion]
    midterm_page: str


def interim_of(user: User, placement: Placement) -> Interim | None:
    """What stands, for who reads it, where the programme asks for anything or something stands."""
    if placement.state not in BEGAN or not reads_interim(user, placement):
        return None
    grades: list[Any] = list(grades_of(placement)[:SHOWN])
    for one in grades:
        one.colour = GRADE_STATUS[one.grade]
    midterms = list(midterms_of(placement))
    has_midterm = is_midterm_asked(placement) or bool(midterms)
    if not (grades or has_midterm or is_asked(placement)):
        return None
    page = reverse("assessments:midterm_detail", args=[placement.pk]) if has_midterm else ""
    return Interim(grades, midterms, page)


def interim_panel(user: User, placement: Placement) -> Panel | None:
    """The same as a panel."""
    data = interim_of(user, placement)
    return Panel("assessments/_interim_panel.html", data) if data else None


MAKERS.append(interim_panel)
