"""Exact costs under side rules that were asked for, in words: proven, or how far the bound leaves them open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from secondment.algorithms.assignment.problem import Pair
from secondment.algorithms.explanation import Chain, Step, chains_of
from secondment.algorithms.side_rules.solution import Status
from secondment.common.sentences import listed
from secondment.matching.choices import PairQuestion, RunState
from secondment.matching.figures import places_texts, points_text, signed_text
from secondment.matching.models import ExactCost
from secondment.matching.services.exact_costs import IMPOSSIBLE
from secondment.matching.services.plans import ProposalPlan

PRECISE = 1e-6  # of the solver


@dataclass(frozen=True)
class KnownCost:
    """A finished search beside the plan as it stands: who moves, as chains in rows."""

    cost: ExactCost
    chains: Sequence[Chain]

    @property
    def steps(self) -> list[Step]:
        """Everything that changes hands."""
        return [step for chain in self.chains for step in chain.steps]


class KnownCosts:
    """The finished searches that still hold for a plan; none without side rules."""

    def __init__(self, plan: ProposalPlan) -> None:
        self.plan = plan

    def of(self, pair: Pair, *, is_without: bool) -> KnownCost | None:
        """What was found about a pair of rows."""
        question = PairQuestion.WITHOUT if is_without else PairQuestion.WITH
        cost = self._found.get((*self.plan.ids(pair), question))
        return None if cost is None else KnownCost(cost, self._chains(cost, pair))

    @cached_property
    def _found(self) -> dict[tuple[int, int, str], ExactCost]:
        if not self.plan.snapshot.side_rules:
            return {}
        found = ExactCost.objects.filter(
            proposal=self.plan.proposal, standing=self.plan.standing, state=RunState.DONE
        )
        return {(one.nomination_id, one.campaign_post_id, one.question): one for one in found}

    def _chains(self, cost: ExactCost, pair: Pair) -> tuple[Chain, ...]:
        removed, added = (
            [self.plan.indices((person, post)) for person, post in cost.report.get(name, ())]
            for name in ("removed", "added")
        )
        standing = [self.plan.indices(one) for one in self.plan.post_of.items()]
        return chains_of(self.plan.problem, standing, removed, added, first=pair)


def is_tie(report: Mapping[str, Any]) -> bool:
    """Whether a plan is proven to be as good as the one that stood."""
    is_proven = report["status"] == Status.OPTIMAL.value
    return is_proven and not any(report["by_priority"]) and abs(report["loss"]) <= PRECISE


def conclusion_of(plan: ProposalPlan, cost: ExactCost) -> str:
    """What a search came to, in one sentence."""
    report = cost.report
    if report["status"] in {Status.INFEASIBLE.value, IMPOSSIBLE}:
        return _("精确代价：保留人工安排、遵守附加规则，没有这样的方案（已证明）")
    if report["status"] == Status.UNKNOWN.value:
        return _("在 %(n)d 秒内没有找到这样的方案，也未能证明没有") % {"n": report["limit_seconds"]}
    if is_tie(report):
        return _("精确代价：并列，填补岗位和总匹配度都不变（已证明），由组织决定")
    total = listed(
        [
            *places_texts(report["by_priority"], plan.snapshot.priority),
            _("合计 %(score)s 分") % {"score": signed_text(-report["loss"])},
        ]
    )
    if report["status"] == Status.OPTIMAL.value:
        return _("精确代价（已证明）：%(total)s") % {"total": total}
    return _("已找到的方案：%(total)s；尚未证明代价最小，%(bound)s") % {
        "total": total,
        "bound": _bound_text(report),
    }


def _bound_text(report: Mapping[str, Any]) -> str:
    """What every other plan costs at least."""
    if report["least_places"] < report["places"]:
        return _("少填补的岗位可能只有 %(n)d 个") % {"n": max(0, report["least_places"])}
    values = {
        "score": signed_text(-report["least_loss"]),
        "gap": points_text(report["loss"] - report["least_loss"]),
    }
    return _("任何这样的方案合计都不超过 %(score)s 分，差距 %(gap)s 分") % values
