"""Findings: both units write about their own secondees, the department for all; the secondee once the grade is in force."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.findings.models import Finding
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from tests.authorisation.matrix import Row
from tests.authorisation.world import Side
from tests.makers import AT, make_user

WRITERS = frozenset({Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT})
READERS = WRITERS | {Role.LEADER}
OWN = frozenset({Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT})


def year(side: Side) -> dict[str, int]:
    """A year of the placement of the side, in post on any day."""
    term = {"starts_on": dt.date(2020, 1, 1), "ends_on": dt.date(2099, 1, 1)}
    Placement.objects.filter(pk=side.placement.pk).update(state=PlacementState.IN_POST, **term)
    return {"pk": side.placement.pk, "year": 2025}


def finding(side: Side) -> dict[str, int]:
    """What the host unit finds."""
    made = Finding.objects.create(
        placement_id=year(side)["pk"],
        year=2025,
        side="host",
        theme="strength",
        text="肯下村。",
        signer="王示例",
        signed_on=AT.date(),
        written_by=make_user(),
        written_at=AT,
    )
    return {"pk": made.pk}


ROWS = {
    "findings:finding_list": Row(READERS),
    "findings:year": Row(READERS, year),
    "findings:year_print": Row(READERS, year),
    "findings:finding_write": Row(WRITERS, year),
    "findings:finding_correct": Row(OWN, finding),
    "findings:finding_withdraw": Row(OWN, finding),
}
