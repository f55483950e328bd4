"""From indicators and fair marks to a composite with its interval, chances of grades and what would flip it."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray
from secondment.algorithms.rating.ratings import RatingError

INTERVAL = 0.9
LEAST_WEIGHT = 0.6
"""With less of the weights present nobody is assessable."""


@dataclass(frozen=True)
class Parts:
    """Scores 0–100 (people × parts), nan where a part is absent, with their standard errors.

    `veto` marks people for whom a stated fact overrides any score; the score is still shown, apart.
    """

    score: FloatArray
    se: FloatArray
    veto: BoolArray

    def __post_init__(self) -> None:
        if self.score.shape != self.se.shape or len(self.veto) != len(self.score):
            raise RatingError("scores, standard errors and vetoes must refer to the same people and parts")
        if (self.se[np.isfinite(self.score)] < 0).any() or np.isnan(self.se[np.isfinite(self.score)]).any():
            raise RatingError("every score needs a standard error of 0 or more")


@dataclass(frozen=True)
class Composite:
    """Per person: score, standard error and interval (nan = not assessable), and per grade its chance.

    `contribution` (people × parts) sums to the score; `grade` is the number of cuts reached, -1 when not
    assessable; `flip` is the smallest weight to move between two parts that changes the grade (nan: none can).
    A grade is a proposal; a vetoed person has none proposed (-2).
    """

    score: FloatArray
    se: FloatArray
    low: FloatArray
    high: FloatArray
    contribution: FloatArray
    grade: IndexArray
    grade_probability: FloatArray
    flip: FloatArray


NOT_ASSESSABLE, VETOED = -1, -2


def compose(
    parts: Parts, weights: FloatArray, cuts: FloatArray, *, least_weight: float = LEAST_WEIGHT
) -> Composite:
    """Weighted composite; an absent part never counts as 0.

    The weights of the parts present are scaled up to 1; with less than `least_weight` present a person is
    not assessable. `cuts` are the lower limits of the grades above the lowest, ascending.
    """
    if len(weights) != parts.score.shape[1] or (weights < 0).any() or not np.isclose(weights.sum(), 1):
        raise RatingError("there must be one weight of 0 or more per part, and they must sum to 1")
    if (np.diff(cuts) <= 0).any():
        raise RatingError("the grades' limits must rise")
    present = np.isfinite(parts.score)
    own = present * weights
    total = own.sum(axis=1)
    assessable = total >= max(least_weight, 1e-12)
    share = np.where(assessable[:, None], own / np.maximum(total, 1e-12)[:, None], np.nan)
    contribution = share * np.where(present, parts.score, 0.0)
    score = contribution.sum(axis=1)
    se = np.sqrt(((share * np.where(present, parts.se, 0.0)) ** 2).sum(axis=1))
    half = ndtri(0.5 + INTERVAL / 2) * se
    grade = np.where(assessable, np.searchsorted(cuts, score, side="right"), NOT_ASSESSABLE)
    return Composite(
        score,
        se,
        score - half,
        score + half,
        contribution,
        np.where(parts.veto, VETOED, grade),
        _grade_chances(score, se, cuts),
        _smallest_flip(score, np.where(present, parts.score, np.nan), share, cuts),
    )


def _grade_chances(score: FloatArray, se: FloatArray, cuts: FloatArray) -> FloatArray:
    """Chance of each grade under a normal error; a score without error has its grade for certain."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        z = (score[:, None] - cuts) / se[:, None]
    certain = np.where(score[:, None] >= cuts, 1.0, 0.0)
    above = np.where(se[:, None] > 0, ndtr(z), certain)
    edges = np.hstack([np.ones((len(score), 1)), above, np.zeros((len(score), 1))])
    return np.where(np.isnan(score)[:, None], np.nan, edges[:, :-1] - edges[:, 1:])


def _smallest_flip(score: FloatArray, parts: FloatArray, share: FloatArray, cuts: FloatArray) -> FloatArray:
    """Moving weight t from part j to part i changes the score by t (x_i − x_j), at most all of j's weight."""
    if not len(cuts):
        return np.full(len(score), np.nan)
    gain = parts[:, :, None] - parts[:, None, :]
    missing = cuts - score[:, None]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        move = missing[:, :, None, None] / gain[:, None, :, :]
    possible = (move >= 0) & (move <= share[:, None, None, :])
    smallest = np.where(possible, move, np.inf).reshape(len(score), -1).min(axis=1)
    return np.where(np.isfinite(smallest), smallest, np.nan)


def indicator_score(value: FloatArray, points: FloatArray, scores: FloatArray) -> FloatArray:
    """An indicator's published piecewise-linear rule: level at the ends, nan for what is not known."""
    if len(points) != len(scores) or len(points) < 2 or (np.diff(points) <= 0).any():
        raise RatingError("a rule needs at least two points with rising values and one score each")
    return np.where(np.isnan(value), np.nan, np.interp(value, points, scores))
