"""Background work of appraisals."""

import datetime as dt

from secondment.appraisals.services.voting import sweep_boxes
from secondment.jobs.daily import daily


@daily("appraisals.sweep_boxes")
def sweep(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- daily work is called with both
    """A closed vote leaves no box behind, even after a power cut."""
    sweep_boxes()
