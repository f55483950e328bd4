"""Rules that count: caps, counts, shares, posts that must be filled, decided and forbidden pairs."""

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IntArray
from secondment.algorithms.side_rules.counts import Filled, GroupCaps, RegionCounts, RegionShares
from secondment.cli.match.rules.demand import Demand
from secondment.cli.match.rules.reader import Labels, Reader


def caps(reader: Reader) -> Demand:
    """At most so many people of each group."""
    groups = reader.labels("group", reader.world.people)
    n_people = len(reader.world.people.names)
    most = reader.per_label("most", groups, n_people, integer=True)
    if isinstance(named := reader.given["most"], dict):
        reader.note("most", "not named, so without a limit", set(groups.names) - named.keys())
    return cap_demand(groups, np.minimum(most, n_people).astype(np.int64))


def cap_demand(groups: Labels, cap: IntArray) -> Demand:
    """Caps, however they were given."""

    parts = tuple(f"“{name}” at most {most}" for name, most in zip(groups.names, cap, strict=True))
    return Demand(GroupCaps(groups.index, cap), parts, groups.names)


def counts(reader: Reader) -> Demand:
    """Between `least` and `most` people with an attribute in each region."""
    world, region = reader.world, region_of(reader)
    most_places = float(world.places.sum())
    has = reader.mask("who", world.people)
    least = reader.per_label("least", region, 0, integer=True)
    most = reader.per_label("most", region, most_places, integer=True)
    return _count_demand(reader, region, has, least, np.minimum(most, max(most_places, least.max(initial=0))))


def filled(reader: Reader) -> Demand:
    """All posts that meet a condition are filled."""
    where = reader.mask("where", reader.world.posts)
    n_places = int(reader.world.places[where].sum())
    region = np.where(where, 0, -1)
    everyone = np.ones(len(reader.world.people.names), dtype=np.bool_)
    wanted = np.array([n_places])

    rule = Filled(region, everyone, wanted, wanted)
    return Demand(rule, (f"all {n_places} places of {int(where.sum())} posts filled",), ("places filled",))


def shares(reader: Reader) -> Demand:
    """Between the shares `least` and `most` of those placed in each region have an attribute."""
    region, has = region_of(reader), reader.mask("who", reader.world.people)
    least = reader.per_label("least", region, 0.0, most=1.0)
    most = reader.per_label("most", region, 1.0, most=1.0)
    _check_order(reader, region, least, most)

    parts = (
        *(f"“{name}” at least {low:g}" for name, low in zip(region.names, least, strict=True)),
        *(f"“{name}” at most {high:g}" for name, high in zip(region.names, most, strict=True)),
    )
    return Demand(RegionShares(region.index, has, least, most), parts, region.names)


def lock(reader: Reader) -> Demand:
    """A pair that is decided."""
    return _pair_demand(reader, 1)


def forbid(reader: Reader) -> Demand:
    """A pair that must not be."""
    demand = _pair_demand(reader, 0)
    reader.note_unplaced("person", [reader.index("person", reader.world.people)])
    if not reader.world.can_be_filled[post := reader.index("post", reader.world.posts)]:
        reader.note("post", "without an admissible pair, so left empty", [reader.world.posts.names[post]])
    return demand


def _pair_demand(reader: Reader, n_wanted: int) -> Demand:
    world = reader.world
    person, post = reader.index("person", world.people), reader.index("post", world.posts)
    if n_wanted and not ((world.person == person) & (world.post == post)).any():
        raise reader.fault(
            "person", "and “post” are not an admissible pair", "add the pair, or drop the lock"
        )
    region = np.where(np.arange(len(world.posts.names)) == post, 0, -1)
    has = np.arange(len(world.people.names)) == person
    name = f"“{world.people.names[person]}” in “{world.posts.names[post]}”"

    wanted = np.array([n_wanted])
    part = name if n_wanted else f"not {name}"
    return Demand(RegionCounts(region, has, wanted, wanted), (part,), (name,))


def _count_demand(
    reader: Reader, region: Labels, has: BoolArray, least: FloatArray, most: FloatArray
) -> Demand:
    _check_order(reader, region, least, most)

    parts = tuple(
        f"“{name}” {low:g} to {high:g}" for name, low, high in zip(region.names, least, most, strict=True)
    )
    rule = RegionCounts(region.index, has, least.astype(np.int64), most.astype(np.int64))
    return Demand(rule, parts, region.names)


def _check_order(reader: Reader, region: Labels, least: FloatArray, most: FloatArray) -> None:
    wrong = np.flatnonzero(least > most)
    if len(wrong):
        name = region.names[wrong[0]]
        found = f"is {least[wrong[0]]:g} for “{name}”, above “most” {most[wrong[0]]:g}"
        raise reader.fault("least", found, "let least ≤ most")


def region_of(reader: Reader) -> Labels:
    """Regions of posts; posts outside `where` lie in none."""
    labels = reader.labels("region", reader.world.posts)
    return Labels(np.where(reader.mask("where", reader.world.posts), labels.index, -1), labels.names)
