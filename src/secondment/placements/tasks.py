"""Background work of placements."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from secondment.accounts.models import User
from secondment.campaigns.models import Campaign
from secondment.campaigns.rules import may_manage
from secondment.common.sentences import counted
from secondment.jobs.registry import JobContext, job_kind
from secondment.placements.services.batches import ISSUE_JOB, issue_in_steps, issue_of


def _may(user: User, *, campaign: int, **_arguments: str | int) -> bool:
    return may_manage(user, Campaign.objects.select_related("owner_unit").get(pk=campaign))


@job_kind(ISSUE_JOB, label=gettext_lazy("印发挂职通知"), may=_may)
def run_issue(context: JobContext, *, campaign: int, by: int, on: str, **issue: str) -> dict[str, Any]:
    """Issue the notices of a campaign one by one; the user may leave the page."""
    n_issued = issue_in_steps(
        Campaign.objects.select_related("owner_unit", "programme_version").get(pk=campaign),
        issue_of(issue),
        by=User.objects.get(pk=by),
        on=dt.date.fromisoformat(on),
        at=context.now(),
        progress=context.progress,
    )
    return {
        "path": f"{reverse('placements:placement_list')}?campaign={campaign}",
        "message": counted("已为 %(n)d 人印发挂职通知。", n_issued),
    }
