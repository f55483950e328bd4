"""Background work of daily work."""

import datetime as dt

from secondment.daily_work.services import escalate_urgent
from secondment.jobs.daily import nightly


@nightly("daily_work.escalate_urgent")
def escalate(*, at: dt.datetime) -> None:
    """Hours go by while nobody takes note of an urgent matter: looked at with every look of the worker."""
    escalate_urgent(at=at)
