"""Which marks may occur in the file: those of `--marks`, else all that are not too far from the others."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray
from secondment.algorithms.rating.scale import ScaleKind
from secondment.algorithms.rating.strays import Strays, stray_marks
from secondment.cli.rate.reading import NamedRatings
from secondment.files.numbers import NUMBER, finite_number
from secondment.files.problems import BadInputError, Problem

RANGE = re.compile(f"({NUMBER})-({NUMBER})(?:/({NUMBER}))?")
FORMS = "write them as 1-4, 0-100/0.5 (steps of a half) or 1,2,4"
MOST_STEPS = 100_000
ROUNDING = 1e-6
MOST_NAMED = 5
FEWEST_USES = 10


@dataclass(frozen=True)
class AllowedMarks:
    """The marks of the form, as it was written and as numbers, ascending."""

    text: str
    marks: FloatArray

    def holds(self, mark: FloatArray) -> BoolArray:
        """Whether each mark is one of them, (n_marks,)."""
        place = np.clip(np.searchsorted(self.marks, mark), 1, len(self.marks) - 1)
        distance = np.minimum(np.abs(self.marks[place] - mark), np.abs(self.marks[place - 1] - mark))
        return np.asarray(distance <= ROUNDING * np.maximum(1.0, np.abs(mark)))


def allowed_marks(text: str) -> AllowedMarks:
    """The marks meant by “1-4”, “0-100/0.5” or “1,2,4”; raises `BadInputError` for anything else."""
    parts = text.split(",")
    values = [finite_number(part.strip()) for part in parts]
    if match := RANGE.fullmatch(text):
        values = _steps(float(match[1]), float(match[4]), float(match[7] or 1))
    numbers = np.unique([value for value in values if value is not None])
    if None in values or len(numbers) < len(values) or len(numbers) < 2:
        raise BadInputError.of_file("--marks", f"“{text}” names no marks", FORMS)
    return AllowedMarks(text, numbers)


def _steps(first: float, last: float, step: float) -> list[float | None]:
    """From first to last in full steps; nothing usable when the steps do not meet the last."""
    n_steps = (last - first) / step if step > 0 else 0.0
    if not 0.5 < n_steps < MOST_STEPS or abs(n_steps - round(n_steps)) > ROUNDING:
        return [None]
    return [first + number * step for number in range(round(n_steps) + 1)]


def check_marks(named: NamedRatings, allowed: AllowedMarks | None, kind: ScaleKind) -> list[str]:
    """Refuse marks that cannot be meant; returns notes on what may not be meant."""
    if allowed is not None:
        wrong = np.flatnonzero(~allowed.holds(named.ratings.mark))
        remedy = f"correct it; --marks allows {allowed.text}"
        _refuse(named, wrong, lambda row: f"is {named.ratings.mark[row]:g}", remedy)
        return _lone_names(named)
    criteria = named.names["criterion"] if kind is ScaleKind.PARTIAL_CREDIT else [""]
    notes, problems = [], []
    for number, criterion in enumerate(criteria):
        mine = np.flatnonzero(named.ratings.criterion == number) if criterion else np.arange(len(named.lines))
        for stray in stray_marks(named.ratings.mark[mine]):
            rows = mine[stray.rows]
            if stray.are_slips:
                problems += [_slip(named, row, stray) for row in rows.tolist()]
            else:
                notes.append(_note(named, rows, stray, criterion))
    if problems:
        raise BadInputError(sorted(problems, key=lambda problem: problem.line))
    return [*notes, *_lone_names(named)]


def _refuse(named: NamedRatings, rows: IndexArray, found: Callable[[int], str], remedy: str) -> None:
    if len(rows):
        lines = [(int(named.lines[row]), found(row)) for row in rows.tolist()]
        raise BadInputError(
            [Problem.plain(named.file, line, "score", said, remedy) for line, said in sorted(lines)]
        )


def _slip(named: NamedRatings, row: int, stray: Strays) -> Problem:
    mark = f"{named.ratings.mark[row]:g}"
    low, high = stray.gap
    found = f"is {mark}, used once and far from all others: no mark lies between {low:g} and {high:g}"
    remedy = "correct it, or state which marks exist, as in --marks 1-4"
    return Problem.plain(named.file, int(named.lines[row]), "score", found, remedy)


def _note(named: NamedRatings, rows: IndexArray, stray: Strays, criterion: str) -> str:
    low, high = stray.gap
    named_rows = ", ".join(
        f"line {named.lines[row]}: {named.ratings.mark[row]:g}" for row in rows[:MOST_NAMED]
    )
    more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
    of = f" of criterion “{criterion}”" if criterion else ""
    return (
        f"{named.file}: no mark{of} lies between {low:g} and {high:g} ({named_rows}{more}); "
        "they count as neighbouring categories"
    )


def _lone_names(named: NamedRatings) -> list[str]:
    """A criterion or source that occurs in one row, while others occur in many, may be a mistake."""
    notes = []
    for facet in ("criterion", "source"):
        index = getattr(named.ratings, facet)
        if index is None:
            continue
        uses = np.bincount(index[index >= 0], minlength=len(named.names[facet]))
        if np.median(uses) < FEWEST_USES:
            continue
        for number in np.flatnonzero(uses == 1).tolist():
            line = named.lines[int(np.flatnonzero(index == number)[0])]
            notes.append(
                f"{named.file}, line {line}: {facet} “{named.names[facet][number]}” has this mark only"
            )
    return notes
