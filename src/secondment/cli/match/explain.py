"""`secondment match --explain N`: prices, next candidates, why posts stay empty, what dropping a cap would free."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from secondment.algorithms.assignment import AssignmentProblem, AssignmentSolution, solve_assignment
from secondment.algorithms.assignment.problem import NO_GROUP, Pair
from secondment.algorithms.explanation import Explainer, Loss, PriceRange, Shortage, shortage_of
from secondment.cli.contract import ProgressCallback
from secondment.files.arcs import ArcTable


def explain(
    arcs: ArcTable,
    problem: AssignmentProblem,
    solution: AssignmentSolution,
    n_candidates: int,
    show: ProgressCallback,
) -> dict[str, object]:
    """All answers by name; each is exact, two shortest-path searches per post or cap."""
    explainer = Explainer(problem, solution.pairs)
    posts = []
    for post in range(problem.n_posts):
        posts.append(_post(arcs, explainer, post, n_candidates))
        show(0.5 + 0.4 * (post + 1) / problem.n_posts, "explaining")
    shortages = _shortages(problem, solution, explainer)
    tight = sorted({group for one in shortages.values() for group in one.tight_groups})
    return {
        "posts": posts,
        "caps": [_cap(arcs, problem, solution, explainer, group) for group in range(len(problem.cap))],
        "empty": [_empty(arcs, post, shortage) for post, shortage in shortages.items()],
        "relaxations": [_without_cap(arcs, problem, solution, group) for group in tight],
    }


def _post(arcs: ArcTable, explainer: Explainer, post: int, n_candidates: int) -> dict[str, object]:
    candidates = explainer.candidates(post, most=n_candidates) if n_candidates else ()
    return {
        "post": arcs.posts[post],
        **_prices(explainer.post_price(post)),
        "candidates": [
            {
                "person": arcs.people[one.person],
                "loss": _amount(one.change.loss),
                "added": _pairs(arcs, one.change.added),
                "removed": _pairs(arcs, one.change.removed),
            }
            for one in candidates
        ],
    }


def _cap(
    arcs: ArcTable, problem: AssignmentProblem, solution: AssignmentSolution, explainer: Explainer, group: int
) -> dict[str, object]:
    released = sum(int(problem.group[person]) == group for person, _post in solution.pairs)
    return {
        "person_group": arcs.groups[group],
        "cap": int(problem.cap[group]),
        "n_released": released,
        **_prices(explainer.cap_price(group)),
    }


def _shortages(
    problem: AssignmentProblem, solution: AssignmentSolution, explainer: Explainer
) -> dict[int, Shortage]:
    filled = np.bincount([post for _person, post in solution.pairs], minlength=problem.n_posts)
    found = {
        post: shortage_of(explainer, post) for post in np.flatnonzero(filled < problem.capacity).tolist()
    }
    return {post: shortage for post, shortage in found.items() if shortage is not None}


def _empty(arcs: ArcTable, post: int, shortage: Shortage) -> dict[str, object]:
    return {
        "post": arcs.posts[post],
        "posts": [arcs.posts[one] for one in shortage.posts],
        "people": [arcs.people[one] for one in shortage.people],
        "tight_caps": [arcs.groups[one] for one in shortage.tight_groups],
        "n_wanted": shortage.n_wanted,
        "n_available": shortage.n_available,
    }


def _without_cap(
    arcs: ArcTable, problem: AssignmentProblem, solution: AssignmentSolution, group: int
) -> dict[str, object]:
    better = solve_assignment(
        replace(problem, group=np.where(problem.group == group, NO_GROUP, problem.group))
    )
    return {
        "without_cap_of": arcs.groups[group],
        "more_places": better.n_assigned - solution.n_assigned,
        "more_score": round(better.total_score - solution.total_score, 9),
    }


def _prices(prices: PriceRange) -> dict[str, object]:
    """What one more gains and one fewer loses; the two differ where the optimum has several proofs."""
    gain = prices.one_more
    return {
        "one_more_gains": {"places": -gain.n_places + 0, "score": round(-gain.score, 9) + 0.0},
        "one_fewer_loses": None if prices.one_fewer is None else _amount(prices.one_fewer),
    }


def _amount(loss: Loss) -> dict[str, object]:
    return {"places": loss.n_places, "score": round(loss.score, 9) + 0.0}


def _pairs(arcs: ArcTable, pairs: Sequence[Pair]) -> list[dict[str, str]]:
    return [{"person": arcs.people[person], "post": arcs.posts[post]} for person, post in pairs]
