"""Daily work of assessments."""

import datetime as dt

from secondment.assessments.models import Evaluation
from secondment.assessments.services.rechecking import mark_changed
from secondment.jobs.daily import daily

YEARS_LOOKED_AT = 2


@daily("assessments.recheck")
def recheck_all(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- all daily work is given both
    """Compare the years last assessed with today's facts: files and imports change them without asking."""
    mark_changed(Evaluation.objects.filter(year__gte=on.year - YEARS_LOOKED_AT))
