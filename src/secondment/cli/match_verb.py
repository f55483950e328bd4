"""`secondment match`: admissible pairs and caps in, the proven best plan out."""

import argparse
import time
from pathlib import Path

from secondment.algorithms.assignment import (
    AssignmentProblem,
    AssignmentSolution,
    ScoreRangeError,
    solve_assignment,
)
from secondment.cli.contract import ExitCode, Verb, check_ending, progress_bar, write_json
from secondment.tables.arcs import ArcTable, read_arcs, read_caps
from secondment.tables.problems import BadInputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--arcs` and `--caps`."""
    parser.add_argument(
        "--arcs",
        type=Path,
        required=True,
        help="CSV or .xlsx of admissible pairs: person,post,score[,person_group]; higher scores are better",
    )
    parser.add_argument(
        "--caps", type=Path, help="CSV or .xlsx: person_group,cap — the most people each group releases"
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Fill the most posts, then reach the highest total score, and write the plan as JSON."""
    check_ending(arguments.out, [".json"])
    show = progress_bar(quiet=arguments.quiet)
    started = time.perf_counter()
    show(0.0, "reading")
    arcs = read_arcs(arguments.arcs, with_groups=arguments.caps is not None)
    problem = _problem(arcs, arguments.caps)
    show(0.4, "matching")
    solution = _solve(arcs, problem)
    show(0.9, "writing")
    write_json(arguments.out, _result(arcs, problem, solution, seconds=time.perf_counter() - started))
    show(1.0, "done")
    if not arguments.quiet:
        print(_summary(arcs, solution, arguments.out))
    return ExitCode.DONE


def _problem(arcs: ArcTable, caps: Path | None) -> AssignmentProblem:
    if caps is None:
        return AssignmentProblem.of(len(arcs.people), len(arcs.posts), arcs.person, arcs.post, arcs.score)
    return AssignmentProblem.of(
        len(arcs.people),
        len(arcs.posts),
        arcs.person,
        arcs.post,
        arcs.score,
        group=arcs.group,
        cap=read_caps(caps, arcs),
    )


def _solve(arcs: ArcTable, problem: AssignmentProblem) -> AssignmentSolution:
    try:
        return solve_assignment(problem)
    except ScoreRangeError as error:
        found, _, remedy = str(error).rpartition("; ")
        raise BadInputError.of_file(arcs.file, f"column score: {found}", remedy) from error


def _result(
    arcs: ArcTable, problem: AssignmentProblem, solution: AssignmentSolution, *, seconds: float
) -> dict[str, object]:
    scores = problem.score[solution.rows].tolist()
    return {
        "status": solution.status.value,
        "n_assigned": solution.n_assigned,
        "total_score": solution.total_score,
        "bound": solution.bound,
        "gap": solution.gap,
        "seconds": round(seconds, 3),
        "pairs": [
            {"person": arcs.people[person], "post": arcs.posts[post], "score": score}
            for (person, post), score in zip(solution.pairs, scores, strict=True)
        ],
    }


def _summary(arcs: ArcTable, solution: AssignmentSolution, out: Path) -> str:
    return (
        f"{solution.n_assigned} of {len(arcs.posts)} posts filled from {len(arcs.people)} people; "
        f"total score {solution.total_score:,.6f}, proven bound {solution.bound:,.6f}; written to {out}"
    )


VERB = Verb(
    "match", "Match people to posts: most posts filled, then the highest total score.", add_arguments, run
)
