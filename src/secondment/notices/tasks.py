"""Background work of messages."""

import datetime as dt

from secondment.jobs.daily import nightly
from secondment.notices.delivering import deliver


@nightly("notices.deliver")
def send(*, at: dt.datetime) -> None:
    """At every look of a worker: a server that does not answer holds up nobody else."""
    deliver(at=at)
