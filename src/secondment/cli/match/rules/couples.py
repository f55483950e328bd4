"""Rules of couples, named by a column that holds the other's name, or by a list of pairs."""

from dataclasses import dataclass
from itertools import chain

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.side_rules.couples import BothOrNeither, NotBothIn, SameRegion
from secondment.cli.match.rules.demand import Demand
from secondment.cli.match.rules.reader import Reader


@dataclass(frozen=True, eq=False)
class Couples:
    """Pairs of people and how they are called."""

    first: IntArray
    second: IntArray
    names: tuple[str, ...]


def both_or_neither(reader: Reader) -> Demand:
    """Both are placed or neither."""
    couples = _couples(reader)

    parts = tuple(f"{name} both or neither" for name in couples.names)
    return Demand(BothOrNeither(couples.first, couples.second), parts, couples.names)


def not_both(reader: Reader) -> Demand:
    """At most one of the two is placed in posts that meet a condition."""
    couples, posts = _couples(reader), reader.mask("where", reader.world.posts)

    parts = tuple(f"{name} not both in these posts" for name in couples.names)
    return Demand(NotBothIn(couples.first, couples.second, posts), parts, couples.names)


def same_region(reader: Reader) -> Demand:
    """When both are placed, then in one region."""
    couples, region = _couples(reader), reader.labels("region", reader.world.posts)
    blank = np.flatnonzero((region.index < 0) & reader.world.can_be_filled)
    if len(blank):
        raise reader.fault("region", f"post “{reader.world.posts.names[blank[0]]}” has none", "fill the cell")
    anywhere = np.maximum(region.index, 0)

    parts = tuple(f"{name} in the same region" for name in couples.names)
    return Demand(SameRegion(couples.first, couples.second, anywhere), parts, couples.names)


def _couples(reader: Reader) -> Couples:
    given, people = reader.given.get("couples"), reader.world.people
    if isinstance(given, str):
        texts = people.texts(reader.column("couples", people))
        pairs = [
            (index, reader.index_of("couples", text, people)) for index, text in enumerate(texts) if text
        ]
    else:
        pairs = _listed(reader, given)
    alone = [people.names[one] for one, other in pairs if one == other]
    if alone:
        raise reader.fault("couples", f"“{alone[0]}” is not paired with anyone else", "name the other one")
    can_be_placed = reader.world.can_be_placed
    halves = [pair for pair in pairs if can_be_placed[pair[0]] != can_be_placed[pair[1]]]
    reader.note_unplaced("couples", chain.from_iterable(halves))
    distinct = np.array(sorted({(min(pair), max(pair)) for pair in pairs}), dtype=np.int64).reshape(-1, 2)
    names = tuple(f"“{people.names[one]}” and “{people.names[other]}”" for one, other in distinct)
    return Couples(distinct[:, 0], distinct[:, 1], names)


def _listed(reader: Reader, given: object) -> list[tuple[int, int]]:
    remedy = 'name a column of people, or list pairs: [["甲", "乙"], …]'
    if not isinstance(given, list):
        raise reader.fault("couples", f"is {given!r}", remedy)
    pairs = []
    for pair in given:
        if not isinstance(pair, list) or len(pair) != 2 or any(not isinstance(name, str) for name in pair):
            raise reader.fault("couples", f"holds {pair!r}", remedy)
        one, other = (reader.index_of("couples", name, reader.world.people) for name in pair)
        pairs.append((one, other))
    return pairs
