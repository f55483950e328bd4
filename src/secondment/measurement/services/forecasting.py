"""Ask for a forecast of an appraisal, and make it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appraisals.models import Appraisal
from secondment.audit.services import record
from secondment.common.sentences import say
from secondment.jobs.services import start_job
from secondment.measurement.choices import RunState
from secondment.measurement.errors import NoForecastError
from secondment.measurement.models import Forecast
from secondment.measurement.rules import require_may_measure

if TYPE_CHECKING:
    from secondment.measurement.planning import Plan

JOB = "measurement.forecast"
Progress = Callable[[int, int, Any], None]


@transaction.atomic
def start_forecast(appraisal: Appraisal, plan: "Plan", *, by: User, at: dt.datetime) -> Forecast:
    """Queue the simulation of these raters and links."""
    require_may_measure(by, appraisal.owner_unit)
    made = Forecast.objects.create(appraisal=appraisal, plan=asdict(plan), requested_by=by, requested_at=at)
    made.job_id = start_job(JOB, {"forecast_id": made.pk}, by=by, at=at).pk
    made.save(update_fields=["job_id"])
    record("measurement.forecast", made, by=by, at=at, details=asdict(plan))
    return made


def make_forecast(made: Forecast, *, progress: Progress) -> None:
    """Carry it out.

    Raises `NoForecastError` for a design that cannot be fitted.
    """
    from secondment.algorithms.rating.ratings import RatingError
    from secondment.measurement.planning import Plan, forecast

    Forecast.objects.filter(pk=made.pk).update(state=RunState.RUNNING)
    try:
        result = forecast(
            Plan(**made.plan),
            seed=made.pk,
            watch=lambda done, total: progress(done, total, say("模拟测评并与真值比较")),
        )
    except RatingError as error:
        raise NoForecastError(_("按这样的安排无法估计可靠性。请增加评议人或考核组成员后重试。")) from error
    Forecast.objects.filter(pk=made.pk).update(state=RunState.DONE, result=result)


def fail_forecast(*, forecast_id: int) -> None:
    """Show that it came to nothing."""
    Forecast.objects.filter(pk=forecast_id).exclude(state=RunState.DONE).update(state=RunState.FAILED)
