"""Background work of daily work."""

import datetime as dt

from secondment.daily_work.services import ask_for_records
from secondment.jobs.daily import daily


@daily("daily_work.ask_for_records")
def ask(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- daily work is called with both
    """Ask for what is owed from today on."""
    ask_for_records(on=on)
