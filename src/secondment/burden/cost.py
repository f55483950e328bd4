"""The arithmetic (standard cost model): minutes = what one record takes × how many there are; a year of one secondee by rhythm."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from secondment.accounts.choices import Role
from secondment.campaigns.models import ProgrammeVersion
from secondment.daily_work.effort import Effort
from secondment.obligations.duties import DUTIES, Duty
from secondment.obligations.periods import Period
from secondment.obligations.register import AskedForm, asked_forms
from secondment.obligations.rhythms import Known
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement

FIRST = dt.date(2001, 1, 1)
"""A term to count on: whole years of the calendar, in no programme's past."""
YEARS = 2
STEP = dt.timedelta(days=7)
"""Rhythms name every call that has come since they were asked last."""
AFTER = dt.timedelta(days=200)


def minutes_of(form: AskedForm, times: float, sittings: float) -> float:
    """What so many records take, handed in on so many occasions."""
    return Effort(form.pages * sittings, form.n_fields * times, form.n_characters * times).minutes


@cache
def form_of_duty(kind: str) -> AskedForm | None:
    """The form that a duty asks for."""
    return next((one for one in asked_forms().values() if kind in one.duties), None)


@dataclass(frozen=True)
class DutyLoad:
    """What one duty takes of its role in a year, about one secondee."""

    duty: Duty
    times: float
    minutes: float


def times_a_year(duty: Duty, placement: Placement) -> float:
    """How often a term of two years asks for it, by half; never where the programme has it off."""
    if not duty.applies(placement):
        return 0
    term = Period(placement.starts_on, placement.ends_on)
    asked: list[Period] = []
    records: list[dt.date] = []
    due: list[dt.date] = []
    on = term.starts_on
    while on <= term.ends_on + AFTER:
        known = Known(placement, term, asked, [one for one in records if one <= on], term.starts_on, on)
        for call in duty.rhythm.calls(known):
            asked.append(call.period)
            records.append(call.due_on)
            due.append(call.due_on)
        on += STEP
    return len(due) / YEARS


def loads_of(parameters: Mapping[str, Any], *, off: Iterable[str] = ()) -> list[DutyLoad]:
    """Every duty under these parameters of a programme; `off` are switched off."""
    left_out = set(off)
    every = _loads(json.dumps(parameters, sort_keys=True, ensure_ascii=False))
    return [one for one in every if one.duty.kind not in left_out]


@lru_cache(maxsize=64)
def _loads(parameters: str) -> list[DutyLoad]:
    """A version never changes, and is counted once."""
    placement = _typical(json.loads(parameters))
    loads = []
    for kind, duty in DUTIES.items():
        form = form_of_duty(kind)
        if form is not None:
            times = times_a_year(duty, placement)
            loads.append(DutyLoad(duty, times, minutes_of(form, times, times)))
    return loads


def minutes_by_role(loads: Iterable[DutyLoad]) -> dict[Role, float]:
    """Minutes a year about one secondee, of each role that owes something."""
    found: defaultdict[Role, float] = defaultdict(float)
    for one in loads:
        found[one.duty.role] += one.minutes
    return dict(found)


def request_minutes(n_fields: int, characters: int) -> float:
    """What a request takes of one office: the to-do, the page, and the page that says it is in."""
    return Effort(3, n_fields, characters).minutes


def _typical(parameters: Mapping[str, Any]) -> Placement:
    """Two whole years in post under these parameters; not saved."""
    return Placement(
        programme_version=ProgrammeVersion(parameters=dict(parameters)),
        state=PlacementState.IN_POST,
        starts_on=FIRST,
        ends_on=FIRST.replace(year=FIRST.year + YEARS),
    )
