"""Complaints about how somebody behaves, for rooms that ask what is known of a placement.

Letters to a discipline organ stay with it and are never given here. Neither is who wrote a letter, nor what it says.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from secondment.accounts.choices import Role
from secondment.talks.choices import CONDUCT, Finding
from secondment.talks.models import Suggestion


@dataclass(frozen=True)
class Complaint:
    """That somebody complained, of what, and what the office found of it (empty: not answered yet)."""

    placement: int
    category: str
    received_on: dt.date
    finding: str

    @property
    def is_unfounded(self) -> bool:
        """Whether the office found nothing of the kind."""
        return self.finding == Finding.UNFOUNDED


def complaints_about(placements: Iterable[int], *, since: dt.date, until: dt.date) -> list[Complaint]:
    """Those received from `since` to `until`, both days included, in one query; oldest first."""
    rows = Suggestion.objects.filter(
        about__in=list(placements), category__in=CONDUCT, received_on__range=(since, until)
    )
    told = rows.exclude(role=Role.INSPECTOR).order_by("received_on", "pk")
    return [
        Complaint(*values) for values in told.values_list("about_id", "category", "received_on", "finding")
    ]
