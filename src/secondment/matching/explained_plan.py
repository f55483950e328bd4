"""What holds of every plan, with and without side rules: who holds which post, and why the others have none."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.assignment import NO_GROUP, AssignmentProblem
from secondment.algorithms.assignment.problem import Pair
from secondment.matching.snapshot import Snapshot


@dataclass(frozen=True)
class Unplacing:
    """Why a person has no post: what kind of reason, and its particulars.

    kind: "rules" (kept out as a person), "no_post" (no admissible post), "cap" (home unit has released
    its most), "outscored" (others fit better), "impossible" (locks and caps leave no room); under side
    rules "full" (home unit has released its most) and "side_rules" (the best plan found has no room).
    """

    kind: str
    rules: tuple[str, ...] = ()
    post: int | None = None
    loss: float = 0.0
    n_places: int = 0


class ExplainedPlan(ABC):
    """A plan in row numbers of its snapshot, looked at from people and from posts."""

    def __init__(self, snapshot: Snapshot, problem: AssignmentProblem, pairs: Sequence[Pair]) -> None:
        self.snapshot, self.problem = snapshot, problem
        self.post_of = dict(pairs)
        self.people_of: dict[int, list[int]] = {}
        for person, post in pairs:
            self.people_of.setdefault(post, []).append(person)
        released = problem.group[list(self.post_of)] if self.post_of else np.zeros(0, dtype=np.int64)
        self.n_released = np.bincount(released[released != NO_GROUP], minlength=len(problem.cap))

    def unplaced(self) -> Iterator[tuple[int, Unplacing]]:
        """Everyone without a post, and why."""
        has_post = np.zeros(self.problem.n_people, dtype=bool)
        has_post[self.problem.person] = True
        for person in range(self.problem.n_people):
            if person not in self.post_of:
                yield person, self._unplacing(person, has_post=bool(has_post[person]))

    def _unplacing(self, person: int, *, has_post: bool) -> Unplacing:
        if person in self.snapshot.blocked_by:
            return Unplacing("rules", self.snapshot.blocked_by[person])
        if not has_post:
            against = [rule for rule, pairs in self.snapshot.ruled_out.items() if person in pairs.person]
            return Unplacing("no_post", tuple(against))
        group = int(self.problem.group[person])
        is_released = group != NO_GROUP and self.n_released[group] >= self.problem.cap[group]
        return self._left_over(person, is_released=bool(is_released))

    @abstractmethod
    def _left_over(self, person: int, *, is_released: bool) -> Unplacing:
        """Why somebody with admissible posts has none; `is_released` when the home unit has released its most."""
