"""Exact answers about an optimal plan: prices, what a pair would cost, who would be next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

import numpy as np

from secondment.algorithms.assignment.network import Reduced, reduce_problem
from secondment.algorithms.assignment.prices import prices_of
from secondment.algorithms.assignment.problem import NO_GROUP, AssignmentProblem, Pair
from secondment.algorithms.assignment.scaling import Scale
from secondment.algorithms.explanation.errors import ImpossibleChangeError
from secondment.algorithms.explanation.residual import Residual, steepen


@dataclass(frozen=True)
class Loss:
    """What a change costs: places no longer filled per priority (highest first), then score.

    Compared in this order, as plans are. Negative entries are gains.
    """

    places: tuple[int, ...]
    score: float

    def __lt__(self, other: "Loss") -> bool:
        return (self.places, self.score) < (other.places, other.score)

    @property
    def n_places(self) -> int:
        """Places lost over all priorities."""
        return sum(self.places)


@dataclass(frozen=True)
class Change:
    """The best plan under a changed requirement, given as its difference from the current plan."""

    loss: Loss
    added: tuple[Pair, ...]
    removed: tuple[Pair, ...]


@dataclass(frozen=True)
class PriceRange:
    """What one place more would gain (as a negative loss) and what one place fewer would cost.

    Both ends are proven prices; they differ where the optimum has several proofs (dual degeneracy).
    `one_fewer` is None if there is no place to remove.
    """

    one_more: Loss
    one_fewer: Loss | None


@dataclass(frozen=True, eq=False)
class Placing:
    """A person who could hold a post; `worth` orders the answers to one question: value given up, then moves."""

    person: int
    post: int
    worth: float
    find: Callable[[], Change] = field(repr=False)

    @cached_property
    def change(self) -> Change:
        """What it would take."""
        return self.find()


class Explainer:
    """Answers questions about the optimal plan `pairs`; each costs one or two shortest-path searches.

    Locked pairs are out of the discussion: their people and places are not moved.

    Raises
    ------
    NotOptimalError
        When `pairs` is not optimal.
    ScoreRangeError
        When scores spread too widely for exact answers.
    """

    def __init__(self, problem: AssignmentProblem, pairs: Sequence[Pair]) -> None:
        self.problem = problem
        self.reduced: Reduced = reduce_problem(problem)
        network = steepen(self.reduced.network)
        rows = np.array([problem.arc_of(pair) for pair in pairs], dtype=np.int64)
        free = np.setdiff1d(rows, self.reduced.locked_rows)
        chosen = np.searchsorted(self.reduced.rows, free)
        self.residual = Residual(network, chosen, prices_of(network, chosen))

    def force(self, pair: Pair) -> Change:
        """Best plan that contains `pair`, which is admissible and not in the plan.

        Raises
        ------
        ImpossibleChangeError
            When no plan contains it.
        """
        self._check_pair(pair, chosen=False)
        start, end = self._person(pair[0]), pair[1]
        steps = self.residual.path_between(start, end)
        if steps is None:
            raise ImpossibleChangeError(f"no plan under the rules has person {pair[0]} in post {pair[1]}")
        return self._change([(end, start), *steps])

    def forbid(self, pair: Pair) -> Change:
        """Best plan without `pair`, which is in the plan and not locked."""
        self._check_pair(pair, chosen=True)
        start, end = pair[1], self._person(pair[0])
        return self._change([(end, start), *self.residual.paths_from(start).steps_to(end, start)])

    def withdraw(self, person: int) -> Change:
        """Best plan when `person`, who is in the plan and not locked, is not available at all."""
        if not np.any(self.residual.network.person[self.residual.chosen] == person):
            raise ImpossibleChangeError(f"person {person} is not in the plan or is locked")
        group = int(self.problem.group[person])
        start = self._person(person)
        end = self.residual.root if group == NO_GROUP else self.residual.first_group + group
        return self._change(self.residual.paths_from(start).steps_to(end, start))

    def candidates(self, post: int, *, most: int | None = 2) -> tuple[Placing, ...]:
        """The `most` people not in `post` whose placing there costs least (all if None), cheapest first."""
        reach = self.residual.paths_to(post)
        rows = np.arange(*np.searchsorted(self.residual.network.post, [post, post + 1]))
        rows = np.setdiff1d(rows, self.residual.chosen)
        people = self.residual.network.person[rows]
        loss = self.residual.length(rows) + reach.loss[self._person(0) + people]
        order = np.lexsort((people, loss))
        return tuple(
            Placing(person, post, cost, partial(self._placed, person, post, reach.steps_back))
            for person, cost in zip(people[order].tolist()[:most], loss[order].tolist(), strict=False)
            if np.isfinite(cost)
        )

    def placings(self, person: int) -> tuple[Placing, ...]:
        """Each post that the rules allow `person` and they do not have, cheapest first."""
        network = self.residual.network
        reach = self.residual.paths_from(self._person(person))
        rows = np.setdiff1d(np.flatnonzero(network.person == person), self.residual.chosen)
        posts = network.post[rows]
        loss = self.residual.length(rows) + reach.loss[posts]
        order = np.lexsort((posts, loss))
        return tuple(
            Placing(person, post, cost, partial(self._placed, person, post, reach.steps_on))
            for post, cost in zip(posts[order].tolist(), loss[order].tolist(), strict=True)
            if np.isfinite(cost)
        )

    def cheapest_placing(self, person: int) -> Change:
        """Best plan that gives `person`, who is not in the plan, any post.

        Raises
        ------
        ImpossibleChangeError
            When the rules leave the person no post.
        """
        network = self.residual.network
        rows = np.flatnonzero(network.person == person)
        reach = self.residual.paths_from(self._person(person))
        loss = self.residual.length(rows) + reach.loss[network.post[rows]]
        if not len(rows) or not np.isfinite(loss.min()):
            raise ImpossibleChangeError(f"the rules leave person {person} no post")
        return self.force((person, int(network.post[rows[np.argmin(loss)]])))

    def post_price(self, post: int) -> PriceRange:
        """What a place more or fewer at `post` is worth."""
        return PriceRange(
            self._best_exchange(post, self.residual.root), self._exchange(self.residual.root, post)
        )

    def cap_price(self, group: int) -> PriceRange:
        """What releasing one person more or fewer from `group` is worth."""
        root, node = self.residual.root, self.residual.first_group + group
        return PriceRange(self._best_exchange(root, node), self._exchange(node, root))

    def _best_exchange(self, start: int, end: int) -> Loss:
        """As `_exchange`, but the new place may also stay unused."""
        nothing = self._change([]).loss
        return min(self._exchange(start, end) or nothing, nothing)

    def _exchange(self, start: int, end: int) -> Loss | None:
        reach = self.residual.paths_from(start)
        return self._change(reach.steps_to(end, start)).loss if np.isfinite(reach.loss[end]) else None

    def _placed(self, person: int, post: int, path: Callable[[int, int], list[tuple[int, int]]]) -> Change:
        start = self._person(person)
        return self._change([(post, start), *path(start, post)])

    def _person(self, person: int) -> int:
        return self.residual.first_person + person

    def _check_pair(self, pair: Pair, *, chosen: bool) -> None:
        row = self.problem.arc_of(pair)
        place = int(np.searchsorted(self.reduced.rows, -1 if row is None else row))
        if row is None or place == len(self.reduced.rows) or self.reduced.rows[place] != row:
            raise ImpossibleChangeError(
                f"person {pair[0]} and post {pair[1]} are not admissible, or decided by a lock"
            )
        if (place in self.residual.chosen) is not chosen:
            state = "not in" if chosen else "already in"
            raise ImpossibleChangeError(f"person {pair[0]} and post {pair[1]} are {state} the plan")

    def _change(self, steps: list[tuple[int, int]]) -> Change:
        first, last = self.residual.first_person, self.residual.first_group
        added = [(head - first, tail) for tail, head in steps if tail < first <= head < last]
        removed = [(tail - first, head) for tail, head in steps if head < first <= tail < last]
        return Change(
            loss_between(self.problem, removed, added, self.reduced.scale), tuple(added), tuple(removed)
        )


def loss_between(
    problem: AssignmentProblem, removed: Sequence[Pair], added: Sequence[Pair], scale: Scale
) -> Loss:
    """What is lost when the pairs `removed` make room for the pairs `added`."""
    places = np.zeros(int(problem.level.max(initial=-1)) + 1, dtype=np.int64)
    steps = 0
    for pairs, sign in ((removed, 1), (added, -1)):
        rows = np.array([problem.arc_of(pair) for pair in pairs], dtype=np.int64)
        places += sign * np.bincount(problem.level[problem.post[rows]], minlength=len(places))
        steps += sign * int(scale.integers(problem.score[rows]).sum())
    return Loss(tuple(places.tolist()), steps / scale.unit)
