"""Which pairs a plan under side rules can afford: the prices of the plan without them say what each pair loses."""

import numpy as np

from secondment.algorithms.assignment import AssignmentProblem, AssignmentSolution
from secondment.algorithms.assignment.network import reduce_problem
from secondment.algorithms.assignment.problem import Indices
from secondment.algorithms.fit import Flags, Values

PEOPLE_PER_POST = 15
POSTS_PER_PERSON = 5


def pair_losses(problem: AssignmentProblem, free: AssignmentSolution) -> Values:
    """Points that a plan with the pair scores below `free` at least, when it fills the same posts by priority.

    Shape (n_arcs,); 0 for locked pairs, infinite for those that locks and prohibitions leave out. By weak duality
    (Balas & Martin 1980): a plan's loss is the sum of the reduced losses of its pairs and of what it leaves unused.
    """
    reduced = reduce_problem(problem)
    network, prices = reduced.network, free.prices
    steps = prices.post[network.post] + prices.taking[network.person] - network.worth
    losses = np.full(problem.n_arcs, np.inf)
    losses[reduced.rows] = steps / reduced.scale.unit
    losses[reduced.locked_rows] = 0.0
    return losses


def rows_of_attempt(
    problem: AssignmentProblem, losses: Values, allowance: float, width: int, special: Indices
) -> Indices:
    """Rows of the pairs to try.

    Those that lose no more than the allowance; for each post and each person the few that lose least, `width` times
    as many each time; and all pairs of the `special` posts, for which rules ask more than fit.
    """
    wanted = (losses <= allowance) | np.isin(problem.post, special)
    wanted |= _least(problem.post, losses, width * PEOPLE_PER_POST)
    wanted |= _least(problem.person, losses, width * POSTS_PER_PERSON)
    return np.flatnonzero(wanted & np.isfinite(losses))


def _least(key: Indices, losses: Values, n: int) -> Flags:
    """Marks the `n` rows of each key that lose least."""
    order = np.lexsort((losses, key))
    in_order = key[order]
    place = np.arange(len(key)) - np.searchsorted(in_order, in_order, side="left")
    marked = np.zeros(len(key), dtype=bool)
    marked[order[place < n]] = True
    return marked
