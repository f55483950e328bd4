"""What the pages say about a pair, a shortage and a run, and of the ways to bring a person to a post."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from secondment.campaigns.models import CampaignPost, Nomination
from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.campaigns.queries import nominations_named, posts_named
from secondment.common.errors import DomainError
from secondment.matching.chain_lines import AnswerLine, Telling
from secondment.matching.evidence import neutral_of
from secondment.matching.fact_lines import FactLine, fact_lines, judged_share, lower_tenth
from secondment.matching.models import MatchingRun, Proposal, ProposalPair
from secondment.matching.queries import Summary, rule_bases, units_named
from secondment.matching.services.plans import Cost, Move, ProposalPlan
from secondment.matching.services.what_if import WhatIf
from secondment.matching.side_rules.kinds import rule_sentence
from secondment.matching.side_rules.reports import stated_rules_of
from secondment.matching.weights import FORMULAS
from secondment.units.models import Unit

MOST_SUGGESTED = 10
HALF = 50  # per cent of the weight


@dataclass(frozen=True)
class ComponentLine:
    """One component of a pair: its value (0–100), weight, share in the score in points, and formula.

    `is_neutral`: it could not be judged, and counts at the run's neutral value.
    """

    label: Promise
    value: float | None
    weight: int
    points: float | None
    formula: Promise
    is_neutral: bool = False
    facts: FactLine | None = None


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
    """Everything the page of shortages shows."""

    shortages: list[ShortageLine]
    relaxations: list[RelaxationLine]
    rule_prices: list[RulePriceLine]


@dataclass(frozen=True)
class Option:
    """One way: what it is called, what it costs, where it is posted to; `refusal` is the reason why it cannot be done.

    `broken` are the side rules the plan would no longer satisfy: they are shown, and a person decides.
    """

    label: str
    url: str
    fields: dict[str, int] = field(default_factory=dict)
    cost: Cost | None = None
    broken: Sequence[str] = ()
    refusal: str = ""

    @property
    def reason_id(self) -> str:
        """Id of the field for the reason, one a way."""
        return f"reason-{self.url.strip('/').rpartition('/')[2]}-{self.fields.get('other', 0)}"


@dataclass(frozen=True)
class Suggestion:
    """A post the person may go to, its fit in points, and who holds it."""

    post: CampaignPost
    score: float
    holders: list[Nomination]
    is_own: bool


@dataclass(frozen=True)
class Footing:
    """On how much the fit of a pair rests: components judged of those that count, and their share of the weight.

    `tenth` is the fit below which lies the lowest tenth of the proposal.
    """

    n_judged: int
    n_counting: int
    share: int
    is_thin: bool
    is_low: bool
    tenth: float


def footing_of(pair: ProposalPair) -> Footing:
    """Whether the fit rests on little, and whether it is among the lowest."""
    n_judged, n_counting, share = judged_share(pair.components, pair.proposal.run.weights)
    tenth = lower_tenth(list(pair.proposal.pairs.order_by("pk").values_list("score", flat=True)))
    is_low = pair.score < tenth
    return Footing(n_judged, n_counting, share, share <= HALF, is_low, 100 * tenth)


@dataclass(frozen=True)
class Unfounded:
    """Components with a weight by which nobody of a plan was judged: at their neutral value, or without effect."""

    neutral: list[Promise]
    idle: list[Promise]


def unfounded_of(proposal: Proposal, summary: Summary) -> Unfounded:
    """What the plan rests on nothing in; a component that nobody at all can be judged by has no neutral value."""
    neutral = neutral_of(proposal.run) or {}
    names = summary.unfounded(proposal.run.weights)
    counts = [name for name in names if neutral.get(name) is not None]
    return Unfounded(
        [WEIGHT_LABELS[name] for name in counts],
        [WEIGHT_LABELS[name] for name in names if name not in counts],
    )


def component_lines(pair: ProposalPair, run: MatchingRun) -> list[ComponentLine]:
    """All nine components; the points of those that count add up to the fit."""
    neutral = neutral_of(run) or {}
    judged = {name: pair.components.get(name) for name in WEIGHT_LABELS}
    counted = {name: neutral.get(name) if value is None else value for name, value in judged.items()}
    total = sum(run.weights.get(name, 0) for name, value in counted.items() if value is not None)
    lines, facts = [], fact_lines(pair)
    for name, label in WEIGHT_LABELS.items():
        value, weight = counted[name], run.weights.get(name, 0)
        points = None if value is None or not total else 100 * weight * value / total
        is_neutral = judged[name] is None and value is not None
        shown = None if value is None else 100 * value
        lines.append(ComponentLine(label, shown, weight, points, FORMULAS[name], is_neutral, facts.get(name)))
    return lines


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


def options_for(plan: ProposalPlan, nomination: Nomination, campaign_post: CampaignPost) -> list[Option]:
    """Take a free place, change places with a holder, or take a holder's place."""
    holders = nominations_named(one for one, post in plan.post_of.items() if post == campaign_post.pk)
    return list(_options(plan, nomination, campaign_post, list(holders.values())))


def answer_for(plan: ProposalPlan, nomination: Nomination, campaign_post: CampaignPost) -> AnswerLine | None:
    """What it takes when everybody else is moved as needed; None when there is no such plan."""
    pair = plan.known_indices((nomination.pk, campaign_post.pk))
    is_there = plan.post_of.get(nomination.pk) == campaign_post.pk
    if pair is None or is_there:
        return None
    answer = WhatIf(plan, person=pair[0], post=pair[1]).with_pair(pair)
    return Telling(plan, [answer]).line(answer) if answer else None


def suggestions_for(plan: ProposalPlan, nomination: Nomination) -> list[Suggestion]:
    """The posts that fit the person best among those the rules allow."""
    person = plan.snapshot.person_of.get(nomination.pk)
    rows = np.flatnonzero(plan.problem.person == (-1 if person is None else person))
    best = rows[np.argsort(-plan.problem.score[rows], kind="stable")][:MOST_SUGGESTED]
    keys = [plan.snapshot.posts[post] for post in plan.problem.post[best]]
    posts = posts_named(keys)
    held = {key: [one for one, post in plan.post_of.items() if post == key] for key in keys}
    people = nominations_named({one for holders in held.values() for one in holders})
    return [
        Suggestion(
            posts[key],
            100 * float(plan.problem.score[row]),
            [people[one] for one in held[key]],
            plan.post_of.get(nomination.pk) == key,
        )
        for key, row in zip(keys, best, strict=True)
    ]


def admissible_posts(plan: ProposalPlan, nomination: Nomination) -> list[CampaignPost]:
    """Every post the rules allow the person, by host unit."""
    person = plan.snapshot.person_of.get(nomination.pk)
    rows = np.flatnonzero(plan.problem.person == (-1 if person is None else person))
    posts = posts_named(plan.snapshot.posts[post] for post in plan.problem.post[rows])
    return sorted(posts.values(), key=lambda one: (one.post.host_unit.path, one.pk))


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


def _options(
    plan: ProposalPlan, nomination: Nomination, campaign_post: CampaignPost, holders: list[Nomination]
) -> Iterator[Option]:
    base = {"nomination": nomination.pk, "campaign_post": campaign_post.pk}
    if len(holders) < campaign_post.post.headcount:
        take_free = partial(plan.assigning, nomination.pk, campaign_post.pk)
        yield _option(plan, _("安排到空缺名额"), "person_assign", base, take_free)
    for holder in holders:
        fields = base | {"other": holder.pk}
        if nomination.pk in plan.post_of:
            label = _("与%(name)s对调") % {"name": holder}
            yield _option(plan, label, "pair_swap", fields, partial(plan.swapping, nomination.pk, holder.pk))
        label = _("替换%(name)s（转为未匹配）") % {"name": holder}
        take = partial(plan.assigning, nomination.pk, campaign_post.pk, displaced=holder.pk)
        yield _option(plan, label, "person_assign", fields, take)


def _option(
    plan: ProposalPlan, label: str, name: str, fields: dict[str, int], make: Callable[[], Move]
) -> Option:
    url = reverse(f"matching:{name}", args=[plan.proposal.pk])
    try:
        move = make()
        plan.check(move)
    except DomainError as error:
        return Option(label, url, fields, refusal=str(error))
    broken = [rule_sentence(rule.kind, rule.values, rule.names) for rule in plan.newly_broken(move)]
    return Option(label, url, fields, plan.cost(move), broken)
