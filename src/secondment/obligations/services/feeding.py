"""Give out and end the address under which an account's to-do list is read as a calendar."""

import datetime as dt
import secrets

from django.db import transaction

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.obligations.models import CalendarFeed

NONCE_BYTES = 18


@transaction.atomic
def make_feed(*, by: User, at: dt.datetime) -> CalendarFeed:
    """A fresh address; the one before ends."""
    made = {"nonce": secrets.token_urlsafe(NONCE_BYTES), "made_at": at}
    feed, _is_first = CalendarFeed.objects.update_or_create(account=by, defaults=made)
    record("calendar_feed.make", by, by=by, at=at)
    return feed


@transaction.atomic
def revoke_feed(*, by: User, at: dt.datetime) -> int:
    """No program reads it any more; returns how many addresses ended."""
    n, _by_model = CalendarFeed.objects.filter(account=by).delete()
    if n:
        record("calendar_feed.revoke", by, by=by, at=at)
    return n
