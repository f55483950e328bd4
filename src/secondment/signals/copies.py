"""Host reports that say nearly the same in the same words as another one (雷同): pairs by `algorithms.duplicates`."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from secondment.signals.readers import Report, reports
from secondment.signals.sign import Look

FLOOR = 80
"""In percent: no programme looks below it."""
Place = tuple[int, Report]
"""Whose report, and the report."""


@dataclass(frozen=True)
class Copy:
    """A report, the most alike of the others, and how alike they are in percent (rounded down)."""

    report: Report
    other: Report
    other_placement: int
    percent: int


def copies(look: Look) -> Mapping[int, Sequence[Copy]]:
    """Placement → its reports that have a twin, each with every twin that counts for it, the most alike first.

    Equal texts are compared once; among themselves each keeps the one before it and the one after it, so the work stays
    linear when a whole county hands in one text.
    """
    # its library loads SciPy, which no page needs
    from secondment.algorithms.duplicates import near_duplicates, normalised

    places: defaultdict[str, list[Place]] = defaultdict(list)
    for key, rows in look.read(reports).items():
        for one in rows:
            plain = normalised(one.text)
            if plain:
                places[plain].append((key, one))
    groups = [sorted(rows, key=lambda place: (place[1].day, place[1].pk)) for rows in places.values()]
    found: defaultdict[int, list[Copy]] = defaultdict(list)
    for rows in groups:
        for one, other in pairwise(rows):
            _pair(found, one, other, 100)
    report = near_duplicates(list(places), threshold=FLOOR / 100)
    for pair in report.pairs:
        _pair(found, groups[pair.first][0], groups[pair.second][0], int(100 * pair.similarity))
    return {key: sorted(rows, key=lambda one: (-one.percent, one.report.day)) for key, rows in found.items()}


def counted_by(rows: Sequence[Copy], on: dt.date, since: dt.date, percent: int, least: int) -> list[Copy]:
    """Of a placement: reports of these days with a twin that existed by then, the best twin of each."""
    from secondment.algorithms.duplicates import normalised

    best: dict[int, Copy] = {}
    for one in rows:
        is_counted = since < one.report.day <= on and one.other.day <= on and one.percent >= percent
        if is_counted and len(normalised(one.report.text)) >= least:
            best.setdefault(one.report.pk, one)
    return sorted(best.values(), key=lambda one: one.report.day)


def _pair(found: defaultdict[int, list[Copy]], one: Place, other: Place, percent: int) -> None:
    found[one[0]].append(Copy(one[1], other[1], other[0], percent))
    found[other[0]].append(Copy(other[1], one[1], one[0], percent))
