"""Rules of teams, ranks, balance and succession."""

import numpy as np

from secondment.algorithms.side_rules.balance import Balance, RankPyramid, SuccessorOverlap
from secondment.algorithms.side_rules.teams import TeamSkills, WholeTeams
from secondment.cli.match.rules.counts import region_of
from secondment.cli.match.rules.demand import Demand
from secondment.cli.match.rules.facts import listed
from secondment.cli.match.rules.reader import Labels, Reader


def team_skill(reader: Reader) -> Demand:
    """Each team that is sent holds at least so many people with a skill."""
    team = _teams(reader)
    has = reader.mask("who", reader.world.people)
    needed = reader.per_label("least", team, 1, integer=True).astype(np.int64)

    parts = tuple(f"team “{name}” at least {low}" for name, low in zip(team.names, needed, strict=True))
    return Demand(TeamSkills(team.index, has, needed), parts, team.names)


def whole_team(reader: Reader) -> Demand:
    """The posts of a team are all filled, or none."""
    team = _teams(reader)

    parts = tuple(f"team “{name}” complete or not at all" for name in team.names)
    return Demand(WholeTeams(team.index), parts, team.names)


def balance(reader: Reader) -> Demand:
    """Summed weight differs by at most `width` between any two regions."""
    region, people = region_of(reader), reader.world.people
    width = reader.number("width", 0.0)
    weight = np.ones(len(people.names))
    if reader.has("weight"):
        column = reader.column("weight", people)
        weight = reader.world.of_people(column, people.numbers(column))

    part = f"regions differ by at most {width:g}"
    rule = Balance(region.index, len(region.names), weight, width)
    return Demand(rule, (part,), (*region.names, "largest difference"))


def pyramid(reader: Reader) -> Demand:
    """In each region, those of a rank number at most `ratio` times those of the rank below."""
    region, ranks = region_of(reader), _ranks(reader)
    n_ranks, ratio = len(ranks.names), reader.number("ratio", 1.0)
    steps = [(r, k) for r in range(len(region.names)) for k in range(n_ranks - 1)]
    names = [f"“{ranks.names[k]}” over “{ranks.names[k + 1]}” in “{region.names[r]}”" for r, k in steps]

    rule = RankPyramid(region.index, len(region.names), ranks.index, n_ranks, ratio)
    return Demand(rule, tuple(f"{name} at most {ratio:g} times" for name in names), tuple(names))


def overlap(reader: Reader) -> Demand:
    """A share of the successors comes so many days before the predecessor leaves."""
    people, posts = reader.world.people, reader.world.posts
    column = reader.column("available", people)
    available = reader.world.of_people(column, people.days(column)).astype(np.int64)
    leaves = np.nan_to_num(posts.days(reader.column("leaves", posts)), nan=-1.0).astype(np.int64)
    days = int(reader.number("days", 0, integer=True))
    share = reader.number("least", 1.0, most=1.0)

    part = f"a share of {share:g} comes {days} days before"
    return Demand(SuccessorOverlap(available, leaves, days, share), (part,), ("successors who overlap",))


def _teams(reader: Reader) -> Labels:
    """Teams of posts; a post in a team has one place."""
    team = reader.labels("team", reader.world.posts)
    crowded = np.flatnonzero((team.index >= 0) & (reader.world.places > 1))
    if len(crowded):
        name = reader.world.posts.names[crowded[0]]
        raise reader.fault("team", f"post “{name}” has several places", "give each place its own post")
    return team


def _ranks(reader: Reader) -> Labels:
    """Ranks of people in the order given, highest first."""
    people = reader.world.people
    texts, order = people.texts(reader.column("rank", people)), reader.given.get("order")
    if not isinstance(order, list) or not order or any(not isinstance(name, str) for name in order):
        raise reader.fault("order", f"is {order!r}", 'list the ranks, highest first: ["…", "…"]')
    if len(set(order)) < len(order):
        raise reader.fault("order", "names a rank twice", "name each rank once")
    placeable = zip(texts, reader.world.can_be_placed, strict=True)
    unknown = sorted({text for text, can_be_placed in placeable if can_be_placed} - set(order))
    if unknown:
        found = f"leaves out {listed(unknown)}" if any(unknown) else "does not cover people without a rank"
        raise reader.fault("order", found, "name every rank that occurs; fill empty cells")
    step = {name: number for number, name in enumerate(order)}
    return Labels(np.array([step.get(text, 0) for text in texts], dtype=np.int64), tuple(order))
