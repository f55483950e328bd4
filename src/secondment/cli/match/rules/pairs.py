"""`secondment match --arcs … --rules …`: pairs, rules and tables of facts in; the plan that keeps the rules out."""

import argparse
from pathlib import Path

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.cli.contract import ExitCode, check_ending, print_summary, progress_bar, write_json
from secondment.cli.match.nearness import nearness_result, order_of
from secondment.cli.match.rules.counts import cap_demand
from secondment.cli.match.rules.facts import Facts, no_facts, read_facts
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
from secondment.files.arcs import ArcTable, read_arcs, read_caps
from secondment.files.columns.pair import PAIR
from secondment.files.columns.rows import read_by_key
from secondment.files.problems import BadInputError, Problem


def run_pairs(arguments: argparse.Namespace) -> ExitCode:
    """Keep every rule, fill the most posts, reach the highest total score, then the further goals."""
    check_ending(arguments.out, [".json"])
    show = progress_bar(quiet=arguments.quiet)
    show(0.0, "reading")
    file = read_rules_file(arguments.rules)
    arcs = read_arcs(arguments.arcs, with_groups=arguments.caps is not None, also=())
    world = _world(arcs, file, arguments)
    rules = (*rules_of(file, world), *_caps(arguments.caps, arcs, world))
    goals = goals_of(file, world, lambda name: _column_of_pairs(arguments.arcs, arcs, name))
    order = order_of(arguments, world.people.names, world.posts.names)
    ruled = solve_ruled(world, arcs.score, rules, goals, arguments, show, order)
    show(0.9, "writing")
    changes = nearness_result(arguments, order, ruled.pairs, is_proven=ruled.is_nearest)
    write_json(arguments.out, _result(arcs, ruled) | changes)
    show(1.0, "done")
    print_summary(ruled_summary(ruled, arguments.out), quiet=arguments.quiet, notes=ruled.notes)
    return ruled.exit_code


def _world(arcs: ArcTable, file: RulesFile, arguments: argparse.Namespace) -> World:
    people = _facts(arguments.person_facts, "person", arcs.people, arcs.file)
    posts = _facts(arguments.post_facts, "post", arcs.posts, arcs.file)
    return world_of(file, people, posts, places_of(file, posts), arcs)


def _facts(path: Path | None, noun: str, names: tuple[str, ...], pairs_file: str) -> Facts:
    return no_facts(noun, names) if path is None else read_facts(path, noun, names, pairs_file)


def places_of(file: RulesFile, posts: Facts) -> IntArray:
    """Places per post from the column that the rules file names, else one each."""
    if file.places is None:
        return np.ones(len(posts.names), dtype=np.int64)
    if file.places not in posts.columns:
        found = f"{posts.file} has no column “{file.places}”"
        remedy = f"columns: {', '.join(posts.columns) or f'none; give {posts.file}'}"
        raise BadInputError.of_file(f"{file.file}, key “places”", found, remedy)
    values = posts.without_blanks(file.places, posts.numbers(file.places))
    wrong = np.flatnonzero((values < 0) | (values != np.round(values)))
    if len(wrong):
        row = posts.rows[wrong[0]]
        found = f"“{row[file.places]}” is not a whole number from 0"
        raise BadInputError([Problem.plain(posts.file, row.line, file.places, found, "write 0, 1, 2, …")])
    return values.astype(np.int64)


def _caps(path: Path | None, arcs: ArcTable, world: World) -> list[NamedRule]:
    if path is None:
        return []
    caps = read_caps(path, arcs)
    groups = Labels(arcs.group, arcs.groups).for_all(len(world.people.names))
    return [NamedRule(0, "caps", f"caps of {path.name}", cap_demand(groups, caps.most), caps.gaps.notes)]


def _column_of_pairs(path: Path, arcs: ArcTable, name: str) -> FloatArray:
    """A column of numbers of the pairs, in their order in `arcs`; raises `BadInputError` for other cells."""
    table = read_by_key(path, PAIR.only("person", "post"), ("person", "post"), also=(name,))
    facts = Facts("pair", table.file, ("",) * len(table.rows), {}, table.columns, table.rows)
    value = facts.without_blanks(name, facts.numbers(name))
    of_pair = {
        (row["person"], row["post"]): number for row, number in zip(table.rows, value.tolist(), strict=True)
    }
    return np.array(
        [
            of_pair[arcs.people[person], arcs.posts[post]]
            for person, post in zip(arcs.person.tolist(), arcs.post.tolist(), strict=True)
        ]
    )


def _result(arcs: ArcTable, ruled: Ruled) -> dict[str, object]:
    scores = ruled.problem.score[ruled.solution.chosen].tolist()
    placed = zip(ruled.person.tolist(), ruled.post.tolist(), scores, strict=True)
    return ruled_result(ruled) | {
        "pairs": [
            {"person": arcs.people[person], "post": arcs.posts[post], "score": score}
            for person, post, score in placed
        ],
    }
