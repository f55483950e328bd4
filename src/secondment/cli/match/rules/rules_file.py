"""The file of rules: JSON with plain names, every fault named by rule, key, what was found and the remedy."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Protocol

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.side_rules.problem import Goal
from secondment.cli.match.rules import counts, couples, teams
from secondment.cli.match.rules.demand import Demand
from secondment.cli.match.rules.facts import Facts
from secondment.cli.match.rules.reader import Reader, World
from secondment.files.problems import BadInputError, Problem
from secondment.files.reading import decode_text, read_bytes

TOP_KEYS = ("rules", "goals", "places")


@dataclass(frozen=True)
class RuleKind:
    """A kind of rule: the keys it needs, those it may have, and how it is read."""

    required: tuple[str, ...]
    optional: tuple[str, ...]
    read: Callable[[Reader], Demand]


KINDS = {
    "caps": RuleKind(("group", "most"), (), counts.caps),
    "count": RuleKind((), ("region", "where", "who", "least", "most"), counts.counts),
    "share": RuleKind(("who",), ("region", "where", "least", "most"), counts.shares),
    "filled": RuleKind((), ("where",), counts.filled),
    "lock": RuleKind(("person", "post"), (), counts.lock),
    "forbid": RuleKind(("person", "post"), (), counts.forbid),
    "team_skill": RuleKind(("team", "who"), ("least",), teams.team_skill),
    "whole_team": RuleKind(("team",), (), teams.whole_team),
    "both_or_neither": RuleKind(("couples",), (), couples.both_or_neither),
    "not_both": RuleKind(("couples",), ("where",), couples.not_both),
    "same_region": RuleKind(("couples", "region"), (), couples.same_region),
    "balance": RuleKind(("region", "width"), ("where", "weight"), teams.balance),
    "pyramid": RuleKind(("rank", "order"), ("region", "where", "ratio"), teams.pyramid),
    "overlap": RuleKind(("available", "leaves"), ("days", "least"), teams.overlap),
}


@dataclass(frozen=True, eq=False)
class NamedRule:
    """One rule of the file: its number from 1 (0 for caps given in addition to the file), kind, own name, demand.

    `notes` say what was accepted in it but may not be meant.
    """

    number: int
    kind: str
    name: str
    demand: Demand
    notes: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """How messages call it."""
        given = f", {self.name}" if self.name else ""
        return f"rule {self.number} ({self.kind}{given})" if self.number else self.name


@dataclass(frozen=True, eq=False)
class NamedGoal:
    """A further goal; `is_least` when little of it is wanted, and its values are negative."""

    goal: Goal
    is_least: bool


class Pairs(Protocol):
    """The admissible pairs, whatever file they come from."""

    @property
    def person(self) -> IntArray: ...
    @property
    def post(self) -> IntArray: ...


@dataclass(frozen=True, eq=False)
class RulesFile:
    """What the file holds, not yet read against people and posts."""

    file: str
    rules: tuple[dict[str, object], ...]
    goals: tuple[dict[str, object], ...]
    places: str | None


def read_rules_file(path: Path) -> RulesFile:
    """The lists of rules and goals; raises `BadInputError` when the file is not of that form."""
    given = _read_json(path)
    if not isinstance(given, dict):
        raise BadInputError.of_file(path.name, "is not a JSON object", 'write {"rules": [ … ]}')
    unknown = [key for key in given if key not in TOP_KEYS]
    if unknown:
        found = f"key “{unknown[0]}” is unknown"
        raise BadInputError.of_file(path.name, found, f"keys: {', '.join(TOP_KEYS)}")
    places = given.get("places")
    if places is not None and not isinstance(places, str):
        raise BadInputError.of_file(path.name, f"“places” is {places!r}", "name a column of the posts")
    return RulesFile(path.name, _entries(path, given, "rules"), _entries(path, given, "goals"), places)


def world_of(file: RulesFile, people: Facts, posts: Facts, places: IntArray, pairs: Pairs) -> World:
    """Everyone in the facts, and everyone named by couples and prohibitions: none of them needs to have a pair."""
    everyone = people.with_strangers(_named_people(file, people))
    all_posts = posts.with_strangers(_named_posts(file))
    all_places = np.pad(places, (0, len(all_posts.names) - len(places)))
    return World(everyone, all_posts, all_places, pairs.person, pairs.post)


def rules_of(file: RulesFile, world: World) -> tuple[NamedRule, ...]:
    """Every rule, read against people and posts; all faulty rules are reported together."""
    found, problems = [], []
    for number, given in enumerate(file.rules, start=1):
        try:
            found.append(_rule(number, Reader(f"{file.file}, rule {number}", given, world)))
        except BadInputError as error:
            problems += error.problems
    if problems:
        raise BadInputError(problems)
    return tuple(found)


def goals_of(file: RulesFile, world: World, column: Callable[[str], FloatArray]) -> tuple[NamedGoal, ...]:
    """Further goals in their order; `column` reads a column of numbers of the pairs (n_arcs,)."""
    found, problems = [], []
    for number, given in enumerate(file.goals, start=1):
        try:
            found.append(_goal(Reader(f"{file.file}, goal {number}", given, world), column))
        except BadInputError as error:
            problems += error.problems
    if problems:
        raise BadInputError(problems)
    return tuple(found)


def _named_people(file: RulesFile, people: Facts) -> list[str]:
    """Who is named as one of a couple or in a prohibition."""
    found: list[object] = []
    for rule in file.rules:
        couples = rule.get("couples")
        if isinstance(couples, str) and couples in people.columns:
            found += people.texts(couples)
        elif isinstance(couples, list):
            found += chain.from_iterable(pair for pair in couples if isinstance(pair, list))
        found.append(rule.get("person") if rule.get("kind") == "forbid" else None)
    return [name for name in found if isinstance(name, str) and name]


def _named_posts(file: RulesFile) -> list[str]:
    """Posts named in prohibitions."""
    found = [rule.get("post") for rule in file.rules if rule.get("kind") == "forbid"]
    return [name for name in found if isinstance(name, str) and name]


def _rule(number: int, reader: Reader) -> NamedRule:
    kind = reader.text("kind")
    if kind not in KINDS:
        found = f"“{kind}” is not a kind of rule" if kind else "is missing"
        raise reader.fault("kind", found, f"kinds: {', '.join(KINDS)}")
    known = KINDS[kind]
    reader.check_keys(("kind", *known.required), ("name", *known.optional))
    return NamedRule(number, kind, reader.text("name"), known.read(reader), tuple(reader.notes))


def _goal(reader: Reader, column: Callable[[str], FloatArray]) -> NamedGoal:
    """How many placed pairs meet the conditions, or the sum of a column of people or of pairs over them."""
    world = reader.world
    reader.check_keys(("name",), ("who", "where", "sum", "sum_of_pairs", "want"))
    want = reader.text("want", "most")
    if want not in ("most", "least"):
        raise reader.fault("want", f"is “{want}”", 'write "most" or "least"')
    if reader.has("sum") and reader.has("sum_of_pairs"):
        raise reader.fault("sum", "is given together with “sum_of_pairs”", "keep one of the two")
    value = np.ones(len(world.person))
    if reader.has("sum"):
        name = reader.column("sum", world.people)
        value = world.of_people(name, world.people.numbers(name))[world.person]
    if reader.has("sum_of_pairs"):
        value = column(reader.text("sum_of_pairs"))
    counts_here = (
        reader.mask("who", world.people)[world.person] & reader.mask("where", world.posts)[world.post]
    )
    value = np.where(counts_here, value, 0.0)
    return NamedGoal(Goal(reader.text("name"), -value if want == "least" else value), want == "least")


def _entries(path: Path, given: dict[str, object], key: str) -> tuple[dict[str, object], ...]:
    entries = given.get(key, [])
    if not isinstance(entries, list) or any(not isinstance(entry, dict) for entry in entries):
        raise BadInputError.of_file(
            path.name, f"“{key}” is not a list of objects", f'write "{key}": [{{ … }}, …]'
        )
    return tuple(entries)


def _read_json(path: Path) -> object:
    text = decode_text(read_bytes(path), file=path.name)
    try:
        return json.loads(text, object_pairs_hook=_without_repeats, parse_constant=_no_constant)
    except RecursionError as error:
        raise BadInputError.of_file(path.name, "is nested too deeply", "write it by hand again") from error
    except json.JSONDecodeError as error:
        remedy = f"correct the JSON near column {error.colno}"
        raise BadInputError(
            [Problem.plain(path.name, error.lineno, "", error.msg.lower(), remedy)]
        ) from error
    except ValueError as error:
        raise BadInputError.of_file(path.name, str(error), "correct the JSON") from error


def _without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    keys = [key for key, _value in pairs]
    repeated = [key for key in keys if keys.count(key) > 1]
    if repeated:
        raise ValueError(f"key “{repeated[0]}” occurs twice in one object")
    return dict(pairs)


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a number")
