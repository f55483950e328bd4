"""`secondment match --stable`: plans by two-sided preferences, and the pairs that would rather have each other."""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.assignment import AssignmentProblem, solve_assignment
from secondment.algorithms.interruption import Interruption
from secondment.algorithms.stable_matching.deferred_acceptance import (
    Preferences,
    Side,
    blocking_pairs,
    deferred_acceptance,
)
from secondment.algorithms.stable_matching.largest import (
    StableStatus,
    largest_stable_plan,
)
from secondment.cli.contract import ExitCode, check_ending, print_summary, progress_bar, write_json
from secondment.cli.stopping import interruptible
from secondment.files.arcs import ArcTable, read_arcs
from secondment.files.problems import BadInputError
from secondment.files.ranks import NOT_RANKED, read_ranks

PLANS = ("people", "posts", "largest", "score")
DEFAULT_EFFORT = 30.0


@dataclass(frozen=True, eq=False)
class _StableResult:
    """Chosen pairs, a status, and the most people that a plan of this kind places (None: not proven)."""

    status: str
    chosen: IntArray
    most: int | None


def add_stable_arguments(parser: argparse.ArgumentParser) -> None:
    """`--stable` and the ranks of both sides."""
    parser.add_argument(
        "--stable",
        choices=PLANS,
        help="stable plan best for people or for posts, the largest one, or the plan of best score for comparison",
    )
    for side, whom in (("person", "each person ranks posts"), ("post", "each post ranks people")):
        parser.add_argument(
            f"--{side}-ranks",
            type=Path,
            metavar="RANKS",
            help=f"CSV or .xlsx: 人员,岗位,排序 or person,post,rank — how {whom}, 1 the best; without it the scores rank",
        )


def run_stable(arguments: argparse.Namespace) -> ExitCode:
    """Match by both sides' ranks, and write the plan with every blocking pair."""
    check_ending(arguments.out, [".json"])
    show = progress_bar(quiet=arguments.quiet)
    show(0.0, "reading")
    arcs = read_arcs(arguments.arcs, with_groups=False)
    person_rank = _ranks(arguments.person_ranks, arcs, arcs.person)
    post_rank = _ranks(arguments.post_ranks, arcs, arcs.post)
    kept = np.flatnonzero((person_rank != NOT_RANKED) & (post_rank != NOT_RANKED))
    kept = kept[np.lexsort((arcs.person[kept], arcs.post[kept]))]
    preferences = Preferences(
        len(arcs.people),
        len(arcs.posts),
        arcs.person[kept],
        arcs.post[kept],
        person_rank[kept],
        post_rank[kept],
    )
    with interruptible(
        show, "matching", share=0.3, limit=arguments.seconds or DEFAULT_EFFORT
    ) as interruption:
        plan = _plan(arguments, preferences, arcs.score[kept], interruption)
    result = _result(arcs, preferences, kept, plan)
    show(0.9, "writing")
    write_json(arguments.out, result)
    show(1.0, "done")
    n_blocking = len(blocking_pairs(preferences, plan.chosen))
    n_refused = len(arcs.person) - len(kept)
    print_summary(
        f"{len(plan.chosen)} people placed, {n_blocking} blocking pairs, {n_refused} pairs that one side does not rank; "
        f"written to {arguments.out}",
        quiet=arguments.quiet,
    )
    is_short = plan.status == StableStatus.AT_LEAST_TWO_THIRDS.value
    return ExitCode.STOPPED_AT_LIMIT if is_short else ExitCode.DONE


def _ranks(path: Path | None, arcs: ArcTable, owner: IntArray) -> IntArray:
    """Ranks from the file, else from the scores: the highest is 1, equal scores are ties."""
    if path is not None:
        return read_ranks(path, arcs)
    order = np.lexsort((-arcs.score, owner))
    of, score = owner[order], arcs.score[order]
    is_new_owner = np.append(True, of[1:] != of[:-1])
    is_step = is_new_owner | np.append(True, score[1:] != score[:-1])
    steps = np.cumsum(is_step)
    before = np.maximum.accumulate(np.where(is_new_owner, steps - 1, 0))
    ranks = np.empty(len(order), dtype=np.int64)
    ranks[order] = steps - before
    return ranks


def _plan(
    arguments: argparse.Namespace,
    preferences: Preferences,
    score: FloatArray,
    interruption: Interruption,
) -> _StableResult:
    if arguments.stable == "largest":
        found = largest_stable_plan(
            preferences, effort=arguments.seconds or DEFAULT_EFFORT, interruption=interruption
        )
        return _StableResult(found.status.value, found.chosen, found.bound)
    if arguments.stable == "score":
        problem = AssignmentProblem.of(
            preferences.n_people, preferences.n_posts, preferences.person, preferences.post, score
        )
        solution = solve_assignment(problem)
        rows = [problem.arc_of(pair) for pair in solution.pairs]
        chosen = np.sort(np.array(rows, dtype=np.int64))
        return _StableResult("best_score", chosen, solution.n_assigned)
    return _StableResult("stable", deferred_acceptance(preferences, Side(arguments.stable)), None)


def _result(
    arcs: ArcTable, preferences: Preferences, kept: IntArray, plan: _StableResult
) -> dict[str, object]:
    score = arcs.score[kept]

    def pairs(rows: IntArray) -> list[dict[str, object]]:
        return [
            {
                "person": arcs.people[preferences.person[row]],
                "post": arcs.posts[preferences.post[row]],
                "score": float(score[row]),
                "person_rank": int(preferences.person_rank[row]),
                "post_rank": int(preferences.post_rank[row]),
            }
            for row in rows.tolist()
        ]

    return {
        "status": plan.status,
        "n_assigned": len(plan.chosen),
        "total_score": round(float(score[plan.chosen].sum()), 9),
        "bound": plan.most,
        "gap": None if plan.most is None else plan.most - len(plan.chosen),
        "n_refused": len(arcs.person) - len(kept),
        "pairs": pairs(plan.chosen),
        "blocking_pairs": pairs(blocking_pairs(preferences, plan.chosen)),
    }


def check_stable_arguments(arguments: argparse.Namespace) -> None:
    """Ranks go with `--stable`, which goes with pairs alone."""
    if arguments.stable is None:
        for name in ("person_ranks", "post_ranks"):
            if getattr(arguments, name) is not None:
                raise BadInputError.of_file(
                    f"--{name.replace('_', '-')}", "goes with --stable only", "drop it, or give --stable"
                )
        return
    for name in ("caps", "people", "rules", "explain"):
        if getattr(arguments, name) is not None:
            raise BadInputError.of_file(f"--{name}", "does not go with --stable", "drop one of the two")
