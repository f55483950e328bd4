"""What the page of a pair says of the others: who would be next, at what cost, and why nobody else may."""

from dataclasses import dataclass

from django.utils.functional import Promise

from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.fit import weight_array
from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.matching.chain_lines import AnswerLine, Telling, total_text
from secondment.matching.choices import PairQuestion
from secondment.matching.exact_page import Question, question_of
from secondment.matching.explanation import lower_components
from secondment.matching.models import ProposalPair
from secondment.matching.principled import Wanting
from secondment.matching.queries import rule_bases
from secondment.matching.services.plans import ProposalPlan
from secondment.matching.services.what_if import Answer, WhatIf, kept_out

N_SHOWN = 2


@dataclass(frozen=True)
class Alternative:
    """Another person for the post, where they fall behind, and what it takes."""

    line: AnswerLine
    lower: list[Promise]


@dataclass(frozen=True)
class KeptOutLine:
    """A rule and how many people it keeps out of the post."""

    rule: str
    basis: str
    n: int


@dataclass(frozen=True)
class Alternatives:
    """The others of a pair; `anew` is what arranging everybody else anew would bring, if anything.

    `n_by_hand` decisions by hand elsewhere stay; `n_fixed` people fit for the post are bound by them.
    """

    shown: list[Alternative]
    without: AnswerLine
    anew: str
    n_by_hand: int
    n_others: int
    n_fixed: int
    rules: list[KeptOutLine]
    n_several: int
    n_kept: int
    question: Question | None


def alternatives_of(pair: ProposalPair, kept: frozenset[str]) -> Alternatives:
    """Everything about others for the post of a pair, relative to the plan as it stands."""
    plan = ProposalPlan(pair.proposal, kept)
    rows = plan.indices((pair.nomination_id, pair.campaign_post_id))
    asked = WhatIf(plan, post=rows[1])
    placings = asked.placings
    if not plan.is_for_best_total:
        wanting = Wanting(plan)
        placings = tuple(sorted(placings, key=lambda one: wanting.order(asked, one)))
    answers = [asked.told(one) for one in placings[:N_SHOWN]]
    without = asked.without_pair(rows)
    telling = Telling(plan, [*answers, without])
    n_holders = sum(post == pair.campaign_post_id for post in plan.post_of.values())
    n_others = int((plan.problem.post == rows[1]).sum()) - n_holders
    rules, n_several, n_kept = _reasons(pair, plan, rows[1]) if not n_others else ([], 0, 0)
    return Alternatives(
        [Alternative(telling.line(one), _lower(plan, rows, one)) for one in answers],
        telling.line(without, is_without=True),
        total_text(plan, asked.anew)
        if asked.anew and plan.is_for_best_total and not plan.snapshot.side_rules
        else "",
        len(asked.fixed),
        n_others,
        n_others - len(asked.placings),
        rules,
        n_several,
        n_kept,
        question_of(plan, pair.nomination_id, pair.campaign_post_id, PairQuestion.WITHOUT),
    )


def _lower(plan: ProposalPlan, pair: Pair, answer: Answer) -> list[Promise]:
    """Components in which the other falls behind the person of the pair."""
    holder, other = (plan.snapshot.complete[plan.row_of(plan.ids(one))] for one in (pair, answer.pair))
    names = lower_components(holder, other, weight_array(plan.proposal.run.weights))
    return [WEIGHT_LABELS[name] for name in names]


def _reasons(pair: ProposalPair, plan: ProposalPlan, post: int) -> tuple[list[KeptOutLine], int, int]:
    """Rules that keep everybody else out, as far as the reader may know them; the others only as a number."""
    found = kept_out(plan, post)
    bases = rule_bases(pair.proposal.run.campaign)
    shown = [KeptOutLine(rule, bases.get(rule, ""), n) for rule, n in found.rules if rule not in plan.kept]
    return shown, found.n_several, sum(n for rule, n in found.rules if rule in plan.kept)
