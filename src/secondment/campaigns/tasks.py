"""Background work of campaigns."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from secondment.accounts.models import User
from secondment.campaigns.models import Campaign
from secondment.campaigns.rules import may_check
from secondment.campaigns.services.eligibility import CHECK_JOB, check_eligibility
from secondment.campaigns.services.variants import bring_into_force
from secondment.common.sentences import counted, say
from secondment.jobs.daily import daily
from secondment.jobs.registry import JobContext, job_kind


@daily("campaigns.bring_variants_into_force")
def bring_variants_into_force(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- all daily work is given both
    """What counties set for a day that has come."""
    bring_into_force(on=on)


def _may(user: User, *, campaign: int, **_arguments: int) -> bool:
    return may_check(user, Campaign.objects.select_related("owner_unit").get(pk=campaign))


@job_kind(CHECK_JOB, label=gettext_lazy("资格审查"), may=_may)
def run_check(context: JobContext, campaign: int, by: int) -> dict[str, Any]:
    """Check a large campaign; the user may leave the page."""
    row, user = Campaign.objects.get(pk=campaign), User.objects.get(pk=by)
    context.progress(0, 1, say("正在逐人逐岗审查"))
    summary = check_eligibility(row, by=user, on=timezone.localdate(), at=context.now())
    message = counted(
        "审查 %(n)d 人：%(blocked)d 人不符合，%(warned)d 人有提示。",
        summary.n_people,
        blocked=summary.n_blocked,
        warned=summary.n_warned,
    )
    return {"path": reverse("campaigns:finding_list", args=[campaign]), "message": message}
