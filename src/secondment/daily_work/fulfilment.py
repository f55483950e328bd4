"""Who has handed in and who has not, by office: never by person, never as a ranking."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import in_units, paths_of
from secondment.daily_work.cycles import BY_KIND, Cycle
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.periods import Period

OVERSEERS = (Role.ORGANISATION_DEPARTMENT, Role.LEADER)
DONE, OPEN, LATE = "done", "open", "late"
STATES = [(DONE, _("已报齐")), (OPEN, _("未报齐")), (LATE, _("逾期"))]


@dataclass(frozen=True)
class Fulfilment:
    """What an office owes for a period and what is in."""

    unit_id: int
    unit: str
    path: str
    cycle: Cycle
    period: Period
    due_on: dt.date
    n: int
    n_done: int
    last_on: dt.date | None
    is_late: bool

    @property
    def n_open(self) -> int:
        """How many are missing."""
        return self.n - self.n_done

    @property
    def state(self) -> str:
        """All in, some missing, or missing beyond the day."""
        return LATE if self.is_late else OPEN if self.n_open else DONE


def fulfilment_of(user: User, until: dt.date, on: dt.date) -> list[Fulfilment]:
    """The offices of the reader's scope for the periods that end so."""
    paths = paths_of(user, *OVERSEERS)
    rows = Obligation.objects.filter(
        in_units("unit", paths) | in_units("manager", paths), kind__in=BY_KIND, period_ends_on=until
    ).exclude(state__in=(ObligationState.WAIVED, ObligationState.EXCUSED))
    grouped = rows.values(
        "unit_id", "unit__name", "unit__path", "kind", "period_starts_on", "period_ends_on", "due_on"
    ).annotate(
        n=Count("pk"), n_done=Count("pk", filter=Q(state=ObligationState.MET)), last_on=Max("closed_on")
    )
    return [_row(one, on) for one in grouped.order_by("unit__path", "kind", "due_on", "period_starts_on")]


def _row(row: Any, on: dt.date) -> Fulfilment:
    return Fulfilment(
        unit_id=row["unit_id"],
        unit=row["unit__name"],
        path=row["unit__path"],
        cycle=BY_KIND[row["kind"]],
        period=Period(row["period_starts_on"], row["period_ends_on"]),
        due_on=row["due_on"],
        n=row["n"],
        n_done=row["n_done"],
        last_on=row["last_on"],
        is_late=row["n_done"] < row["n"] and row["due_on"] < on,
    )
