"""The grid of marks of one member of the organisation group: a row a candidate, a column an indicator."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from secondment.appraisals.marks import NewMark, Scale
from secondment.appraisals.models import Candidate
from secondment.standards.models import Indicator, StandardVersion

UNKNOWN = "0"
PAGE = 25


@dataclass(frozen=True)
class Cell:
    """One mark: the name of its field, its indicator, what it holds, and the levels it may have."""

    name: str
    title: str
    label: str
    value: str
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class GridRow:
    """A candidate with a cell for each indicator."""

    candidate: Candidate
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Grid:
    """The candidates of one standard."""

    standard: StandardVersion
    indicators: Sequence[Indicator]
    anchors: Sequence[tuple[Indicator, Sequence[tuple[str, str]]]]
    rows: Sequence[GridRow]


Known = Mapping[tuple[int, str], int | None]


def grids_of(candidates: Sequence[Candidate], scale: Scale, known: Known) -> list[Grid]:
    """A grid for each standard among these candidates."""
    of_standard: dict[int, list[Candidate]] = {}
    for one in candidates:
        of_standard.setdefault(one.standard_id, []).append(one)
    return [_grid(people, scale, known) for people in of_standard.values()]


def read_grid(
    data: Mapping[str, Any], rater: str, candidates: Sequence[Candidate], scale: Scale
) -> Iterator[NewMark]:
    """What was chosen in the cells that the page had; an empty cell takes a mark back."""
    for one in candidates:
        for code in scale.of(one):
            text = data.get(field_name(one.pk, code))
            if text is None:
                continue
            if text == "":
                yield NewMark(rater, one.pk, code, is_blank=True)
            else:
                # what is no number lies outside every scale, and is refused as such
                level = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1
                yield NewMark(rater, one.pk, code, None if text == UNKNOWN else level)


def field_name(candidate: int, indicator: str) -> str:
    """The name of a cell's field."""
    return f"mark-{candidate}-{indicator}"


def level_options(version: StandardVersion) -> list[tuple[str, str]]:
    """From the highest to the lowest, then 不了解."""
    names = list(enumerate(version.level_names, 1))
    return [(str(level), name) for level, name in reversed(names)] + [(UNKNOWN, _("不了解"))]


def _grid(people: Sequence[Candidate], scale: Scale, known: Known) -> Grid:
    version = people[0].standard
    indicators = list(scale.of(people[0]).values())
    options = level_options(version)
    anchors = [
        (one, list(zip(version.level_names, one.anchors, strict=False))[::-1])
        for one in indicators
        if one.anchors
    ]
    rows = [GridRow(one, [_cell(one, each, options, known) for each in indicators]) for one in people]
    return Grid(version, indicators, anchors, rows)


def _cell(
    candidate: Candidate, indicator: Indicator, options: Sequence[tuple[str, str]], known: Known
) -> Cell:
    key = (candidate.pk, indicator.code)
    value = "" if key not in known else UNKNOWN if known[key] is None else str(known[key])
    label = f"{candidate.placement.person.name} {indicator.title}"
    return Cell(field_name(candidate.pk, indicator.code), indicator.title, label, value, options)
