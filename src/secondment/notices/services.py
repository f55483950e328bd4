"""Send and read in-system messages."""

import datetime as dt
from collections.abc import Iterable

from secondment.accounts.models import User
from secondment.common.own_paths import checked_path
from secondment.notices.models import Notice


def send_notice(
    recipients: Iterable[User], *, title: str, at: dt.datetime, body: str = "", path: str = ""
) -> int:
    """One message to each account; returns how many. Call it from `transaction.on_commit` or inside the transaction."""
    path = checked_path(path)
    rows = [
        Notice(recipient=user, title=title, body=body, path=path, created_at=at)
        for user in {user.pk: user for user in recipients}.values()
    ]
    return len(Notice.objects.bulk_create(rows))


def read_notices(user: User, *, at: dt.datetime, notice: Notice | None = None) -> int:
    """Mark one message, or all of an account, as read; returns how many were unread."""
    unread = Notice.objects.filter(recipient=user, read_at=None)
    if notice is not None:
        unread = unread.filter(pk=notice.pk)
    return unread.update(read_at=at)
