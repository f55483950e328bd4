"""`secondment match --people … --posts … --rules …`: rosters and rules in, a plan with reasons out."""

import argparse

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.cli.contract import (
    ExitCode,
    check_ending,
    print_summary,
    progress_bar,
    write_atomically,
    write_json,
)
from secondment.cli.match.nearness import nearness_result, order_of
from secondment.cli.match.roster_problem import RosterInput, RosterProblem, read_rosters, roster_problem
from secondment.cli.match.rosters import Matched, SolverResult, plan_of, roster_result
from secondment.cli.match.rules.counts import cap_demand
from secondment.cli.match.rules.facts import roster_facts
from secondment.cli.match.rules.reader import Labels, World
from secondment.cli.match.rules.rules_file import (
    NamedRule,
    RulesFile,
    goals_of,
    read_rules_file,
    rules_of,
    world_of,
)
from secondment.cli.match.rules.solving import Ruled, ruled_result, ruled_summary, solve_ruled
from secondment.files.match_plan import plan_workbook
from secondment.files.problems import BadInputError


def run_rosters_with_rules(arguments: argparse.Namespace) -> ExitCode:
    """As without rules, but other candidates are not listed: under rules a single exchange is not the full price."""
    ending = check_ending(arguments.out, [".xlsx", ".json"])
    show = progress_bar(quiet=arguments.quiet)
    show(0.0, "reading")
    file = read_rules_file(arguments.rules)
    given = read_rosters(arguments)
    _check_columns(given, file)
    pairs = roster_problem(given)
    world = _world(given, file, pairs)
    rules = (*rules_of(file, world), *_caps(given, pairs, world))
    goals = goals_of(file, world, _no_column)
    order = order_of(arguments, world.people.names, world.posts.names)
    ruled = solve_ruled(world, pairs.problem.score, rules, goals, arguments, show, order)
    matched = Matched(given, pairs, _outcome(ruled))
    plan = plan_of(matched, None, _notes(ruled))
    notes = [*given.notes, *ruled.notes]
    show(0.9, "writing")
    if ending == ".xlsx":
        write_atomically(arguments.out, plan_workbook(plan))
    else:
        changes = nearness_result(arguments, order, ruled.pairs, is_proven=ruled.is_nearest)
        result = roster_result(matched, plan) | ruled_result(ruled) | changes
        write_json(arguments.out, result | {"notes": notes})
    show(1.0, "done")
    print_summary(ruled_summary(ruled, arguments.out), quiet=arguments.quiet, notes=notes)
    return ruled.exit_code


def _check_columns(given: RosterInput, file: RulesFile) -> None:
    """Refuse what the goals of side rules cannot honour."""
    if file.places is not None:
        raise BadInputError.of_file(
            f"{file.file}, key “places”", "does not go with rosters", "write the places in column 名额"
        )
    if len({one.priority for one in given.posts.items}) > 1:
        raise BadInputError.of_file(
            given.posts.file,
            "has posts of different 优先级, which do not go with --rules",
            'ask for urgent posts by a rule such as {"kind": "filled", "where": {…}}, and drop the column',
        )


def _world(given: RosterInput, file: RulesFile, pairs: RosterProblem) -> World:
    people, posts = given.people.items, given.posts.items
    known = roster_facts(
        given.people.table,
        "person",
        [one.id for one in people],
        [one.line for one in people],
        [one.name for one in people],
    )
    places = np.array([one.places for one in posts], dtype=np.int64)
    offered = roster_facts(
        given.posts.table, "post", [one.id for one in posts], [one.line for one in posts], []
    )
    return world_of(file, known, offered, places, pairs.problem)


def _caps(given: RosterInput, pairs: RosterProblem, world: World) -> list[NamedRule]:
    if not given.caps:
        return []
    groups = Labels(pairs.problem.group, tuple(given.caps)).for_all(len(world.people.names))
    return [NamedRule(0, "caps", "caps of units", cap_demand(groups, pairs.problem.cap))]


def _no_column(name: str) -> FloatArray:
    raise BadInputError.of_file(
        f"sum_of_pairs “{name}”", "does not go with rosters", "use “sum” with a column of the people"
    )


def _outcome(ruled: Ruled) -> SolverResult:
    chosen, goals = ruled.solution.chosen, ruled.solution.goals
    people, posts = ruled.person.tolist(), ruled.post.tolist()
    return SolverResult(
        ruled.solution.status.value,
        tuple(zip(people, posts, strict=True)),
        chosen,
        goals[1].value if goals else 0.0,
        goals[1].bound if goals else 0.0,
        ruled.solution.gap,
        ruled.solution.solver,
    )


def _notes(ruled: Ruled) -> list[tuple[str, str]]:
    """What each rule asks and what the plan reaches, for the sheet 说明."""
    notes = []
    for rule in ruled.rules if ruled.solution.goals else ():
        reached = rule.demand.rule_values(ruled.person, ruled.post)
        values = "；".join(f"{name} {one.value:g}" for name, one in reached if one.value is not None)
        notes.append(
            (f"规则 {rule.number or ''} {rule.name or rule.kind}".replace("  ", " "), values or "不涉及")
        )
    return [*notes, *(("注意", note) for note in ruled.notes)]
