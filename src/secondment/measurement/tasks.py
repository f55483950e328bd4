"""Background work of measurement."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from secondment.accounts.models import User
from secondment.common.sentences import counted, say
from secondment.jobs.registry import JobContext, job_kind
from secondment.measurement.models import Forecast, Run
from secondment.measurement.rules import may_measure
from secondment.measurement.services import forecasting, looking
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


@job_kind(
    looking.JOB,
    label=gettext_lazy("测评提示核查"),
    may=_may,
    give_up=looking.fail_look,
    priority=looking.LAST,
)
def look_closer(context: JobContext, *, run_id: int) -> dict[str, Any]:
    """Flags that need simulation, and what one more common rater would have bought."""
    n = looking.look_closer(_run(run_id), progress=context.progress)
    return {
        "path": reverse("measurement:run_detail", args=[run_id]),
        "message": counted("核查完毕，有 %(n)d 条提示供人工查看。", n),
    }


def _forecast(pk: int) -> Forecast:
    return Forecast.objects.select_related("appraisal__owner_unit").get(pk=pk)


def _may_plan(user: User, *, forecast_id: int) -> bool:
    return may_measure(user, _forecast(forecast_id).appraisal.owner_unit)


@job_kind(
    forecasting.JOB,
    label=gettext_lazy("测评可靠性预估"),
    may=_may_plan,
    give_up=forecasting.fail_forecast,
)
def make_forecast(context: JobContext, *, forecast_id: int) -> dict[str, Any]:
    """Simulate an appraisal as planned."""
    made = _forecast(forecast_id)
    forecasting.make_forecast(made, progress=context.progress)
    return {
        "path": reverse("measurement:planning", args=[made.appraisal_id]),
        "message": say("预估完毕。"),
    }
