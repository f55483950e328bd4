"""What the pages say about a pair, a shortage and a run, ready for templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from secondment.campaigns.models import CampaignPost, Nomination
from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.matching.models import MatchingRun, ProposalPair
from secondment.matching.queries import nominations_named, posts_named, rule_bases, units_named
from secondment.matching.side_rules.reports import stated_rules_of
from secondment.matching.side_rules.wording import rule_sentence
from secondment.matching.weights import FORMULAS
from secondment.units.models import Unit


@dataclass(frozen=True)
class ComponentLine:
    """One component of a pair: its value (0–100), weight, share in the score in points, and formula."""

    label: Promise
    value: float | None
    weight: int
    points: float | None
    formula: Promise


@dataclass(frozen=True)
class AlternativeLine:
    """A next candidate: fit in points, where they are proposed now, what speaks against them."""

    nomination: Nomination
    score: float
    loss: float | None
    n_places: int
    n_moved: int
    holds: CampaignPost | None
    lower: list[Promise]


@dataclass(frozen=True)
class ShortageLine:
    """A set of posts that cannot all be filled, with who could serve them and what keeps others out."""

    posts: list[CampaignPost]
    n_wanted: int
    n_available: int
    n_people: int
    units: list[Unit]
    rules: list[tuple[str, str, int]]


@dataclass(frozen=True)
class RelaxationLine:
    """What relaxing one rule or cap would do."""

    rule: str
    basis: str
    unit: Unit | None
    cap: int
    n_more: int
    points: float


@dataclass(frozen=True)
class RulePriceLine:
    """What the plan would gain without one side rule; `is_proven` when that is certain."""

    sentence: str
    n_more: int
    points: float
    is_proven: bool


@dataclass(frozen=True)
class ShortagePage:
    """Everything the page of shortages says."""

    shortages: list[ShortageLine]
    relaxations: list[RelaxationLine]
    rule_prices: list[RulePriceLine]


def component_lines(pair: ProposalPair, weights: Mapping[str, int]) -> list[ComponentLine]:
    """All nine components; the points of those assessed add up to the fit."""
    whole = sum(weights.get(name, 0) for name in WEIGHT_LABELS if pair.components.get(name) is not None)
    lines = []
    for name, label in WEIGHT_LABELS.items():
        value, weight = pair.components.get(name), weights.get(name, 0)
        points = None if value is None or not whole else 100 * weight * value / whole
        lines.append(
            ComponentLine(label, None if value is None else 100 * value, weight, points, FORMULAS[name])
        )
    return lines


def alternative_lines(pair: ProposalPair) -> list[AlternativeLine]:
    """The next candidates as the run saw them; people who were withdrawn since are left out."""
    stored = pair.alternatives
    people = nominations_named(one["nomination"] for one in stored)
    posts = posts_named(one["holds"] for one in stored if one["holds"] is not None)
    return [
        AlternativeLine(
            people[one["nomination"]],
            100 * one["score"],
            None if one["loss"] is None else 100 * one["loss"],
            one["n_places"],
            one["n_moved"],
            posts.get(one["holds"]),
            [WEIGHT_LABELS[name] for name in one["lower"]],
        )
        for one in stored
        if one["nomination"] in people
    ]


def shortage_page(run: MatchingRun, kept: frozenset[str]) -> ShortagePage:
    """Names for the ids that the run stored; rules that are `kept` from the reader are left out."""
    stored = [one for one in run.shortages if one.get("rule") not in kept]
    sets = [one for one in stored if one["kind"] == "posts"]
    prices = [one for one in stored if one["kind"] == "side_rule"]
    others = [one for one in stored if one["kind"] in {"rule", "cap"}]
    posts = posts_named(key for one in sets for key in one["posts"])
    units = units_named(
        {key for one in sets for key in one["units"]}
        | {one["unit"] for one in others if one["kind"] == "cap"}
    )
    bases = rule_bases(run.campaign)
    return ShortagePage(
        [
            ShortageLine(
                [posts[key] for key in one["posts"] if key in posts],
                one["n_wanted"],
                one["n_available"],
                one["n_people"],
                [units[key] for key in one["units"]],
                [(rule, bases.get(rule, ""), n) for rule, n in one["rules"] if rule not in kept],
            )
            for one in sets
        ],
        [
            RelaxationLine(
                one.get("rule", ""),
                bases.get(one.get("rule", ""), ""),
                units.get(one.get("unit", 0)),
                one.get("cap", 0),
                one["n_more"],
                100 * one["score"],
            )
            for one in others
        ],
        _rule_price_lines(run, prices),
    )


def _rule_price_lines(run: MatchingRun, prices: Sequence[Mapping[str, Any]]) -> list[RulePriceLine]:
    """The sentences come from the run's snapshot, which is read only when a rule costs something."""
    rule_of = {rule.key: rule for rule in stated_rules_of(run)} if prices else {}
    return [
        RulePriceLine(
            rule_sentence(rule_of[one["key"]].kind, rule_of[one["key"]].values, rule_of[one["key"]].names),
            one["n_more"],
            100 * one["score"],
            one["is_proven"],
        )
        for one in prices
    ]
