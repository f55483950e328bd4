"""Why a post stays empty, and which rule would fill it when relaxed."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.assignment.problem import NO_GROUP, AssignmentProblem
from secondment.algorithms.assignment.solve import AssignmentSolution, solve_assignment
from secondment.algorithms.explanation.questions import Explainer


@dataclass(frozen=True)
class Shortage:
    """A set of posts that want more people than they can reach (a violator of Hall's condition).

    `n_available` people at most can serve these posts: those of `people` outside the tight groups, and
    from each tight group as many as its cap releases. `n_wanted` is the number of places of the posts.
    Locked people and places are not counted.
    """

    posts: tuple[int, ...]
    people: tuple[int, ...]
    tight_groups: tuple[int, ...]
    n_wanted: int
    n_available: int


@dataclass(frozen=True, eq=False)
class RuledOut:
    """Pairs that one rule keeps out; arrays of shape (n_pairs,)."""

    person: IntArray
    post: IntArray
    score: FloatArray


@dataclass(frozen=True)
class Relaxation:
    """What dropping one rule would do."""

    rule: str
    n_more: int
    score_gained: float


def shortage_of(explainer: Explainer, post: int) -> Shortage | None:
    """The shortage that leaves a place of `post` empty; None when all its places are filled.

    From the empty place, all exchanges that keep every filled place filled are followed. No one they
    reach is free, so the posts reached want more people than there are. Posts of lower priority are
    never among them, as the empty post would have gone first.
    """
    residual = explainer.residual
    network = residual.network
    filled = np.bincount(network.post[residual.chosen], minlength=network.n_posts)
    if filled[post] >= network.slots[post]:
        return None
    reached = residual.reached_without_root(post)
    posts = reached[reached < residual.first_person]
    is_person = (reached >= residual.first_person) & (reached < residual.first_group)
    serving = network.person[residual.chosen[np.isin(network.post[residual.chosen], posts)]]
    people = np.union1d(reached[is_person] - residual.first_person, serving)
    groups = reached[reached >= residual.first_group] - residual.first_group
    is_loose = ~np.isin(network.group[people], groups) | (network.group[people] == NO_GROUP)
    return Shortage(
        tuple(posts.tolist()),
        tuple(people.tolist()),
        tuple(groups.tolist()),
        int(network.slots[posts].sum()),
        int(is_loose.sum() + network.cap[groups].sum()),
    )


def relaxations(
    problem: AssignmentProblem, solution: AssignmentSolution, ruled_out: Mapping[str, RuledOut]
) -> tuple[Relaxation, ...]:
    """Solve again with each rule dropped in turn; the rule that fills most posts first.

    A pair that two rules keep out stays out while only one of them is dropped: list it under neither.
    """
    found = [_relax(problem, solution, rule, pairs) for rule, pairs in ruled_out.items()]
    return tuple(sorted(found, key=lambda one: (-one.n_more, -one.score_gained, one.rule)))


def _relax(
    problem: AssignmentProblem, solution: AssignmentSolution, rule: str, pairs: RuledOut
) -> Relaxation:
    wider = AssignmentProblem.of(
        problem.n_people,
        problem.n_posts,
        np.concatenate([problem.person, pairs.person]),
        np.concatenate([problem.post, pairs.post]),
        np.concatenate([problem.score, pairs.score]),
        group=problem.group,
        cap=problem.cap,
        priority=problem.priority,
        capacity=problem.capacity,
        locked=problem.locked,
        forbidden=problem.forbidden,
    )
    better = solve_assignment(wider)
    return Relaxation(
        rule, better.n_assigned - solution.n_assigned, round(better.total_score - solution.total_score, 9)
    )
