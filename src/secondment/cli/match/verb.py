"""`secondment match`: admissible pairs or rosters, and caps in; the proven best plan out."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from secondment.algorithms.assignment import (
    AssignmentProblem,
    AssignmentSolution,
    ScoreRangeError,
    TieOrder,
    solve_assignment,
)
from secondment.algorithms.assignment.certificate import Names
from secondment.cli.contract import (
    ExitCode,
    ProgressCallback,
    Verb,
    check_ending,
    print_summary,
    progress_bar,
    write_json,
)
from secondment.cli.layouts import add_layout_arguments
from secondment.cli.match.explain import explain
from secondment.cli.match.nearness import (
    add_nearness_arguments,
    check_nearness_arguments,
    nearness_result,
    order_of,
    ties_result,
    write_certificate,
)
from secondment.cli.match.rosters import run_rosters
from secondment.cli.match.stable import add_stable_arguments, check_stable_arguments, run_stable
from secondment.cli.numbers import number_between
from secondment.files.arcs import ArcTable, Caps, read_arcs, read_caps
from secondment.files.problems import BadInputError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`--arcs`, or `--people` with `--posts`; `--caps` with either."""
    parser.add_argument(
        "--arcs",
        type=Path,
        help="CSV or .xlsx of admissible pairs: 人员,岗位,得分[,派出单位] or person,post,score[,person_group]; higher scores are better",
    )
    parser.add_argument(
        "--caps",
        type=Path,
        help="CSV or .xlsx: 派出单位,最多派出 or person_group,cap — the most people each group releases",
    )
    parser.add_argument(
        "--people", type=Path, metavar="ROSTER", help="roster of people, CSV or .xlsx: 姓名, 单位, …"
    )
    parser.add_argument(
        "--posts", type=Path, metavar="POSTS", help="list of posts, CSV or .xlsx: 岗位编号, 接收单位, …"
    )
    parser.add_argument(
        "--weights",
        metavar="NAME=NUMBER,…",
        help="weights of the fit of rosters, for example specialty=30,rank=10",
    )

    parser.add_argument(
        "--explain",
        type=number_between(0, integer=True),
        metavar="N",
        help="with --arcs: prices, N next candidates per post, why posts stay empty, what each cap keeps out",
    )
    add_nearness_arguments(parser)
    add_layout_arguments(parser, sheets=("--people-sheet", "--posts-sheet"))
    add_rule_arguments(parser)
    add_stable_arguments(parser)


def add_rule_arguments(parser: argparse.ArgumentParser) -> None:
    """`--rules` and what goes with it."""
    parser.add_argument(
        "--rules", type=Path, metavar="RULES.json", help="side rules and further goals; see side-rules.md"
    )
    parser.add_argument(
        "--person-facts", type=Path, metavar="FACTS", help="CSV or .xlsx for the rules: person,<attribute>…"
    )
    parser.add_argument(
        "--post-facts", type=Path, metavar="FACTS", help="CSV or .xlsx for the rules: post,<attribute>…"
    )
    parser.add_argument(
        "--seconds",
        type=number_between(0.01, 86_400),
        help="most time for side rules (default 300); the best plan by then is written",
    )
    parser.add_argument(
        "--tolerance",
        type=number_between(0.0, 0.999),
        help="gap that is good enough under side rules, such as 0.002 (default 0)",
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Fill the most posts, then reach the highest total score, and write the plan."""
    is_of_rosters = _is_for_rosters(arguments)
    check_stable_arguments(arguments)
    check_nearness_arguments(arguments)
    _check_rule_arguments(arguments, is_of_rosters=is_of_rosters)
    if arguments.stable is not None:
        return run_stable(arguments)
    if arguments.rules is not None:
        return _run_rules(arguments, is_of_rosters=is_of_rosters)
    return run_rosters(arguments) if is_of_rosters else _run_pairs(arguments)


def _run_rules(arguments: argparse.Namespace, *, is_of_rosters: bool) -> ExitCode:
    """Imported when asked for: its solver takes half a second to load."""
    if is_of_rosters:
        from secondment.cli.match.rules.rosters import run_rosters_with_rules

        return run_rosters_with_rules(arguments)
    from secondment.cli.match.rules.pairs import run_pairs

    return run_pairs(arguments)


def _check_rule_arguments(arguments: argparse.Namespace, *, is_of_rosters: bool) -> None:
    """Options of side rules require `--rules`; rosters contain their own facts."""
    for name in ("person_facts", "post_facts"):
        if getattr(arguments, name) is not None and (arguments.rules is None or is_of_rosters):
            option = f"--{name.replace('_', '-')}"
            raise BadInputError.of_file(
                option, "goes with --arcs and --rules only", "drop it; the columns of rosters are their facts"
            )
    for name in ("seconds", "tolerance"):
        is_of_stable = name == "seconds" and arguments.stable == "largest"
        if getattr(arguments, name) is not None and arguments.rules is None and not is_of_stable:
            raise BadInputError.of_file(f"--{name}", "goes with --rules only", "drop it, or give --rules")
    if arguments.explain is not None and (arguments.rules is not None or is_of_rosters):
        raise BadInputError.of_file(
            "--explain", "goes with --arcs and --caps only", "drop it; plans of rosters bring their reasons"
        )


def _run_pairs(arguments: argparse.Namespace) -> ExitCode:
    check_ending(arguments.out, [".json"])
    show = progress_bar(quiet=arguments.quiet)
    show(0.0, "reading")
    arcs = read_arcs(arguments.arcs, with_groups=arguments.caps is not None)
    caps = None if arguments.caps is None else read_caps(arguments.caps, arcs)
    problem = _problem(arcs, caps)
    show(0.4, "matching")
    order = order_of(arguments, arcs.people, arcs.posts)
    solution = _solve(arcs, problem, order)
    explained = _explained(arguments.explain, arcs, problem, solution, show)
    show(0.9, "writing")
    notes = () if caps is None else caps.gaps.notes
    result = _result(arcs, problem, solution, notes)
    changes = nearness_result(arguments, order, solution.pairs, is_proven=True)
    names = Names(arcs.people, arcs.posts, arcs.groups if len(problem.cap) else ())
    write_certificate(arguments.certificate, problem, solution.pairs, names)
    write_json(arguments.out, result | ties_result(problem, solution.ties, names) | changes | explained)
    show(1.0, "done")
    print_summary(_summary(arcs, solution, arguments.out), quiet=arguments.quiet, notes=notes)
    return ExitCode.DONE


def _is_for_rosters(arguments: argparse.Namespace) -> bool:
    """Either pairs, or both rosters; anything else is refused."""
    given = [arguments.arcs is not None, arguments.people is not None, arguments.posts is not None]
    if given not in ([True, False, False], [False, True, True]):
        raise BadInputError.of_file(
            "--arcs", "cannot be given alone", "give either --arcs, or both --people and --posts"
        )
    if arguments.arcs is not None and arguments.weights is not None:
        raise BadInputError.of_file("--weights", "does not go with --arcs", "pairs bring their own scores")
    return arguments.arcs is None


def _problem(arcs: ArcTable, caps: Caps | None) -> AssignmentProblem:
    if caps is None:
        return AssignmentProblem.of(len(arcs.people), len(arcs.posts), arcs.person, arcs.post, arcs.score)
    return AssignmentProblem.of(
        len(arcs.people),
        len(arcs.posts),
        arcs.person,
        arcs.post,
        arcs.score,
        group=arcs.group,
        cap=caps.most,
    )


def _solve(arcs: ArcTable, problem: AssignmentProblem, order: TieOrder) -> AssignmentSolution:
    try:
        return solve_assignment(problem, order)
    except ScoreRangeError as error:
        found, _, remedy = str(error).rpartition("; ")
        raise BadInputError.of_file(arcs.file, f"column score: {found}", remedy) from error


def _explained(
    n_candidates: int | None,
    arcs: ArcTable,
    problem: AssignmentProblem,
    solution: AssignmentSolution,
    show: ProgressCallback,
) -> dict[str, object]:
    if n_candidates is None:
        return {}
    try:
        return {"explanations": explain(arcs, problem, solution, n_candidates, show)}
    except ScoreRangeError as error:
        found, _, remedy = str(error).rpartition("; ")
        raise BadInputError.of_file(arcs.file, f"column score: {found}", remedy) from error


def _result(
    arcs: ArcTable, problem: AssignmentProblem, solution: AssignmentSolution, notes: Sequence[str]
) -> dict[str, object]:
    scores = problem.score[solution.rows].tolist()
    return {
        "status": solution.status.value,
        "n_assigned": solution.n_assigned,
        "total_score": solution.total_score,
        "bound": solution.bound,
        "gap": solution.gap,
        "notes": list(notes),
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
