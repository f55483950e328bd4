"""Lists of demands that leave the system."""

import datetime as dt

from secondment.accounts.models import User
from secondment.audit.services import record


def note_export(n: int, *, by: User, at: dt.datetime) -> None:
    """Demands name people to contact: who took how many away is on record."""
    record("post.export", by, by=by, at=at, details={"rows": n})
