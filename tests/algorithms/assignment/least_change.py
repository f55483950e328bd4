"""An oracle apart from the program: the most pairs of a plan that any best plan under a lock can keep, by HiGHS."""

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

from secondment.algorithms.assignment import AssignmentProblem

STEPS = 1e6
# More than any total of scores, so that places come first; the sum is scaled to where the solver is precise.
PLACE, SCALE = 1e9, 1e-3


def rooms(problem: AssignmentProblem) -> tuple[csr_array, np.ndarray]:
    """Rows of people, posts and capped groups, and the room of each."""
    arcs, ones = np.arange(problem.n_arcs), np.ones(problem.n_arcs)
    group = problem.group[problem.person]
    capped = group >= 0
    parts = [
        csr_array((ones, (problem.person, arcs)), shape=(problem.n_people, problem.n_arcs)),
        csr_array((ones, (problem.post, arcs)), shape=(problem.n_posts, problem.n_arcs)),
        csr_array((ones[capped], (group[capped], arcs[capped])), shape=(len(problem.cap), problem.n_arcs)),
    ]
    room = np.concatenate([np.ones(problem.n_people), problem.capacity, problem.cap])
    return csr_array(vstack(parts)), room


def most_kept(problem: AssignmentProblem, kept: np.ndarray) -> int:
    """Of the pairs `kept` (n_arcs,), the most in any best plan with the problem's locks; one priority.

    The linear program gives the best value and prices; by complementary slackness its best plans have pairs without
    reduced cost only, and among those an integer program keeps the most.
    """
    rows, room = rooms(problem)
    steps = np.rint(problem.score * STEPS)
    least = np.zeros(problem.n_arcs)
    least[[problem.arc_of(pair) for pair in problem.locked]] = 1.0
    bounds = np.stack([least, np.full(problem.n_arcs, np.inf)], axis=1)  # the rows of people hold each to one
    best = linprog(-(steps + PLACE) * SCALE, A_ub=rows, b_ub=room, bounds=bounds, method="highs-ds")
    reduced = -(steps + PLACE) * SCALE - rows.T @ best.ineqlin.marginals
    is_open = (np.abs(reduced) < SCALE / 2) | (least > 0)
    worth = (steps + PLACE)[is_open] * SCALE
    found = milp(
        -kept[is_open].astype(float),
        integrality=np.ones(is_open.sum()),
        bounds=Bounds(least[is_open], 1),
        constraints=[
            LinearConstraint(rows[:, is_open], ub=room),
            LinearConstraint(worth[np.newaxis, :], lb=-best.fun - SCALE / 2),
        ],
    )
    return round(-found.fun)
