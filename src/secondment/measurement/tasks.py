"""Background work of measurement."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from secondment.accounts.models import User
from secondment.common.sentences import counted
from secondment.jobs.registry import JobContext, job_kind
from secondment.measurement.models import Run
from secondment.measurement.rules import may_measure
from secondment.measurement.services.running import JOB, execute_run, fail_run


def _run(pk: int) -> Run:
    return Run.objects.select_related("owner_unit", "standard_version__standard", "requested_by").get(pk=pk)


def _may(user: User, *, run_id: int) -> bool:
    return may_measure(user, _run(run_id).owner_unit)


@job_kind(JOB, label=gettext_lazy("测评计算"), may=_may, give_up=fail_run)
def run_measurement(context: JobContext, *, run_id: int) -> dict[str, Any]:
    """Carry out a computation."""
    run = _run(run_id)
    execute_run(run, at=context.now(), progress=context.progress)
    return {
        "path": reverse("measurement:run_detail", args=[run.pk]),
        "message": counted("已得出 %(n)d 名测评对象的结果。", run.measures.count()),
    }
