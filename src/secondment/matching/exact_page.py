"""What pages show of exact costs under side rules: the question about a pair, and what its search has found."""

from collections.abc import Sequence
from dataclasses import dataclass

from secondment.matching.chain_lines import Telling
from secondment.matching.choices import PairQuestion, RunState
from secondment.matching.exact_lines import KnownCosts, conclusion_of
from secondment.matching.models import ExactCost
from secondment.matching.services.exact_costs import is_settled
from secondment.matching.services.plans import ProposalPlan


@dataclass(frozen=True)
class Question:
    """A question that a page may ask, and the search for it, if the plan as it stands has one."""

    nomination: int
    campaign_post: int
    question: str
    cost: ExactCost | None

    @property
    def is_under_way(self) -> bool:
        """Whether it is being searched."""
        return self.cost is not None and self.cost.state in {RunState.QUEUED, RunState.RUNNING}

    @property
    def may_ask(self) -> bool:
        """Whether searching, or searching longer, may say more."""
        return not self.is_under_way and (self.cost is None or not is_settled(self.cost))


@dataclass(frozen=True)
class Finding:
    """What a search came to, in one sentence, and who moves; no steps where the plan has changed since."""

    total: str
    steps: Sequence[str]


def question_of(
    plan: ProposalPlan, nomination: int, campaign_post: int, question: PairQuestion
) -> Question | None:
    """The question about a pair; None where what the page says is exact already."""
    if not plan.snapshot.side_rules or not plan.is_for_best_total:
        return None
    asked = ExactCost.objects.filter(
        proposal=plan.proposal,
        standing=plan.standing,
        nomination=nomination,
        campaign_post=campaign_post,
        question=question,
    )
    return Question(nomination, campaign_post, question.value, asked.first())


def finding_of(plan: ProposalPlan, cost: ExactCost) -> Finding | None:
    """The finding of a search; None before it is over."""
    if cost.state != RunState.DONE:
        return None
    pair = plan.indices((cost.nomination_id, cost.campaign_post_id))
    known = KnownCosts(plan).of(pair, is_without=cost.question == PairQuestion.WITHOUT)
    if known is None or known.cost.pk != cost.pk:
        return Finding(conclusion_of(plan, cost), ())
    return Finding(conclusion_of(plan, cost), Telling(plan, [], [known]).steps(known.chains))
