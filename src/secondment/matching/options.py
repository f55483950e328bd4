"""Ways to bring a person to a post, each with its exact cost or with what stands against it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.campaigns.models import CampaignPost, Nomination
from secondment.common.errors import DomainError
from secondment.matching.models import Proposal
from secondment.matching.queries import nominations_named, posts_named
from secondment.matching.services.plans import Cost, Move, Plan
from secondment.matching.side_rules.wording import rule_sentence

MOST_SUGGESTED = 10


@dataclass(frozen=True)
class Option:
    """One way: what it is called, what it costs, where it is posted to; `refusal` says why it cannot be done.

    `broken` are the side rules the plan would no longer keep: a person decides, and is told.
    """

    label: str
    url: str
    fields: dict[str, int] = field(default_factory=dict)
    cost: Cost | None = None
    broken: Sequence[str] = ()
    refusal: str = ""


@dataclass(frozen=True)
class Suggestion:
    """A post the person may go to, its fit in points, and who holds it."""

    post: CampaignPost
    score: float
    holders: list[Nomination]
    is_own: bool


def options_for(
    proposal: Proposal, nomination: Nomination, campaign_post: CampaignPost, kept: frozenset[str]
) -> list[Option]:
    """Take a free place, change places with a holder, or take a holder's place.

    Refusals do not name rules that are `kept` from the reader.
    """
    plan = Plan(proposal, kept)
    holders = nominations_named(one for one, post in plan.post_of.items() if post == campaign_post.pk)
    return list(_options(plan, nomination, campaign_post, list(holders.values())))


def suggestions_for(proposal: Proposal, nomination: Nomination) -> list[Suggestion]:
    """The posts that fit the person best among those the rules allow."""
    plan = Plan(proposal)
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


def admissible_posts(proposal: Proposal, nomination: Nomination) -> list[CampaignPost]:
    """Every post the rules allow the person, by host unit."""
    plan = Plan(proposal)
    person = plan.snapshot.person_of.get(nomination.pk)
    rows = np.flatnonzero(plan.problem.person == (-1 if person is None else person))
    posts = posts_named(plan.snapshot.posts[post] for post in plan.problem.post[rows])
    return sorted(posts.values(), key=lambda one: (one.post.host_unit.path, one.pk))


def _options(
    plan: Plan, nomination: Nomination, campaign_post: CampaignPost, holders: list[Nomination]
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
        label = _("顶替%(name)s（转为未匹配）") % {"name": holder}
        take = partial(plan.assigning, nomination.pk, campaign_post.pk, displaced=holder.pk)
        yield _option(plan, label, "person_assign", fields, take)


def _option(plan: Plan, label: str, name: str, fields: dict[str, int], make: Callable[[], Move]) -> Option:
    url = reverse(f"matching:{name}", args=[plan.proposal.pk])
    try:
        move = make()
        plan.check(move)
    except DomainError as error:
        return Option(label, url, fields, refusal=str(error))
    broken = [rule_sentence(rule.kind, rule.values, rule.names) for rule in plan.newly_broken(move)]
    return Option(label, url, fields, plan.cost(move), broken)
