"""Daily work of this room."""

import datetime as dt

from secondment.documents.services import discard_unknown_contents
from secondment.documents.uploads import discard_expired
from secondment.jobs.daily import daily


@daily("documents.discard_expired_uploads")
def discard_expired_uploads(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- all daily work is given both
    """Delete uploads whose day is over."""
    discard_expired(at=at)


@daily("documents.discard_unknown_contents")
def discard_lost_contents(*, on: dt.date, at: dt.datetime) -> None:  # noqa: ARG001 -- all daily work is given both
    """Delete what a process that died had laid down for rows it never wrote."""
    discard_unknown_contents(at=at)
