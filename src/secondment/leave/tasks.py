"""Background work of leave."""

import datetime as dt

from secondment.jobs.daily import daily
from secondment.leave.services import look_after_all


@daily("leave.look_after")
def look_after(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- daily work is called with both
    """Days go by while somebody is not back."""
    look_after_all(on=on)
