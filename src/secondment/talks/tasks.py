"""Background work of talks."""

import datetime as dt

from secondment.jobs.daily import daily
from secondment.talks.services import deliver_held


@daily("talks.deliver_held")
def deliver(*, on: dt.date, at: dt.datetime) -> None:
    """Anonymous letters leave the box together."""
    deliver_held(on=on, at=at)
