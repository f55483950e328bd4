"""The integer core of a problem: locks and prohibitions taken out, scores scaled and shifted."""

from dataclasses import dataclass, replace

import numpy as np

from secondment.algorithms.arrays import BoolArray, IntArray
from secondment.algorithms.assignment.errors import ScoreRangeError
from secondment.algorithms.assignment.problem import NO_GROUP, AssignmentProblem, Pair
from secondment.algorithms.assignment.scaling import Scale, scale_of

MOST_WORTH = 2**60


@dataclass(frozen=True, eq=False)
class Network:
    """Who may go where, in integers; arcs sorted by post, then person.

    Attributes
    ----------
    post, person, value : shape (n_arcs,)
        `value` is the score in steps above the lowest score, never negative.
    slots, level : shape (n_posts,)
        People a post still takes; rank of its priority, 0 the highest.
    group : shape (n_people,); cap : shape (n_groups,)
        Releasing group or -1; people it may still release.
    fill : int
        More than any difference of total values, so that one post filled always outweighs scores.
    weight : shape (n_levels,)
        Filling a post of level l is worth weight[l] * fill. Fillable sets of posts form a matroid, so
        any decreasing weights give the lexicographic optimum; n_levels - l keeps the numbers small.
    """

    n_people: int
    n_posts: int
    post: IntArray
    person: IntArray
    value: IntArray
    slots: IntArray
    level: IntArray
    group: IntArray
    cap: IntArray
    fill: int
    weight: IntArray

    @property
    def n_levels(self) -> int:
        """How many different priorities there are."""
        return len(self.weight)

    @property
    def bonus(self) -> IntArray:
        """Worth of filling each post once; shape (n_posts,)."""
        return np.asarray(self.weight[self.level] * self.fill)

    @property
    def worth(self) -> IntArray:
        """Value plus the worth of filling the post; shape (n_arcs,)."""
        return np.asarray(self.value + self.bonus[self.post])

    @property
    def start(self) -> IntArray:
        """Where the arcs of each post begin; shape (n_posts + 1,)."""
        return np.searchsorted(self.post, np.arange(self.n_posts + 1)).astype(np.int64)

    def with_arcs(self, post: IntArray, person: IntArray, value: IntArray) -> "Network":
        """The same posts, people and rules with other arcs (sorted)."""
        return replace(self, post=post, person=person, value=value)


@dataclass(frozen=True, eq=False)
class Reduced:
    """A network with the way back to its problem: arc rows, locked rows, scale and the lowest score in steps."""

    network: Network
    rows: IntArray
    locked_rows: IntArray
    scale: Scale
    lowest: int


def reduce_problem(problem: AssignmentProblem) -> Reduced:
    """Scale the scores, take locked pairs out of the room and forbidden pairs out of the arcs.

    Raises
    ------
    ScoreRangeError
        When scores spread too widely for exact arithmetic.
    """
    scale = scale_of(problem.score)
    steps = scale.integers(problem.score)
    lowest, highest = (int(steps.min()), int(steps.max())) if len(steps) else (0, 0)
    locked = _rows(problem, problem.locked)
    rows = _free_rows(problem, locked)
    locked_groups = problem.group[problem.person[locked]]
    slots = problem.capacity - np.bincount(problem.post[locked], minlength=problem.n_posts)
    level = problem.level
    n_levels = int(level.max(initial=-1)) + 1
    network = Network(
        problem.n_people,
        problem.n_posts,
        problem.post[rows],
        problem.person[rows],
        steps[rows] - lowest,
        slots,
        level,
        problem.group,
        problem.cap - np.bincount(locked_groups[locked_groups != NO_GROUP], minlength=len(problem.cap)),
        fill_worth(min(int(slots.sum()), problem.n_people), highest - lowest, n_levels),
        np.arange(n_levels, 0, -1),
    )
    return Reduced(network, rows, locked, scale, lowest)


def fill_worth(n_most: int, spread: int, n_levels: int) -> int:
    """Steps that outweigh every difference of total scores of `n_most` pairs.

    Raises
    ------
    ScoreRangeError
        When the sum over all levels would leave 64-bit arithmetic.
    """
    fill = n_most * spread + 1
    if fill * (n_levels + 1) > MOST_WORTH:
        raise ScoreRangeError(
            f"scores spread over {spread} steps for {n_most} posts and {n_levels} priorities: "
            "exact arithmetic would overflow; divide the scores by a constant or use fewer priorities"
        )
    return fill


def _rows(problem: AssignmentProblem, pairs: tuple[Pair, ...]) -> IntArray:
    found = (problem.arc_of(pair) for pair in pairs)
    return np.array([row for row in found if row is not None], dtype=np.int64)


def _free_rows(problem: AssignmentProblem, locked: IntArray) -> IntArray:
    if not problem.locked and not problem.forbidden:
        return np.arange(problem.n_arcs)
    is_free = np.ones(problem.n_arcs, dtype=bool)
    taken = np.zeros(problem.n_people, dtype=bool)
    taken[problem.person[locked]] = True
    is_free &= ~taken[problem.person]
    is_free[_rows(problem, problem.forbidden)] = False
    return np.flatnonzero(is_free)


def chosen_mask(network: Network, chosen: IntArray) -> BoolArray:
    """True for the arcs in `chosen`; shape (n_arcs,)."""
    mask = np.zeros(len(network.post), dtype=bool)
    mask[chosen] = True
    return mask
