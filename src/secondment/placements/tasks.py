"""Background work of placements."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role
from secondment.campaigns.models import Campaign
from secondment.campaigns.rules import may_manage
from secondment.common.sentences import counted
from secondment.jobs.registry import JobContext, job_kind
from secondment.placements.queries import for_appointment_forms, visible_to
from secondment.placements.services.appointment_forms import FORMS_JOB, fill_forms, keep_forms
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


def _may_fill(user: User, **_arguments: object) -> bool:
    return has_role(user, Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT)


@job_kind(FORMS_JOB, label=gettext_lazy("填写任免审批表"), may=_may_fill)
def run_forms(context: JobContext, *, placements: list[int], by: int, on: str) -> dict[str, Any]:
    """Fill the forms of people decided on into one file."""
    account = User.objects.get(pk=by)
    rows = list(for_appointment_forms(visible_to(account).filter(pk__in=placements)))
    day, at = dt.date.fromisoformat(on), context.now()
    content = fill_forms(rows, by=account, on=day, at=at, progress=context.progress)
    key = keep_forms(rows, content, by=account, at=at)
    return {
        "path": reverse("placements:forms_file", args=[key]),
        "message": counted("已填写 %(n)d 人的任免审批表。", len(rows)),
    }
