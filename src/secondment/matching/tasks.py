"""Background work of matching."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from secondment.accounts.models import User
from secondment.campaigns.rules import may_manage
from secondment.common.sentences import counted, say
from secondment.jobs.registry import JobContext, job_kind
from secondment.matching.models import ExactCost, MatchingRun
from secondment.matching.services import exact_costs
from secondment.matching.services.runs import JOB, execute_run, fail_run


def _may(user: User, *, run_id: int) -> bool:
    return may_manage(
        user, MatchingRun.objects.select_related("campaign__owner_unit").get(pk=run_id).campaign
    )


@job_kind(JOB, label=gettext_lazy("匹配计算"), may=_may, give_up=fail_run)
def run_matching(context: JobContext, *, run_id: int) -> dict[str, Any]:
    """Carry out a run."""
    run = MatchingRun.objects.select_related("campaign__owner_unit", "campaign__programme_version").get(
        pk=run_id
    )
    proposal = execute_run(run, at=context.now(), progress=context.progress)
    return {
        "path": reverse("matching:proposal_detail", args=[proposal.pk]),
        "message": counted("已填补 %(n)d 个岗位。", run.report["n_assigned"]),
    }


def _may_ask(user: User, *, cost_id: int) -> bool:
    return may_manage(user, _cost(cost_id).proposal.run.campaign)


@job_kind(
    exact_costs.JOB,
    label=gettext_lazy("精确代价计算"),
    may=_may_ask,
    give_up=exact_costs.fail_exact_cost,
)
def find_exact_cost(context: JobContext, *, cost_id: int) -> dict[str, Any]:
    """Search for the exact cost of a pair under side rules."""
    exact_costs.execute_exact_cost(_cost(cost_id), progress=context.progress)
    return {
        "path": reverse("matching:exact_cost_detail", args=[cost_id]),
        "message": say("精确代价已算出。"),
    }


def _cost(pk: int) -> ExactCost:
    return ExactCost.objects.select_related("proposal__run__campaign__owner_unit").get(pk=pk)
