"""Background work of matching."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from secondment.accounts.models import User
from secondment.campaigns.rules import may_manage
from secondment.common.sentences import counted
from secondment.jobs.registry import JobContext, job_kind
from secondment.matching.models import MatchingRun
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
