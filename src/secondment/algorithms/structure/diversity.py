"""How evenly people are spread over the buckets of one dimension."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import IntArray

FORMULA = (
    "p为各类占已填人次的比例，K为该维度的类数；香农指数H=−Σp·ln p，均匀度=H/ln K；"
    "布劳（辛普森）指数B=1−Σp²，最大值为1−1/K。未填不计入"
)


@dataclass(frozen=True)
class Diversity:
    """Two indices over the known people; None if no one's value is known.

    `shannon` is in nats (0 to ln K), `evenness` = shannon / ln K, `blau` = 1 − Σp² (0 to 1 − 1/K).
    `evenness` is None for a dimension of a single bucket.
    """

    shannon: float | None
    evenness: float | None
    blau: float | None


def diversity(counts: Sequence[int] | IntArray) -> Diversity:
    """Shannon entropy and the Blau (Gini–Simpson) index of counts over K buckets.

    Raises
    ------
    ValueError
        When a count is negative or there are no buckets.

    References
    ----------
    Shannon (1948), A mathematical theory of communication. Simpson (1949), Measurement of diversity.
    Blau (1977), Inequality and heterogeneity.
    """
    known = np.asarray(counts, dtype=np.float64)
    if known.size == 0 or known.min() < 0:
        raise ValueError("diversity needs at least one bucket and no negative count")
    if known.sum() == 0:
        return Diversity(None, None, None)
    shares = known[known > 0] / known.sum()
    shannon = abs(float(-(shares * np.log(shares)).sum()))
    evenness = shannon / float(np.log(known.size)) if known.size > 1 else None
    return Diversity(shannon, evenness, float(1 - (shares**2).sum()))
