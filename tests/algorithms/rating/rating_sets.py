"""The published rating sets and small made-up ones, as `Ratings`."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from secondment.algorithms.rating.ratings import Ratings

FOLDER = Path(__file__).parents[2] / "data" / "ratings"
# The raters among those of the file to whom the quoted deviance of two other programs belongs.
ELEVEN = ("R03", "R04", "R05", "R06", "R07", "R09", "R10", "R13", "R14", "R15", "R16")


def make_ratings(
    ratee: Sequence[int], rater: Sequence[int], criterion: Sequence[int], mark: Sequence[float]
) -> Ratings:
    a, b, c = (np.array(column, dtype=np.intp) for column in (ratee, rater, criterion))
    marks = np.array(mark, dtype=np.float64)
    return Ratings(a, b, c, marks, int(a.max()) + 1, int(b.max()) + 1, int(c.max()) + 1)


def read_wide(
    file: str, ratee: str, rater: str, criteria: Sequence[str], raters: Sequence[str] = ()
) -> Ratings:
    with (FOLDER / file).open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines) if not raters or row[rater] in raters]
    ratees = sorted({row[ratee] for row in rows})
    judges = sorted({row[rater] for row in rows})
    marks = [
        (ratees.index(row[ratee]), judges.index(row[rater]), number, float(row[name]))
        for row in rows
        for number, name in enumerate(criteria)
    ]
    return make_ratings(*zip(*marks, strict=True))


def guilford() -> Ratings:
    return read_wide(
        "guilford_creativity.csv", "junior", "judge", ["attack", "basis", "clarity", "daring", "enthusiasm"]
    )


def ptam4() -> Ratings:
    return read_wide("ptam4.csv", "idstud", "rater", ["crit2", "crit3", "crit4"])


def ratings2() -> Ratings:
    return read_wide("sirt_ratings2.csv", "idstud", "rater", [f"k{number}" for number in range(1, 6)], ELEVEN)


def simulated(
    seed: int, n_ratees: int = 12, n_raters: int = 5, n_criteria: int = 3, top: int = 3, keep: float = 1.0
) -> Ratings:
    """Marks from the adjacent-category model; `keep` is the share of ratee–rater pairs that are kept."""
    random = np.random.default_rng(seed)
    shape = (n_ratees, n_raters, n_criteria)
    merit = random.normal(size=n_ratees)[:, None, None]
    severity = random.normal(0, 0.5, size=n_raters)[:, None]
    eta = merit - severity - np.linspace(-0.5, 0.5, n_criteria)
    eta = np.broadcast_to(eta, shape)
    logits = eta[..., None] * np.arange(top + 1) - 0.3 * np.arange(top + 1) * (np.arange(top + 1) - top)
    noise = random.gumbel(size=(*shape, top + 1))
    marks = np.argmax(logits + noise, axis=-1)
    kept = random.random((n_ratees, n_raters)) < keep
    kept[:, 0] = True
    kept[0] = True
    ratee, rater, criterion = (index[np.broadcast_to(kept[..., None], shape)] for index in np.indices(shape))
    return make_ratings(ratee, rater, criterion, marks[kept].ravel())
