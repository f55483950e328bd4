"""Make a proposal of the plan that a campaign chose, with its reason."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.algorithms.arrays import IntArray
from secondment.algorithms.assignment.problem import Pair
from secondment.audit.services import record
from secondment.common.sentences import say, say_label
from secondment.matching.choices import Principle, RunState
from secondment.matching.errors import PrincipleError
from secondment.matching.explanation import StableExplanation, Unplacing
from secondment.matching.models import MatchingRun, Proposal
from secondment.matching.options import Options
from secondment.matching.rules import require_may_adjust
from secondment.matching.services.keeping import keep_plan
from secondment.matching.services.reviewing import lock_reviewed
from secondment.matching.two_sided import Plan, TwoSided


@transaction.atomic
def propose_plan(
    run: MatchingRun, principle: Principle, *, reason: str, by: User, at: dt.datetime
) -> Proposal:
    """The proposal of this principle with the reason for it; made once a run, asking again replaces the reason.

    Raises `PrincipleError`, `NotInReviewError`.
    """
    require_may_adjust(by, run.campaign)
    run.campaign = lock_reviewed(run.campaign)
    reason = reason.strip()
    if not reason:
        raise PrincipleError(_("请写明为什么按“%(principle)s”安排。") % {"principle": principle.label})
    if run.state != RunState.DONE:
        raise PrincipleError(_("本次计算尚未完成，没有可以选用的方案。"))
    proposal = Proposal.objects.filter(run=run, principle=principle).order_by("pk").first()
    if proposal is None:
        with translation.override(settings.LANGUAGE_CODE):
            proposal = _make(run, principle, by=by, at=at)
    if proposal.principle_reason != reason:
        proposal.principle_reason = reason
        proposal.save()
        details = {"principle": str(principle), "reason": reason}
        record("proposal.choose_principle", proposal, by=by, at=at, details=details)
    return proposal


def _make(run: MatchingRun, principle: Principle, *, by: User, at: dt.datetime) -> Proposal:
    options = Options(run)
    plan, market = options.plan(principle), options.market
    rows = plan.rows
    proposal = Proposal.objects.create(
        run=run,
        name=say("%(principle)s（计算 %(number)d）", principle=say_label(principle.label), number=run.number),
        principle=principle,
        total_score=float(round(market.problem.score[rows].sum(), 6)),
        created_by=by,
        created_at=at,
    )
    keep_plan(proposal, market.snapshot, market.problem, rows, _told(run, market, plan), {})
    return proposal


@dataclass(frozen=True)
class _Told:
    """What is said about the plan."""

    pairs: Sequence[Pair]
    rows: IntArray
    alternatives: Mapping[int, list[dict[str, Any]]] = field(default_factory=dict)
    unplaced: Mapping[int, Unplacing] = field(default_factory=dict)


def _told(run: MatchingRun, market: TwoSided, plan: Plan) -> _Told:
    person, post = market.problem.person[plan.rows].tolist(), market.problem.post[plan.rows].tolist()
    bare = _Told(list(zip(person, post, strict=True)), plan.rows)
    explanation = StableExplanation(market.snapshot, market.problem, bare, run.weights)
    return replace(
        bare,
        alternatives={one: explanation.alternatives(one) for one in explanation.people_of},
        unplaced=dict(explanation.unplaced()),
    )
