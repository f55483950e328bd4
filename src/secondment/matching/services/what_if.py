"""Exact answers about a proposal as it now stands: what it takes to bring somebody to a post, or away from it.

What was decided by hand stays: locked and manual pairs, people taken out, pairs ruled out. Everybody else moves as
needed. Side rules are not looked at here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from secondment.algorithms.arrays import BoolArray
from secondment.algorithms.assignment import NotOptimalError, solve_assignment
from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.explanation import (
    Chain,
    Change,
    Explainer,
    ImpossibleChangeError,
    Loss,
    Placing,
    chains_of,
)
from secondment.matching.services.plans import ProposalPlan

NOTHING = Change(Loss((), 0.0), (), ())


@dataclass(frozen=True)
class Answer:
    """The best plan with (or without) a pair, told from the plan as it stands; people and posts are rows.

    `chain` is what the pair asks for; `others` is what is gained besides when everybody else is arranged anew
    (nothing unless the plan was changed by hand).
    """

    pair: Pair
    score: float
    chain: Chain
    others: tuple[Chain, ...]

    @property
    def loss(self) -> float:
        """Score lost altogether."""
        return round(sum(one.loss.score for one in self._chains), 6) + 0.0

    @property
    def n_places(self) -> int:
        """Places lost altogether."""
        return sum(one.loss.n_places for one in self._chains)

    @property
    def is_tie(self) -> bool:
        """Whether the plan would be as good: the same places of every priority and the same score."""
        places = np.sum([one.loss.places for one in self._chains], axis=0)
        return self.loss == 0 and not places.any()

    @property
    def _chains(self) -> tuple[Chain, ...]:
        return (self.chain, *self.others)


@dataclass(frozen=True)
class KeptOut:
    """Why nobody else may hold a post: rule → people whom it keeps out; `n_several` for more than one rule at once."""

    rules: tuple[tuple[str, int], ...]
    n_several: int


class WhatIf:
    """Questions about one post, one person, or both of a pair; what was decided by hand about these is open."""

    def __init__(self, plan: ProposalPlan, *, person: int | None = None, post: int | None = None) -> None:
        self.plan, self.person, self.post = plan, person, post
        self.standing = frozenset(map(plan.indices, plan.post_of.items()))
        self.fixed = frozenset(self._fixed())
        self.problem = replace(
            plan.problem, locked=_ordered(self.fixed), forbidden=_ordered(self._ruled_out() - self.standing)
        )
        self.best = self.standing
        self.explainer = self._explainer()

    @cached_property
    def placings(self) -> tuple[Placing, ...]:
        """Everybody else for the post, or every other post for the person, the cheapest first."""
        if self.post is not None:
            found = self.explainer.candidates(self.post, most=None)
        else:
            found = self.explainer.placings(-1 if self.person is None else self.person)
        return (*self._already_best(), *(one for one in found if (one.person, one.post) not in self.standing))

    def _already_best(self) -> Iterator[Placing]:
        """Pairs asked about that the best plan has and the plan as it stands has not."""
        for person, post in sorted(self.best - self.standing):
            if post == self.post or (self.post is None and person == self.person):
                yield Placing(person, post, 0.0, lambda: NOTHING)

    def with_pair(self, pair: Pair) -> Answer | None:
        """What it takes to have the pair in the plan; None when what stays leaves no such plan."""
        try:
            return self._answer(pair, NOTHING if pair in self.best else self.explainer.force(pair))
        except ImpossibleChangeError:
            return None

    def without_pair(self, pair: Pair) -> Answer:
        """What it takes to do without a pair of the plan."""
        return self._answer(pair, self.explainer.forbid(pair) if pair in self.best else NOTHING)

    def told(self, placing: Placing) -> Answer:
        """One of the placings as an answer."""
        return self._answer((placing.person, placing.post), placing.change)

    @cached_property
    def anew(self) -> tuple[Chain, ...]:
        """What is gained when everybody whom nothing by hand concerns is arranged anew."""
        return tuple(filter(_counts, self._chains(self.best, None)))

    def _answer(self, pair: Pair, change: Change) -> Answer:
        plan = self.best - set(change.removed) | set(change.added)
        first, *others = self._chains(plan, pair)
        score = self.plan.score_of(self.plan.ids(pair))
        return Answer(pair, score, first, tuple(filter(_counts, others)))

    def _chains(self, plan: frozenset[Pair], first: Pair | None) -> tuple[Chain, ...]:
        return chains_of(
            self.plan.problem,
            self.standing,
            tuple(self.standing - plan),
            tuple(plan - self.standing),
            first=first,
            scale=self.explainer.reduced.scale,
        )

    def _explainer(self) -> Explainer:
        try:
            return Explainer(self.problem, _ordered(self.standing))
        except NotOptimalError:
            pairs = solve_assignment(self.problem).pairs
            self.best = frozenset(pairs)
            return Explainer(self.problem, pairs)

    def _fixed(self) -> Iterator[Pair]:
        for pair in self.plan.by_hand:
            person, post = self.plan.indices(pair)
            if person != self.person and post != self.post:
                yield person, post

    def _ruled_out(self) -> set[Pair]:
        """Pairs ruled out by hand and all pairs of people who are out; somebody taken out may be asked about."""
        person, post = self.plan.problem.person, self.plan.problem.post
        is_asked = (person == self.person) | (post == self.post)
        is_out = (self._marked(self.plan.taken_out)[person] & ~is_asked) | self._marked(self.plan.withdrawn)[
            person
        ]
        pairs = set(zip(person[is_out].tolist(), post[is_out].tolist(), strict=True))
        return pairs | set(filter(None, map(self.plan.known_indices, self.plan.forbidden)))

    def _marked(self, nominations: Iterable[int]) -> BoolArray:
        known = self.plan.snapshot.person_of
        mask = np.zeros(self.plan.problem.n_people, dtype=bool)
        mask[[known[one] for one in nominations if one in known]] = True
        return mask


def kept_out(plan: ProposalPlan, post: int) -> KeptOut:
    """Who may not hold the post, by the rule that keeps them out."""
    snapshot = plan.snapshot
    rules: dict[str, int] = {}
    alone = set()
    for rule, pairs in snapshot.ruled_out.items():
        people = pairs.person[pairs.post == post].tolist()
        alone.update(people)
        if people:
            rules[rule] = len(people)
    admissible = snapshot.admissible.person[snapshot.admissible.post == post]
    n_several = len(snapshot.nominations) - len(admissible) - len(alone)
    return KeptOut(tuple(sorted(rules.items(), key=lambda one: (-one[1], one[0]))), n_several)


def _counts(chain: Chain) -> bool:
    return bool(chain.loss.score or any(chain.loss.places))


def _ordered(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: pair[::-1]))
