"""The next best plans, each with what it loses against the best."""

import heapq
from dataclasses import dataclass, field, replace

from secondment.algorithms.assignment.problem import AssignmentProblem, Pair
from secondment.algorithms.assignment.solve import AssignmentSolution
from secondment.algorithms.explanation.questions import Change, Explainer, Loss, loss_between


@dataclass(frozen=True)
class Alternative:
    """A complete plan and its loss against the best plan."""

    pairs: tuple[Pair, ...]
    loss: Loss


@dataclass(order=True)
class _Branch:
    """Plans that obey `problem`; its best plan is known and `second` is the best of the others."""

    loss: Loss
    number: int
    problem: AssignmentProblem = field(compare=False)
    first: tuple[Pair, ...] = field(compare=False)
    second: tuple[Pair, ...] = field(compare=False)
    dropped: Pair = field(compare=False)


def best_alternatives(
    problem: AssignmentProblem, solution: AssignmentSolution, *, most: int
) -> tuple[Alternative, ...]:
    """The `most` best plans after `solution`, best first; fewer when there are no more.

    A plan is another one when a pair of the better plan is missing from it. Binary partition: the best
    plan without some pair e of the incumbent is found for every e by one shortest path each; the
    branch then splits into plans without e and plans with e. Each alternative costs two branches.

    References
    ----------
    Murty (1968), Operations Research 16; Hamacher and Queyranne (1985), Annals of OR 4.
    """
    number = iter(range(2 * most + 2))
    heap = [
        branch for branch in [_branch(problem, solution, problem, solution.pairs, next(number))] if branch
    ]
    found: list[Alternative] = []
    while heap and len(found) < most:
        best = heapq.heappop(heap)
        found.append(Alternative(best.second, best.loss))
        without = replace(best.problem, forbidden=(*best.problem.forbidden, best.dropped))
        having = replace(best.problem, locked=(*best.problem.locked, best.dropped))
        for part, pairs in ((without, best.second), (having, best.first)):
            branch = _branch(problem, solution, part, pairs, next(number))
            if branch:
                heapq.heappush(heap, branch)
    return tuple(found)


def _branch(
    problem: AssignmentProblem,
    solution: AssignmentSolution,
    part: AssignmentProblem,
    first: tuple[Pair, ...],
    number: int,
) -> _Branch | None:
    """The branch `part`, None when its best plan is its only one."""
    explainer = Explainer(part, first)
    free = sorted(set(first) - set(part.locked))
    if not free:
        return None
    changes = [(explainer.forbid(pair), pair) for pair in free]
    change, dropped = min(changes, key=lambda one: (one[0].loss.places, one[0].loss.score))
    second = _apply(first, change)
    gone, new = sorted(set(solution.pairs) - set(second)), sorted(set(second) - set(solution.pairs))
    return _Branch(
        loss_between(problem, gone, new, explainer.reduced.scale), number, part, first, second, dropped
    )


def _apply(pairs: tuple[Pair, ...], change: Change) -> tuple[Pair, ...]:
    return tuple(sorted((set(pairs) - set(change.removed)) | set(change.added), key=lambda pair: pair[::-1]))
