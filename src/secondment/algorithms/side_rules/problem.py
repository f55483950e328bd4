"""The problem: people, posts, admissible pairs with a score, side rules, and goals in their order."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.side_rules.rows import RowBlock, Rule

# Beyond this, differences of 10⁻⁶ are lost in the solver's arithmetic.
LARGEST = 1e9


class BadProblemError(ValueError):
    """The problem contradicts itself; the message names the part and the remedy."""


@dataclass(frozen=True, eq=False)
class Goal:
    """Something to have much of: `value` (n_arcs,) is what each chosen pair adds to it."""

    name: str
    value: FloatArray


@dataclass(frozen=True, eq=False)
class SideRuleProblem:
    """Place people in posts so that every rule is kept and the goals are met in their order.

    Parameters
    ----------
    n_people, n_posts : int
    person, post : int arrays (n_arcs,), the admissible pairs; no pair twice.
    score : float array (n_arcs,), numbers within ±10⁹, higher is better.
    capacity : int array (n_posts,), places per post; one each when left out.
    rules : side rules; see the other modules of this package.
    further_goals : goals after *most places filled* and *highest total score*.
    tie_goals : goals in whole numbers that choose among plans equally good by all others; no part of the proof of those.

    Raises
    ------
    BadProblemError
        When an index, a length, a score or a capacity is impossible.
    """

    n_people: int
    n_posts: int
    person: IntArray
    post: IntArray
    score: FloatArray
    capacity: IntArray | None = None
    rules: Sequence[Rule] = ()
    further_goals: Sequence[Goal] = field(default=())
    tie_goals: Sequence[Goal] = field(default=())

    def __post_init__(self) -> None:
        """Refuse what would make the answer meaningless."""
        check_arcs(self)
        for rule in self.rules:
            rule.check(self.n_people, self.places)

    @property
    def n_arcs(self) -> int:
        """Number of admissible pairs."""
        return len(self.person)

    @cached_property
    def places(self) -> IntArray:
        """Places per post."""
        if self.capacity is None:
            return np.ones(self.n_posts, dtype=np.int64)
        return np.asarray(self.capacity, dtype=np.int64)

    @cached_property
    def goals(self) -> tuple[Goal, ...]:
        """All goals, most important first."""
        most = Goal("places filled", np.ones(self.n_arcs))
        return (most, Goal("total score", np.asarray(self.score, dtype=np.float64)), *self.further_goals)

    def blocks(self, *, full: bool) -> list[RowBlock]:
        """The linear rows of every rule; `full` states them for plans that fill every place."""
        rules = [rule.when_full(self.places) for rule in self.rules] if full else self.rules
        return [rule.rows(self.person, self.post) for rule in rules]


def check_arcs(problem: SideRuleProblem) -> None:
    """Raise `BadProblemError` for the first impossible part of the problem."""
    n_arcs = len(problem.person)
    for name, array in (("post", problem.post), ("score", problem.score)):
        _require(len(array) == n_arcs, f"`{name}` has {len(array)} entries, `person` has {n_arcs}")
    for goal in (*problem.further_goals, *problem.tie_goals):
        _require(
            len(goal.value) == n_arcs, f"goal “{goal.name}” has {len(goal.value)} values for {n_arcs} pairs"
        )
        _require(_is_usable(goal.value), f"goal “{goal.name}” must have numbers between -10⁹ and 10⁹")
    _require(_within(problem.person, problem.n_people), f"`person` must lie in 0 … {problem.n_people - 1}")
    _require(_within(problem.post, problem.n_posts), f"`post` must lie in 0 … {problem.n_posts - 1}")
    _require(_is_usable(problem.score), "`score` must be numbers between -10⁹ and 10⁹")
    keys = np.asarray(problem.person, dtype=np.int64) * problem.n_posts + problem.post
    _require(len(np.unique(keys)) == n_arcs, "a pair of person and post is given twice")
    _require(len(problem.places) == problem.n_posts, f"`capacity` must have {problem.n_posts} entries")
    _require(bool((problem.places >= 0).all()), "`capacity` must not be negative")


def _is_usable(value: FloatArray) -> bool:
    """Finite, and small enough for six decimals to count."""
    return bool((np.abs(value) <= LARGEST).all())


def _within(index: IntArray, size: int) -> bool:
    return len(index) == 0 or (int(index.min()) >= 0 and int(index.max()) < size)


def _require(condition: bool, message: str) -> None:  # noqa: FBT001 -- a condition and what its failure means
    if not condition:
        raise BadProblemError(message)
