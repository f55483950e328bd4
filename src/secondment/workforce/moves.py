"""How often people leave and join otherwise than by age and by term: dated changes of records, and who was watched.

A person is watched from the day of entry into this system, or the first day of the window, until leaving: of the days
before nothing is known, so they are no time without an event.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from secondment.accounts.scopes import under
from secondment.algorithms.workforce.movement import Observed
from secondment.people.choices import PersonState
from secondment.people.models import Person, PersonChange
from secondment.units.models import Unit

WINDOW_YEARS = 3
NEW_WITHIN = dt.timedelta(days=366)
_DAYS_A_YEAR = 365.25
_GONE = (PersonState.LEFT, PersonState.DIED)


@dataclass(frozen=True)
class Moves:
    """What was seen of some units since a day."""

    since: dt.date
    leaving: Observed
    joining: Observed


@dataclass(frozen=True)
class _Change:
    person: int
    recorded_on: dt.date
    old: object
    new: object
    since: dt.date


def moves_of(paths: Sequence[str], on: dt.date) -> Moves:
    """Leaving and joining of the units at and below `paths` within the window; three queries.

    Leaving: recorded as gone (调离) or deceased, or moved to a unit elsewhere. Joining: moved here from elsewhere, or
    entered the roster within a year of starting work, after the first people of these units were entered.
    """
    start = on.replace(year=on.year - WINDOW_YEARS, day=min(on.day, 28))
    units = set(Unit.objects.filter(under("path", paths)).values_list("pk", flat=True))
    people = list(
        Person.objects.filter(under("unit__path", paths))
        .exclude(state=PersonState.MERGED)
        .order_by()
        .values_list("pk", "state", "recorded_on", "started_work_on")
    )
    states = [one for one in _changes("state", start, on) if one.person in {row[0] for row in people}]
    moved = _changes("unit_id", start, on)
    out = [one for one in moved if one.old in units and one.new not in units]
    came = {one.person: one.since for one in moved if one.new in units and one.old not in units}
    ended = {one.person: one.since for one in states if one.old == PersonState.ACTIVE}
    first = min((row[2] for row in people), default=on)
    recruits = [
        pk
        for pk, _state, entered, began in people
        if began and entered >= start and _is_new(began, entered, first)
    ]
    spans = [(one.recorded_on, one.since) for one in out]
    for pk, state, entered, _began in people:
        until = on if state == PersonState.ACTIVE else ended.get(pk)
        if until is not None:
            spans.append((max(entered, came.get(pk, entered)), until))
    years = sum(max(0, (until - max(start, entered)).days) for entered, until in spans) / _DAYS_A_YEAR
    n_left = sum(one.new in _GONE for one in states) + len(out)
    n_joined = len(set(recruits) | set(came))
    if not years:
        n_left = n_joined = 0
    return Moves(max(start, first), Observed(n_left, years), Observed(n_joined, years))


def _changes(field: str, start: dt.date, on: dt.date) -> list[_Change]:
    rows = PersonChange.objects.filter(field=field, since__gte=start, since__lte=on).order_by("pk")
    columns = ("person_id", "person__recorded_on", "old", "new", "since")
    return [_Change(*row) for row in rows.values_list(*columns)]


def _is_new(began: dt.date, entered: dt.date, first: dt.date) -> bool:
    """Whether somebody who began to work then was a recruit when entered, not one of the first roster."""
    return first < began and entered - began <= NEW_WITHIN
