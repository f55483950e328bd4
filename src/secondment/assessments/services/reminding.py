"""Remind a secondee of the one text of the year: when it can be written, and once more before its day."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from secondment.assessments.writing import DUTIES
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.reminding import remind

BEFORE = dt.timedelta(days=7)


@transaction.atomic
def remind_of_summaries(*, on: dt.date, at: dt.datetime) -> int:
    """Whose text has opened and nobody told them, and whose day is a week away; returns how many were told.

    `remind` lets nobody be told twice a day, or more than twice at all.
    """
    kinds = [duty.kind for duty in DUTIES.values()]
    rows = Obligation.objects.select_for_update(of=("self",)).filter(
        kind__in=kinds, state=ObligationState.OPEN, account__isnull=False, opens_on__lte=on, due_on__gte=on
    )
    due = rows.filter(
        Q(n_reminders=0) | Q(n_reminders=1, due_on__lte=on + BEFORE, reminded_on__lte=on - BEFORE)
    )
    return remind(due.select_related("account", "unit"), on=on, at=at).n_sent
