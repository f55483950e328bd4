"""Background work of early signs."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.common.sentences import say
from secondment.jobs.daily import nightly
from secondment.jobs.registry import JobContext, job_kind
from secondment.signals.models import Rehearsal
from secondment.signals.services import execute_rehearsal, look_tonight
from secondment.signals.services.rehearsing import JOB


@nightly("signals.look")
def look(*, at: dt.datetime) -> None:
    """Long where many reports are compared: reads hold no lock, and the writing is one short transaction."""
    look_tonight(on=timezone.localtime(at).date(), at=at)


def _may(user: User, *, rehearsal_id: int) -> bool:
    return covers(user, _row(rehearsal_id).unit.path, Role.ORGANISATION_DEPARTMENT)


@job_kind(JOB, label=gettext_lazy("预警阈值试算"), may=_may)
def rehearse(context: JobContext, *, rehearsal_id: int) -> dict[str, Any]:
    """Count what other thresholds would have raised."""
    on = timezone.localtime(context.now()).date()
    execute_rehearsal(_row(rehearsal_id), on=on, progress=context.progress)
    return {"path": reverse("signals:thresholds"), "message": say("预警阈值试算已完成。")}


def _row(pk: int) -> Rehearsal:
    return Rehearsal.objects.select_related("unit").get(pk=pk)
