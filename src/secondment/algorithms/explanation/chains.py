"""A change of plan told post by post: who leaves, who comes, and what each exchange gains or costs."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

import numpy as np

from secondment.algorithms.assignment.problem import NO_GROUP, AssignmentProblem, Pair
from secondment.algorithms.assignment.scaling import Scale, scale_of
from secondment.algorithms.explanation.questions import Loss, loss_between


@dataclass(frozen=True)
class Step:
    """One place of a post changes hands; None where the place was, or stays, empty. `gain` is the change of score."""

    post: int
    leaver: int | None
    comer: int | None
    gain: float


@dataclass(frozen=True)
class Chain:
    """Steps that hang together: whoever comes in one step leaves in the next, until nobody is missing.

    `room_for` says who without a post gets one only because somebody of the same full group gives one up:
    person who stays at home → person who goes instead.
    """

    steps: tuple[Step, ...]
    loss: Loss
    room_for: tuple[Pair, ...]

    @property
    def without_post(self) -> tuple[int, ...]:
        """People who had a post before and have none afterwards."""
        coming = {one.comer for one in self.steps}
        return tuple(one.leaver for one in self.steps if one.leaver is not None and one.leaver not in coming)


def chains_of(
    problem: AssignmentProblem,
    before: Iterable[Pair],
    removed: Sequence[Pair],
    added: Sequence[Pair],
    *,
    first: Pair | None = None,
    scale: Scale | None = None,
) -> tuple[Chain, ...]:
    """The difference between two plans as chains that can each be carried out without the others.

    `before` is the plan from which the pairs `removed` are taken; the chain with the pair `first` is told first,
    from that pair on: then the post its person leaves, and so on; last, where the person goes who gives way.
    """
    told = _Telling(problem, before, _steps(problem, removed, added), scale or scale_of(problem.score))
    return tuple(told.chain(start) for start in told.starts(first))


class _Telling:
    """Steps of a difference, and how each leads to the next."""

    def __init__(
        self, problem: AssignmentProblem, before: Iterable[Pair], steps: Sequence[Step], scale: Scale
    ) -> None:
        self.problem, self.steps, self.scale = problem, steps, scale
        self.left = {one.leaver: one for one in self.steps if one.leaver is not None}
        self.came = {one.comer: one for one in self.steps if one.comer is not None}
        self.room_for = self._room(before)
        self.room_of = {comer: leaver for leaver, comer in self.room_for.items()}
        self.told: set[Step] = set()

    def starts(self, first: Pair | None) -> Iterable[Step]:
        """A step of each chain not told yet."""
        ordered = sorted(self.steps, key=lambda one: first not in _pairs_of(one))
        return (one for one in ordered if one not in self.told)

    def chain(self, start: Step) -> Chain:
        """Everything that hangs on a step: onward along the posts left, then back along the people who give way."""
        steps = [start, *self._walk(start, self._onward), *self._walk(start, self._back)]
        removed = [(one.leaver, one.post) for one in steps if one.leaver is not None]
        added = [(one.comer, one.post) for one in steps if one.comer is not None]
        people = {person for person, _post in removed}
        return Chain(
            tuple(steps),
            loss_between(self.problem, removed, added, self.scale),
            tuple((leaver, comer) for leaver, comer in self.room_for.items() if leaver in people),
        )

    def _walk(self, start: Step, onward: Callable[[Step], Step | None]) -> Iterable[Step]:
        self.told.add(start)
        step = onward(start)
        while step is not None and step not in self.told:
            self.told.add(step)
            yield step
            step = onward(step)

    def _onward(self, step: Step) -> Step | None:
        """The step that starts with the place the comer gives up, or with whom the comer's group keeps at home."""
        if step.comer is None:
            return None
        return self.left.get(self.room_of.get(step.comer, step.comer))

    def _back(self, step: Step) -> Step | None:
        if step.leaver is None:
            return None
        return self.came.get(self.room_for.get(step.leaver, step.leaver))

    def _room(self, before: Iterable[Pair]) -> dict[int, int]:
        """Who stays at home so that somebody else of the same full group can go."""
        group = self.problem.group
        released = group[[person for person, _post in before]]
        n_released = np.bincount(released[released != NO_GROUP], minlength=len(self.problem.cap))
        is_full = n_released >= self.problem.cap
        staying: dict[int, list[int]] = defaultdict(list)
        going: dict[int, list[int]] = defaultdict(list)
        for people, others, found in ((self.left, self.came, staying), (self.came, self.left, going)):
            for person in sorted(set(people) - set(others)):
                if group[person] != NO_GROUP and is_full[group[person]]:
                    found[int(group[person])].append(person)
        return {
            leaver: comer
            for key, leavers in staying.items()
            for leaver, comer in zip(leavers, going[key], strict=False)
        }


def _steps(problem: AssignmentProblem, removed: Sequence[Pair], added: Sequence[Pair]) -> list[Step]:
    leaving: dict[int, list[int]] = defaultdict(list)
    coming: dict[int, list[int]] = defaultdict(list)
    for pairs, found in ((removed, leaving), (added, coming)):
        for person, post in sorted(pairs):
            found[post].append(person)
    return [
        Step(post, leaver, comer, _score(problem, comer, post) - _score(problem, leaver, post))
        for post in sorted({*leaving, *coming})
        for leaver, comer in zip_longest(leaving[post], coming[post])
    ]


def _score(problem: AssignmentProblem, person: int | None, post: int) -> float:
    row = None if person is None else problem.arc_of((person, post))
    return 0.0 if row is None else float(problem.score[row])


def _pairs_of(step: Step) -> tuple[tuple[int | None, int], ...]:
    return (step.leaver, step.post), (step.comer, step.post)
