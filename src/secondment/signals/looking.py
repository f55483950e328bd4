"""Look at placements for every sign: reads once for all, decides one by one, writes nothing."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from secondment.placements.duties import first_day_of
from secondment.placements.models import Placement
from secondment.placements.queries import in_post
from secondment.signals.parameters import sign_thresholds
from secondment.signals.sign import Case, Found, Look, Sign
from secondment.signals.signs import WITH_DATA

BACK = dt.timedelta(days=460)
"""What is read before the first day that is judged: a year of reports, and those they may repeat."""


@dataclass
class Counts:
    """What one look came to for one department and sign."""

    n_looked: int = 0
    n_raised: int = 0
    spared: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Looked:
    """What was found on a day."""

    on: dt.date
    keys: Sequence[int]
    found: Sequence[tuple[Sign, Placement, Mapping[str, int], Found]]
    """What is to be raised, with the thresholds it was found by."""
    counts: Mapping[tuple[int, str], Counts]
    """(Department in charge, sign) → how often."""


def those_in_post(on: dt.date) -> list[Placement]:
    """Everybody in post on the day, with what signs ask of a placement."""
    rows = in_post(Placement.objects.all(), on).filter(starts_on__lte=on)
    related = ("person", "programme_version", "host_unit", "home_unit", "owner_unit")
    return list(rows.select_related(*related).order_by("pk"))


def look_at(placements: Sequence[Placement], on: dt.date) -> Looked:
    """Every sign for every one of these placements on one day."""
    look = Look(placements, first=on - BACK, last=on)
    counts: defaultdict[tuple[int, str], Counts] = defaultdict(Counts)
    raised = []
    for sign in WITH_DATA:
        for case in cases_of(sign, look, on):
            one = counts[case.placement.owner_unit_id, sign.code]
            one.n_looked += 1
            found = judged(sign, case)
            if found is None:
                continue
            if found.excuse:
                one.spared[found.excuse] = one.spared.get(found.excuse, 0) + 1
            else:
                one.n_raised += 1
                raised.append((sign, case.placement, case.figures, found))
    return Looked(on, look.keys, raised, counts)


def cases_of(sign: Sign, look: Look, on: dt.date, others: Mapping[str, int] | None = None) -> Iterator[Case]:
    """Everybody who is in post on the day, under the figures of their programme, or some others instead."""
    figures = _FiguresByVersion(sign)
    for one in look.placements:
        if first_day_of(one) <= on < one.ends_on:
            yield Case(one, on, {**figures.of(one), **(others or {})}, look)


def judged(sign: Sign, case: Case) -> Found | None:
    """What the sign says about the case."""
    return sign.check(case) if sign.check else None


class _FiguresByVersion:
    """The figures of a sign, read once a version of a programme."""

    def __init__(self, sign: Sign) -> None:
        self._sign = sign
        self._known: dict[int, dict[str, int]] = {}

    def of(self, placement: Placement) -> dict[str, int]:
        key = placement.programme_version_id
        if key not in self._known:
            self._known[key] = self._sign.thresholds.values(sign_thresholds(placement))
        return self._known[key]
