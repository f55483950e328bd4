"""Two at a time: strengths from paired comparisons, and how sure they are.

Bradley & Terry with a normal prior, so that nobody who won (or lost) everything is put infinitely far away; posterior means and
covariances by expectation propagation (`choix`, Maystre; Minka 2001).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from secondment.algorithms.arrays import IndexArray
from secondment.algorithms.rating.ranking import Posterior
from secondment.algorithms.rating.ratings import RatingError

PRIOR_SD = 2.0
JITTER = 1e-12


@dataclass(frozen=True)
class PairedResult:
    """Strengths in logits as a posterior to rank by, how often each was compared, and circles (A over B over C over A)."""

    posterior: Posterior
    n: IndexArray
    circles: int


def compare_pairs(n_items: int, outcomes: Sequence[tuple[int, int]]) -> PairedResult:
    """Strengths behind (preferred, other) judgements.

    Raises `RatingError` without a judgement, or for one about somebody unknown or about one person only.
    """
    # Loaded here: nothing else needs it.
    import choix

    if not outcomes:
        raise RatingError("nobody was compared yet")
    for preferred, other in outcomes:
        if preferred == other or not {preferred, other} <= set(range(n_items)):
            raise RatingError(f"a comparison is about two of {n_items}, not {preferred} and {other}")
    mean, covariance = choix.ep_pairwise(n_items, list(outcomes), 1 / PRIOR_SD**2, model="logit")
    root = np.linalg.cholesky(covariance + JITTER * np.eye(n_items))
    n = np.bincount(np.asarray(outcomes).ravel(), minlength=n_items)
    return PairedResult(
        Posterior(np.asarray(mean), np.zeros(n_items), np.asarray(root, dtype=np.float64)),
        n,
        _circles(n_items, outcomes),
    )


def _circles(n_items: int, outcomes: Sequence[tuple[int, int]]) -> int:
    """Threes among whom every one was mostly preferred to the next."""
    balance = np.zeros((n_items, n_items), dtype=np.intp)
    for preferred, other in outcomes:
        balance[preferred, other] += 1
        balance[other, preferred] -= 1
    over = balance > 0
    return sum(
        bool((over[a, b] and over[b, c] and over[c, a]) or (over[b, a] and over[c, b] and over[a, c]))
        for a, b, c in combinations(range(n_items), 3)
    )
