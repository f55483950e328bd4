"""Problem in, proven optimum out."""

import time
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.assignment.core import solve_network
from secondment.algorithms.assignment.equals import Ties, take_one
from secondment.algorithms.assignment.flow import SOLVER
from secondment.algorithms.assignment.network import Reduced, reduce_problem
from secondment.algorithms.assignment.order import TieOrder
from secondment.algorithms.assignment.prices import Prices
from secondment.algorithms.assignment.problem import AssignmentProblem, Pair


class Status(StrEnum):
    """How far a solution is proven."""

    OPTIMAL = "optimal"


@dataclass(frozen=True, eq=False)
class AssignmentSolution:
    """A plan and its proof.

    Attributes
    ----------
    pairs : tuples of (person, post), by post, then person; locked pairs included
    rows : shape (n_assigned,)
        The same pairs as rows of the problem's arcs.
    n_by_priority : tuple of (priority, posts filled), highest priority first
    total_score, bound : float
        Points of score; no plan that fills as many posts scores above `bound`.
    gap : float
        `bound - total_score`: 0, or what rounding to the scale can hide.
    prices : Prices
        The proof, in steps of the scale, over the pairs that were neither locked nor forbidden.
    ties : Ties
        Which of the pairs (rows of the problem's arcs) other plans of equal worth do not have.
    seconds : float
        Wall time.
    """

    status: Status
    pairs: tuple[Pair, ...]
    rows: IntArray
    n_assigned: int
    n_by_priority: tuple[tuple[int, int], ...]
    total_score: float
    bound: float
    gap: float
    prices: Prices
    ties: Ties
    seconds: float
    solver: str
    version: str

    @property
    def is_nearest(self) -> bool:
        """Whether no equally good plan is nearer to the reference: always, because it is an exact goal."""
        return True


def solve_assignment(problem: AssignmentProblem, order: TieOrder | None = None) -> AssignmentSolution:
    """Fill as many posts as possible by priority, then reach the highest total score.

    The number of filled posts is maximal lexicographically: as many of the highest priority as can be
    filled at all, then as many of the next, and so on; this also fills the most posts overall. Locked
    pairs come first. Among plans of equal worth `order` decides: the one nearest to its reference, then the lot. The
    plan therefore depends neither on the order of the arcs nor on the solver.

    Raises
    ------
    ScoreRangeError
        When scores spread too widely for exact arithmetic.
    ProblemShapeError
        When the numbers of `order` do not fit the problem.
    """
    started = time.perf_counter()
    order = order or TieOrder()
    order.check(problem.n_people, problem.n_posts)
    reduced = reduce_problem(problem)
    chosen, prices = solve_network(reduced.network)
    chosen, ties = take_one(reduced.network, chosen, prices, order)
    return solution_of(problem, reduced, chosen, prices, ties, seconds=time.perf_counter() - started)


def solution_of(
    problem: AssignmentProblem,
    reduced: Reduced,
    chosen: IntArray,
    prices: Prices,
    ties: Ties,
    *,
    seconds: float,
) -> AssignmentSolution:
    """The plan of the chosen network rows, with the bound that the prices prove; `ties` in rows of the network."""
    rows = np.sort(np.concatenate([reduced.locked_rows, reduced.rows[chosen]]))
    total = reduced.scale.total(problem.score[rows])
    missed = prices.bound(reduced.network) - int(reduced.network.worth[chosen].sum())
    gap = missed / reduced.scale.unit + reduced.scale.rounding(len(rows))
    posts = problem.post[rows]
    return AssignmentSolution(
        Status.OPTIMAL,
        tuple(zip(problem.person[rows].tolist(), posts.tolist(), strict=True)),
        rows,
        len(rows),
        count_by_priority(problem, posts),
        total,
        total + gap,
        gap,
        prices,
        Ties(reduced.rows[ties.near], reduced.rows[ties.drawn]),
        seconds,
        SOLVER,
        version("ortools"),
    )


def count_by_priority(problem: AssignmentProblem, posts: IntArray) -> tuple[tuple[int, int], ...]:
    """Posts filled for each priority, highest first."""
    levels = np.unique(problem.priority)[::-1]
    filled = problem.priority[posts]
    return tuple((int(level), int((filled == level).sum())) for level in levels)
