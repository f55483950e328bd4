"""Daily work: what follows an urgent decision ends with a deadline or a last day."""

import datetime as dt

from secondment.decision.services.afterwards import settle_all
from secondment.jobs.daily import daily


@daily("decision.settle_afterwards")
def settle_afterwards(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- all daily work is told the instant
    """Close the steps that silence or the calendar has ended."""
    settle_all(on)
