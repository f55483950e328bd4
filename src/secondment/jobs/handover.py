"""Background work at hand: it goes on by the rights of whoever began it."""

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy

from secondment.accounts.handover import Item, register_held
from secondment.accounts.models import User
from secondment.jobs.lists import kind_label
from secondment.jobs.models import Job, JobState


@register_held
def jobs_held(account: User, _at: dt.datetime) -> Iterator[Item]:
    """Queued or running."""
    for row in Job.objects.filter(owner=account, state__in=(JobState.QUEUED, JobState.RUNNING)):
        yield Item(
            kind=gettext_lazy("后台任务"),
            text=kind_label(row),
            path=reverse("jobs:job_detail", args=[row.pk]),
            stays=gettext_lazy(
                "任务按发起人的权限运行，不能移交。请等它办完，或由发起人取消后由接任人重新发起。"
            ),
        )
