"""A finished run once more under other weights, from the facts it was computed with; nothing is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from django.core.cache import cache

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.assignment import AssignmentProblem
from secondment.algorithms.assignment.problem import Pair
from secondment.matching.models import MatchingRun
from secondment.matching.queries import Summary, summary_of
from secondment.matching.services.runs import solve_snapshot
from secondment.matching.side_rules.kinds import rule_values_of
from secondment.matching.side_rules.stated import StatedRule
from secondment.matching.snapshot import Snapshot, unpack

SECONDS_KEPT = 3600


@dataclass(frozen=True, eq=False)
class Placing:
    """One plan of the two: post by nomination in ids, and its figures under the run's weights and under those tried."""

    post_of: Mapping[int, int]
    score_of: Mapping[int, float]
    own: Summary
    tried: Summary


@dataclass(frozen=True, eq=False)
class Replay:
    """The plan of a run beside the best plan under other weights that is nearest to it; both without side rules.

    `is_nearest`: no plan that is equally good under the weights tried changes less. `broken`: side rules of the run
    that the plan under the weights tried does not keep.
    """

    before: Placing
    after: Placing
    n_places: int
    is_nearest: bool
    side_rules: Sequence[StatedRule]
    broken: Sequence[StatedRule]


def recent_replay(run: MatchingRun, weights: Mapping[str, int]) -> Replay:
    """The same, solved once for an hour of sorting, filtering and turning pages: neither run nor weights can change."""
    key = f"matching.replay.{run.pk}." + "-".join(str(weights[name]) for name in sorted(weights))
    replay: Replay | None = cache.get(key)
    if replay is None:
        replay = replay_run(run, weights)
        cache.set(key, replay, SECONDS_KEPT)
    return replay


def replay_run(run: MatchingRun, weights: Mapping[str, int]) -> Replay:
    """What this run would have proposed under these weights."""
    snapshot = unpack(run.snapshot)
    near = replace(snapshot, reference=_own_plan(run, snapshot))
    # runs of the time before neutral values left out what could not be judged, and so does their replay
    tried = near if near.neutral is None else near.with_neutral_values(weights)
    problem, solution = solve_snapshot(tried, weights, run.seed)
    own = snapshot.scores(snapshot.admissible, run.weights)
    plan = dict(solution.pairs)
    return Replay(
        _placing(snapshot, problem, near.reference, own),
        _placing(snapshot, problem, solution.pairs, own),
        int(problem.capacity.sum()),
        solution.is_nearest,
        snapshot.side_rules,
        [one for one in snapshot.side_rules if not all(value.is_kept for value in rule_values_of(one, plan))],
    )


def _own_plan(run: MatchingRun, snapshot: Snapshot) -> tuple[Pair, ...]:
    """The plan of the run; under side rules the best one without them, or their effect would pass for that of weights."""
    optimum = tuple((person, post) for person, post in run.report["optimum"])
    if not snapshot.side_rules:
        return optimum
    return tuple(solve_snapshot(replace(snapshot, reference=optimum), run.weights, run.seed)[1].pairs)


def _placing(
    snapshot: Snapshot, problem: AssignmentProblem, pairs: Sequence[Pair], own: FloatArray
) -> Placing:
    """The figures of a plan; `problem` is that of the weights tried, `own` are the scores of the run's."""
    rows = np.array([row for pair in pairs if (row := problem.arc_of(pair)) is not None], dtype=np.int64)
    components, tried = snapshot.admissible.components[rows], problem.score[rows].tolist()
    people = [snapshot.nominations[person] for person in problem.person[rows].tolist()]
    posts = [snapshot.posts[post] for post in problem.post[rows].tolist()]
    return Placing(
        dict(zip(people, posts, strict=True)),
        dict(zip(people, tried, strict=True)),
        summary_of(own[rows].tolist(), components),
        summary_of(tried, components),
    )
