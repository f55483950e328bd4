"""The common case detected early: every place can be filled, so the first goal needs no search."""

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.model import Model
from secondment.algorithms.side_rules.pricing import relax
from secondment.algorithms.side_rules.problem import SideRuleProblem

PRECISE = 1e-6
PRICE_OF_SHORTFALL = 10.0


def has_enough(problem: SideRuleProblem) -> bool:
    """Whether there are as many people as places, and as many pairs of every post as it has places."""
    n_pairs = np.bincount(problem.post, minlength=problem.n_posts)
    return bool(problem.places.sum() <= problem.n_people and (n_pairs >= problem.places).all())


def pairs_that_fill(problem: SideRuleProblem, full: Model, start: IntArray, clock: Clock) -> IntArray | None:
    """The pairs of the best relaxed plan of the `full` model; None when it is not proven or leaves something short.

    Places and counts may be short at a high price meanwhile, so that pricing can begin with the few pairs `start`.
    """
    if (full.lower > full.upper).any():
        return None
    short = np.flatnonzero(full.lower > 0)
    score = np.asarray(problem.score, dtype=np.float64)
    price = PRICE_OF_SHORTFALL * max(1.0, float(np.abs(score).max(initial=0.0)))
    costs = np.concatenate((np.zeros(full.n_extras), np.full(len(short), -price)))
    priced = relax(full.with_shortfalls(short), score, costs, start, clock)
    if not priced.proven or float(priced.extras[full.n_extras :].sum()) > PRECISE:
        return None
    return priced.active
