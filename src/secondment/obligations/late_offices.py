"""What is late, by the office that owes it; what one account owes by name stands in no such table."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Min

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.common.sentences import labelled, listed
from secondment.obligations.duties import DUTIES
from secondment.obligations.filters import standing
from secondment.obligations.queries import visible_to
from secondment.obligations.timing import LATE


@dataclass(frozen=True)
class LateOffice:
    """An office, how much of it is late, since when, and how much of that the next office sees to."""

    unit: str
    path: str
    role: Role
    what: str
    n: int
    longest: int
    n_passed_on: int


def late_offices(user: User, on: dt.date) -> list[LateOffice]:
    """Offices within the reader's scope to which something is late; one query."""
    rows = visible_to(user).filter(standing(LATE, on), account=None, kind__in=DUTIES).order_by()
    counted = rows.values("unit__name", "unit__path", "role", "kind").annotate(
        n=Count("pk"), first=Min("due_on"), n_passed_on=Count("escalated_on")
    )
    found = defaultdict(list)
    for row in counted:
        found[row["unit__path"], row["role"]].append(row)
    return [
        LateOffice(
            unit=rows_of_office[0]["unit__name"],
            path=path,
            role=Role(role),
            what=str(listed(labelled(DUTIES[row["kind"]].label, row["n"]) for row in rows_of_office)),
            n=sum(row["n"] for row in rows_of_office),
            longest=max((on - row["first"]).days for row in rows_of_office),
            n_passed_on=sum(row["n_passed_on"] for row in rows_of_office),
        )
        for (path, role), rows_of_office in sorted(found.items())
    ]
