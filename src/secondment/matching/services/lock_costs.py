"""What each lock and prohibition costs a run: the best plan without it, less the plan with it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from secondment.algorithms.assignment import AssignmentProblem, AssignmentSolution, solve_assignment
from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.side_rules.solution import Status
from secondment.common.sentences import say
from secondment.matching.models import Lock
from secondment.matching.services.finding import RunResult
from secondment.matching.side_rules import solving
from secondment.matching.side_rules.solving import SideRulePlan, solve_with_rules
from secondment.matching.snapshot import Snapshot

DIGITS = 6


def lock_costs(found: RunResult, report: Callable[[str], None]) -> list[dict[str, Any]]:
    """One entry a lock, in the order they were set: the pair, who, when, why, and what the plan loses by it.

    Under side rules a cost is as proven as both plans are.
    """
    entries: list[dict[str, Any]] = []
    for lock, pair in _locks(found.snapshot, found.problem):
        report(say("比较锁定与排除的影响（第 %(number)d 项）", number=len(entries) + 1))
        without = replace(
            found.problem,
            locked=tuple(one for one in found.problem.locked if one != pair),
            forbidden=tuple(one for one in found.problem.forbidden if one != pair),
        )
        entries.append(_entry(lock) | _loss(found, without))
    return entries


def _loss(found: RunResult, without: AssignmentProblem) -> dict[str, Any]:
    """What the run's plan loses against the best one without the lock; negative numbers are losses."""
    free = solve_assignment(without)
    if not isinstance(found.solution, SideRulePlan):
        return _difference(found, free, is_proven=True)
    rules = found.snapshot.side_rules
    status, looser = solve_with_rules(without, rules, free, seconds=solving.SECONDS_PER_RULE)
    if looser is None:
        return {"places": 0, "score": None, "is_proven": False}
    return _difference(found, looser, is_proven=status is found.solution.status is Status.OPTIMAL)


def _difference(
    found: RunResult, looser: AssignmentSolution | SideRulePlan, *, is_proven: bool
) -> dict[str, Any]:
    return {
        "places": found.solution.n_assigned - looser.n_assigned,
        "score": round(found.solution.total_score - looser.total_score, DIGITS) + 0.0,
        "is_proven": is_proven,
    }


def _entry(lock: Lock) -> dict[str, Any]:
    return {
        "pair": [lock.nomination_id, lock.campaign_post_id],
        "kind": lock.kind,
        "by": lock.by_id,
        "at": lock.at.isoformat() if lock.at else "",
        "reason": lock.reason,
    }


def _locks(snapshot: Snapshot, problem: AssignmentProblem) -> Iterator[tuple[Lock, Pair]]:
    """Locks that the run has kept, with their pairs in rows; those whose pair was not admissible anyhow cost nothing."""
    kept = {*problem.locked, *problem.forbidden}
    for lock in Lock.objects.filter(nomination__in=snapshot.nominations).order_by("pk"):
        if lock.campaign_post_id in snapshot.post_of:
            pair = (snapshot.person_of[lock.nomination_id], snapshot.post_of[lock.campaign_post_id])
            if pair in kept:
                yield lock, pair
