"""Routine, mid-term and special assessments: hosts grade, both units read, departments conclude and order."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.assessments.interim.models import SpecialAssessment
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from tests.authorisation.matrix import Row
from tests.authorisation.rows_posts import somebodys_file
from tests.authorisation.world import Side
from tests.makers import ON, make_user

DEPARTMENT = frozenset({Role.ORGANISATION_DEPARTMENT})
GRADERS = DEPARTMENT | {Role.HOST_UNIT}
READERS = GRADERS | {Role.HOME_UNIT, Role.LEADER}
OVERSEERS = DEPARTMENT | {Role.LEADER}


def placed(side: Side) -> dict[str, int]:
    """The placement of the side, in post on any day."""
    term = {"starts_on": dt.date(2020, 1, 1), "ends_on": dt.date(2099, 1, 1)}
    Placement.objects.filter(pk=side.placement.pk).update(state=PlacementState.IN_POST, **term)
    return {"pk": side.placement.pk}


def special(side: Side) -> dict[str, int]:
    """A special assessment of the side's department."""
    made = SpecialAssessment.objects.create(
        owner_unit=side.root,
        title="防汛专项考核",
        reason="防汛表现",
        assessors="甲、乙",
        due_on=ON,
        ordered_by=make_user(),
        ordered_on=ON,
    )
    made.placements.set([placed(side)["pk"]])
    return {"pk": made.pk}


def person(side: Side) -> dict[str, int]:
    return {**special(side), "placement": side.placement.pk}


ROWS = {
    "assessments:routine_list": Row(READERS),
    "assessments:routine_sheet": Row(GRADERS),
    "assessments:routine_workbook": Row(GRADERS),
    "assessments:routine_import": Row(GRADERS),
    "assessments:routine_import_review": Row(frozenset(), somebodys_file),
    "assessments:routine_import_aside": Row(frozenset(), somebodys_file, "post"),
    "assessments:routine_import_faults": Row(frozenset(), somebodys_file),
    "assessments:routine_import_confirm": Row(frozenset(), somebodys_file, "post"),
    "assessments:midterm_list": Row(READERS),
    "assessments:midterm_detail": Row(READERS, placed),
    "assessments:special_list": Row(OVERSEERS),
    "assessments:special_new": Row(DEPARTMENT),
    "assessments:special_detail": Row(OVERSEERS, special),
    "assessments:special_write": Row(DEPARTMENT, person),
    "assessments:special_close": Row(DEPARTMENT, special, "post"),
    "assessments:special_reopen": Row(DEPARTMENT, special, "post"),
}
