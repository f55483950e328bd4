"""Joint effort (合力): what host unit, home unit and organisation department each owed about a placement in twelve months."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from secondment.accounts.choices import Role
from secondment.daily_work.cycles import CYCLES
from secondment.daily_work.silence import SIDES, LastWords
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.periods import period_of
from secondment.obligations.queries import owed_about
from secondment.placements.models import Placement

TWELVE_MONTHS = dt.timedelta(days=365)
PARTIES = (Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)


@dataclass(frozen=True)
class Act:
    """One thing that was owed: when it was done, and how many days late it was or is."""

    title: str
    due_on: dt.date
    done_on: dt.date | None
    days_late: int


@dataclass(frozen=True)
class Column:
    """One party: what it owed, how much of it is done and late, what comes next, and when it last had a word."""

    role: Role
    unit: str
    acts: Sequence[Act]
    next_due_on: dt.date | None
    last_contact_on: dt.date | None
    has_contacts: bool
    is_silent: bool

    @property
    def n_done(self) -> int:
        """How many are done."""
        return sum(one.done_on is not None for one in self.acts)

    @property
    def n_late(self) -> int:
        """How many were or are late."""
        return sum(one.days_late > 0 for one in self.acts)

    @property
    def worst(self) -> int:
        """The most days late."""
        return max((one.days_late for one in self.acts), default=0)


def columns_of(placement: Placement, on: dt.date) -> list[Column]:
    """The three parties side by side; two queries for what is owed, one for each kind of word."""
    words = LastWords.of([placement.pk], on)
    rows: defaultdict[str, list[Obligation]] = defaultdict(list)
    for one in owed_about(placement).exclude(state=ObligationState.WAIVED):
        rows[one.role].append(one)
    return [_column(placement, role, rows[role], words, on) for role in PARTIES]


def _column(
    placement: Placement, role: Role, rows: Sequence[Obligation], words: LastWords, on: dt.date
) -> Column:
    is_side = role in SIDES
    units = {
        Role.HOST_UNIT: placement.host_unit,
        Role.HOME_UNIT: placement.home_unit,
        Role.ORGANISATION_DEPARTMENT: placement.owner_unit,
    }
    ahead = [one.due_on for one in rows if one.state == ObligationState.OPEN and one.due_on >= on]
    return Column(
        role=role,
        unit=units[role].name,
        acts=[_act(one, on) for one in reversed(rows) if _is_of_the_year(one, on)],
        next_due_on=min([*ahead, *_coming(placement, role, on)], default=None),
        last_contact_on=words.last(placement, role) if is_side else None,
        has_contacts=is_side,
        is_silent=is_side and words.is_silent(placement, role),
    )


def _is_of_the_year(row: Obligation, on: dt.date) -> bool:
    """Due within twelve months, or done before it fell due."""
    is_done = row.state == ObligationState.MET
    return row.due_on > on - TWELVE_MONTHS and (row.due_on <= on or is_done)


def _act(row: Obligation, on: dt.date) -> Act:
    done_on = row.closed_on if row.state == ObligationState.MET else None
    return Act(row.title, row.due_on, done_on, max(0, ((done_on or on) - row.due_on).days))


def _coming(placement: Placement, role: Role, on: dt.date) -> list[dt.date]:
    """What the cycles will ask for next, within the term."""
    found = []
    for cycle in CYCLES:
        period = period_of(on, cycle.rhythm.months(placement))
        if cycle.role == role and period.starts_on < placement.ends_on:
            found.append(cycle.rhythm.due_on(placement, period))
    return found
