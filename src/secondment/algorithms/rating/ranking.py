"""Is this ranking real: chances of the top share, rank intervals, who beats whom, and ties."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from secondment.algorithms.arrays import FloatArray, IndexArray
from secondment.algorithms.rating.ratings import RatingError

N_DRAWS = 4000
SURE = 0.9
# Draws times ratees held in full precision at a time.
MOST_HELD = 4_000_000


class Standing(StrEnum):
    """What the marks support about a place in the top share; between the two a committee decides."""

    IN = "in"
    OUT = "out"
    COMMITTEE = "committee"


@dataclass(frozen=True)
class Posterior:
    """Merit of ratees as a normal distribution: covariance diag(`own_variance`) + `common` commonᵀ."""

    mean: FloatArray
    own_variance: FloatArray
    common: FloatArray

    @classmethod
    def independent(cls, mean: FloatArray, se: FloatArray) -> "Posterior":
        """Measures whose errors have nothing in common."""
        return cls(mean, se**2, np.zeros((len(mean), 0)))


@dataclass(frozen=True)
class Ranking:
    """Per ratee: chance of the top share, rank interval (1 = best) and what follows; `band` 0 is the best band."""

    top_probability: FloatArray
    rank_low: IndexArray
    rank_high: IndexArray
    band: IndexArray
    standing: list[Standing]


def rank(
    posterior: Posterior, n_top: int, *, level: float = 0.9, n_draws: int = N_DRAWS, seed: int = 0
) -> Ranking:
    """Rank by `n_draws` draws from the posterior; O(draws × ratees × log ratees)."""
    n_ratees = len(posterior.mean)
    if not 0 < n_top < n_ratees:
        raise RatingError(f"the top share must hold between 1 and {n_ratees - 1} ratees, not {n_top}")
    ranks = draw_ranks(posterior, n_draws, seed)
    top = np.asarray((ranks <= n_top).mean(axis=0))
    tail = (1 - level) / 2
    low, high = np.quantile(ranks, [tail, 1 - tail], axis=0, method="inverted_cdf").astype(np.intp)
    return Ranking(top, low, high, tie_bands(posterior, level=level), [_standing(chance) for chance in top])


def beats(posterior: Posterior, first: IndexArray, second: IndexArray) -> FloatArray:
    """P(first > second) per pair, exactly."""
    shared = posterior.common[first] - posterior.common[second]
    variance = posterior.own_variance[first] + posterior.own_variance[second] + (shared**2).sum(axis=1)
    return np.asarray(ndtr((posterior.mean[first] - posterior.mean[second]) / np.sqrt(variance)))


def tie_bands(posterior: Posterior, *, level: float = 0.9) -> IndexArray:
    """Bands from the best down: a band ends before the first ratee its leader beats with chance `level`."""
    order = np.argsort(-posterior.mean, kind="stable")
    band = np.empty(len(order), dtype=np.intp)
    number, leader = 0, order[0]
    ahead = beats(posterior, np.full(len(order), leader), order)
    for place, ratee in enumerate(order):
        if ratee != leader and ahead[place] >= level:
            number, leader = number + 1, ratee
            ahead = beats(posterior, np.full(len(order), leader), order)
        band[ratee] = number
    return band


def draw_ranks(posterior: Posterior, n_draws: int, seed: int) -> npt.NDArray[np.int32]:
    """Everybody's rank in draws from the posterior, draws × ratees."""
    random = np.random.default_rng(seed)
    n_ratees, n_common = posterior.common.shape
    ranks = np.empty((n_draws, n_ratees), dtype=np.int32)
    at_once = max(1, MOST_HELD // n_ratees)
    places = np.arange(1, n_ratees + 1, dtype=np.int32)[None, :]
    for start in range(0, n_draws, at_once):
        part = ranks[start : start + at_once]
        drawn = posterior.mean + random.normal(size=part.shape) * np.sqrt(posterior.own_variance)
        drawn += random.normal(size=(len(part), n_common)) @ posterior.common.T
        np.put_along_axis(part, np.argsort(-drawn, axis=1), places, axis=1)
    return ranks


def _standing(chance: float) -> Standing:
    if chance >= SURE:
        return Standing.IN
    return Standing.OUT if chance <= 1 - SURE else Standing.COMMITTEE
