"""Pages of objects that are gone or belong to others: counted, and one event of the trail for an account and hour."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from secondment.accounts.models import MissedPages, User
from secondment.audit.services import record


@transaction.atomic
def count_missed(user: User, *, page: str, at: dt.datetime) -> None:
    """One page more in this hour; hours that are over are recorded."""
    record_missed(at=at)
    missed, _is_new = MissedPages.objects.select_for_update().get_or_create(
        user=user, hour=_hour(at), defaults={"page": page[:200]}
    )
    missed.n += 1
    missed.save(update_fields=["n"])


@transaction.atomic
def record_missed(*, at: dt.datetime) -> int:
    """Record each account and hour that is over, with how many pages and the first of them; returns how many."""
    over = MissedPages.objects.select_for_update(of=("self",)).select_related("user__unit")
    found = list(over.filter(hour__lt=_hour(at)).order_by("hour", "user"))
    for missed in found:
        hour = f"{timezone.localtime(missed.hour):%Y-%m-%d %H:00}"
        details = {"n": missed.n, "page": missed.page, "hour": hour}
        user = missed.user
        record("account.miss", user, by=user, at=at, details=details)
        missed.delete()
    return len(found)


def _hour(at: dt.datetime) -> dt.datetime:
    return at.replace(minute=0, second=0, microsecond=0)
