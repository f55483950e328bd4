"""Tiers: the fewest classes that the marks support, by exact dynamic programming over the order of means.

Kline, Rose & Walters (2024, American Economic Review 114, “A Discrimination Report Card”): a pair set apart gains λ when it is
in order and costs 1 when it is the wrong way round, so that two are set apart only where P(first > second) exceeds
1/(1 + λ). That limit is the one knob (`sure`). Their programme needs a solver for integers; tiers that follow the order of
means need none: the best division of the first b ratees is the best division of the first a with one tier a … b behind it.
"""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray, IndexArray
from secondment.algorithms.rating.ranking import Posterior, beats
from secondment.algorithms.rating.ratings import RatingError

SURE = 0.8
TIE = 1e-9


@dataclass(frozen=True)
class Tiers:
    """Tier of each ratee (0 = best) and how far to trust it.

    `apart` is the share of pairs in different tiers, `discordance` the share of these that may be the wrong way round;
    `gain` is what all pairs set apart gain together: Σ P/`sure` − 1.
    """

    tier: IndexArray
    n_tiers: int
    apart: float
    discordance: float
    gain: float


def find_tiers(posterior: Posterior, *, sure: float = SURE) -> Tiers:
    """The division with the highest gain, of equal ones one with fewest tiers; O(n²) time, O(n) memory.

    Raises `RatingError` unless 0.5 ≤ sure < 1.
    """
    if not 0.5 <= sure < 1:
        raise RatingError(f"a pair is set apart from a chance between 0.5 and 1, not {sure:g}")
    order = np.argsort(-posterior.mean, kind="stable")
    n = len(order)
    # Of the first b ratees: least gain forgone within tiers, how many tiers, and where the last one begins.
    lost, count = np.zeros(n + 1), np.zeros(n + 1, dtype=np.intp)
    begins = np.zeros(n + 1, dtype=np.intp)
    within = np.zeros(0)  # by first place a of the last tier: gain forgone within it
    total = 0.0
    for place, ratee in enumerate(order):
        chance = beats(posterior, order[:place], np.full(place, ratee))
        gain = chance / sure - 1
        total += float(gain.sum())
        within = np.append(within + np.cumsum(gain[::-1])[::-1], 0.0)
        whole = lost[: place + 1] + within
        best = whole.min()
        ties = np.flatnonzero(whole <= best + TIE)
        chosen = ties[np.argmin(count[ties])]
        lost[place + 1], count[place + 1], begins[place + 1] = whole[chosen], count[chosen] + 1, chosen
    tier = np.empty(n, dtype=np.intp)
    end, number = n, int(count[n]) - 1
    while end:
        tier[order[begins[end] : end]] = number
        end, number = begins[end], number - 1
    apart, wrong = _apart(posterior, order, tier)
    n_pairs = n * (n - 1) / 2
    return Tiers(
        tier,
        int(count[n]),
        apart / n_pairs if n_pairs else 0.0,
        wrong / apart if apart else 0.0,
        total - float(lost[n]),
    )


def _apart(posterior: Posterior, order: IndexArray, tier: IndexArray) -> tuple[float, float]:
    """How many pairs are in different tiers, and how many of them are expected to be the wrong way round."""
    apart, wrong = 0.0, 0.0
    for place, ratee in enumerate(order):
        above = order[:place][tier[order[:place]] < tier[ratee]]
        apart += len(above)
        wrong += float((1 - beats(posterior, above, np.full(len(above), ratee))).sum())
    return apart, wrong


def gain_of(posterior: Posterior, tier: IndexArray, sure: float) -> float:
    """What a division gains; for comparison with the best one."""
    first, second = np.nonzero(tier[:, None] < tier[None, :])
    return float((beats(posterior, first, second) / sure - 1).sum())


def chances(posterior: Posterior) -> FloatArray:
    """P(row > column) of every pair; the diagonal is one half."""
    n = len(posterior.mean)
    first, second = (index.ravel() for index in np.indices((n, n), dtype=np.intp))
    with np.errstate(invalid="ignore"):
        matrix = beats(posterior, first, second).reshape(n, n)
    np.fill_diagonal(matrix, 0.5)
    return matrix
