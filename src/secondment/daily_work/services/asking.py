"""Derive from placements in post and their programmes what offices owe; again and again, with the same result."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from secondment.daily_work.cycles import CYCLES, Cycle
from secondment.daily_work.models import first_day_of
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.periods import Period, after_asked, periods_between
from secondment.obligations.services import Owed, OwedForPeriod, owe_for_periods
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement

LOOK_BACK = dt.timedelta(days=92)
"""How long ago a period may have ended that nobody has asked for: a server that was off for a quarter forgets nothing."""
LONGEST = dt.timedelta(days=366)  # no cycle has longer periods
SUBJECT = "placements.placement"
CHUNK = 5_000


@transaction.atomic
def ask_for_records(*, on: dt.date) -> int:
    """Ask for what is owed for periods that are over, and no longer for days outside of terms; returns how many were asked."""
    since = on - LOOK_BACK
    worked = Q(state__in=(PlacementState.IN_POST, PlacementState.ENDED))
    placements = Placement.objects.filter(worked, starts_on__lt=on, ends_on__gt=since)
    rows = placements.select_related(
        "person", "host_unit", "home_unit", "owner_unit", "programme_version__programme"
    )
    asked = _asked_since(since)
    n = 0
    for cycle in CYCLES:
        missing = [
            owed_for(cycle, placement, period)
            for placement in rows
            for period in _owed_periods(
                cycle, placement, asked.get((cycle.kind, str(placement.pk)), ()), since, on
            )
        ]
        n += owe_for_periods(missing)
    _follow_terms(_periodic(), on)
    return n


@transaction.atomic
def follow_term(placement: Placement, *, on: dt.date) -> None:
    """What is owed about a placement whose term has just changed."""
    _follow_terms(_periodic().filter(subject_id=str(placement.pk)), on)


def _periodic() -> QuerySet[Obligation]:
    return Obligation.objects.filter(subject_type=SUBJECT).exclude(period_ends_on=None)


def owed_for(cycle: Cycle, placement: Placement, period: Period) -> OwedForPeriod:
    """The duty of an office about one placement and one period."""
    owed = Owed(
        kind=cycle.kind,
        title=cycle.title_of(period),
        unit=cycle.unit_of(placement),
        role=cycle.role,
        creditor=cycle.creditor_of(placement),
        due_on=cycle.due_on(placement, period),
        path=cycle.path_of(period.ends_on),
        basis=cycle.basis_of(placement),
    )
    return OwedForPeriod(placement, owed, period, placement.owner_unit)


def _asked_since(since: dt.date) -> dict[tuple[str, str], list[Period]]:
    """(Kind, placement) → the periods asked for."""
    rows = Obligation.objects.filter(subject_type=SUBJECT, period_ends_on__gt=since - LONGEST)
    rows = rows.only("kind", "subject_id", "period_starts_on", "period_ends_on")
    found: dict[tuple[str, str], list[Period]] = defaultdict(list)
    for row in rows:
        found[row.kind, row.subject_id].append(row.period)
    return found


def _owed_periods(
    cycle: Cycle, placement: Placement, asked: Sequence[Period], since: dt.date, on: dt.date
) -> Iterator[Period]:
    """Periods within the term that are over, at least for this placement, and that nobody has asked for."""
    first = max(first_day_of(placement), since)
    for whole in periods_between(first, min(placement.ends_on, on), cycle.months(placement)):
        period = after_asked(whole, asked)
        if period is None or on < min(period.ends_on, placement.ends_on):
            continue
        if cycle.is_owed(placement, period):
            yield period


def _follow_terms(rows: QuerySet[Obligation], on: dt.date) -> None:
    """Nothing is owed for periods that a term no longer touches; it is owed again once the term does."""
    for state, other in (
        (ObligationState.OPEN, ObligationState.WAIVED),
        (ObligationState.WAIVED, ObligationState.OPEN),
    ):
        periods = list(rows.filter(state=state).only("subject_id", "period_starts_on", "period_ends_on"))
        terms = _terms(int(one.subject_id) for one in periods)
        moved = [
            one.pk
            for one in periods
            if _is_within(terms.get(int(one.subject_id)), one.period) == (other == ObligationState.OPEN)
        ]
        for at in range(0, len(moved), CHUNK):
            closed_on = on if other == ObligationState.WAIVED else None
            Obligation.objects.filter(pk__in=moved[at : at + CHUNK]).update(state=other, closed_on=closed_on)


def _terms(keys: Iterable[int]) -> dict[int, Period | None]:
    """Placement → the term in which something is owed; None for one that never began."""
    wanted = sorted(set(keys))
    found: dict[int, Period | None] = {}
    for at in range(0, len(wanted), CHUNK):
        for one in Placement.objects.filter(pk__in=wanted[at : at + CHUNK]):
            began = one.state in (PlacementState.IN_POST, PlacementState.ENDED)
            found[one.pk] = Period(first_day_of(one), one.ends_on) if began else None
    return found


def _is_within(term: Period | None, period: Period) -> bool:
    return term is not None and period.shares_a_day_with(term.starts_on, term.ends_on)
