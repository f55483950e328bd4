"""Background work of obligations."""

import datetime as dt

from secondment.jobs.daily import daily
from secondment.obligations.digest import send_digests
from secondment.obligations.services import bring_up_to_date


@daily("obligations.bring_up_to_date")
def ask(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- daily work is called with both
    """Ask for what is owed from today on."""
    bring_up_to_date(on=on)


@daily("obligations.send_digests")
def tell(*, on: dt.date, at: dt.datetime) -> None:
    """On the first look of a week."""
    send_digests(on=on, at=at)
