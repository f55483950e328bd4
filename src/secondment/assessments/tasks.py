"""Daily work of assessments."""

import datetime as dt

from secondment.assessments.models import Evaluation
from secondment.assessments.services.rechecking import mark_changed
from secondment.assessments.services.reminding import remind_of_summaries
from secondment.jobs.daily import daily

YEARS_LOOKED_AT = 2


@daily("assessments.recheck")
def recheck_all(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- all daily work is given both
    """Compare the years last assessed with today's facts: files and imports change them without asking."""
    mark_changed(Evaluation.objects.filter(year__gte=on.year - YEARS_LOOKED_AT))


@daily("assessments.remind_of_summaries")
def remind(*, on: dt.date, at: dt.datetime) -> None:
    """When a text can be written, and a week before its day: nothing else is a secondee ever reminded of."""
    remind_of_summaries(on=on, at=at)
