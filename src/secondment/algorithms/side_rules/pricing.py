"""Column pricing: the linear relaxation over all pairs, solved with few of them."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.highs import Program
from secondment.algorithms.side_rules.model import Model

PRICED_PER_POST = 10
PRECISION = 1e-7


@dataclass(frozen=True, eq=False)
class Relaxation:
    """The best relaxed plan: a proven upper `bound`, the reduced profit of every pair, the pairs that were used.

    `reduced` (n_arcs,) is what a pair is worth after paying all its duals; when `proven`, any plan with pair a reaches
    at most bound + reduced[a]. `extras` (n_extras,) are the auxiliary quantities of the last relaxed plan.
    """

    bound: float
    reduced: FloatArray
    active: IntArray
    proven: bool
    n_rounds: int
    extras: FloatArray


def relax(
    model: Model, value: FloatArray, extra_value: FloatArray, active: IntArray, clock: Clock
) -> Relaxation:
    """Solve the relaxation over all pairs, starting from the `active` ones.

    Solve over the active pairs; add the pairs whose reduced profit is positive under the duals, the best few per post;
    repeat until there is none. Without violators the duals are feasible for all pairs, which is the proof.

    Complexity: one sparse product over all pairs per round; rounds are typically below twenty.
    """
    program = Program(model, extra_value)
    program.add(active, value[active])
    bound, reduced, n_rounds, extras = summed_bound(model, value), value, 0, np.full(model.n_extras, np.nan)
    while not clock.is_over():
        answer = program.solve_relaxation(clock.left(), clock.interruption)
        if not answer.finished or answer.columns is None:
            break
        n_rounds, extras = n_rounds + 1, answer.columns[: model.n_extras]
        # HiGHS minimises −value: a pair's reduced cost is −value − Aᵀy, its profit the negative of that.
        reduced = value + model.arcs.T @ answer.row_duals
        objective = float(np.concatenate((extra_value, value[program.arcs])) @ answer.columns)
        bound = min(bound, objective + summed_bound(model, reduced))
        violators = np.setdiff1d(np.flatnonzero(reduced > PRECISION), program.arcs)
        if len(violators) == 0:
            return Relaxation(objective, reduced, program.arcs, proven=True, n_rounds=n_rounds, extras=extras)
        added = best_per_post(model.post, violators, reduced, PRICED_PER_POST)
        program.add(added, value[added])
    return Relaxation(bound, reduced, program.arcs, proven=False, n_rounds=n_rounds, extras=extras)


def summed_bound(model: Model, profit: FloatArray) -> float:
    """The most that all pairs together can bring: per person the best pair, or per post the best times its places."""
    by_person = np.zeros(int(model.person.max(initial=-1)) + 1)
    np.maximum.at(by_person, model.person, profit)
    by_post = np.zeros(len(model.places))
    np.maximum.at(by_post, model.post, profit)
    return float(min(by_person.sum(), by_post @ model.places))


def best_per_post(post: IntArray, arcs: IntArray, key: FloatArray, most: int) -> IntArray:
    """Of `arcs`, for each post the `most` with the largest key; equal keys in ascending order of pair."""
    order = arcs[np.lexsort((arcs, -key[arcs], post[arcs]))]
    return np.sort(order[position_in_run(post[order]) < most])


def position_in_run(labels: IntArray) -> IntArray:
    """For sorted labels: how many equal labels precede each."""
    starts = np.searchsorted(labels, labels, side="left")
    return np.arange(len(labels)) - starts
