"""Remind those who owe something (催办): a message, kept with its day, at most once a day.

Offices are reminded of whatever they owe. A secondee is reminded of nothing but the writing that the register of duties
names, and twice at most: `may_be_reminded` is asked for every message, whoever sends it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F

from secondment.accounts.choices import Role
from secondment.accounts.queries import accounts_of
from secondment.common.sentences import say
from secondment.notices.services import send_notice
from secondment.obligations.duties import DUTIES
from secondment.obligations.models import Obligation

MOST_PERSONAL = 2
OF_TERMS = "placements."


@dataclass(frozen=True)
class Reminded:
    """How many were reminded, how many had been today already, and the units in which nobody can sign in."""

    n_sent: int
    n_earlier: int
    unreached: tuple[str, ...]


def remind(obligations: Iterable[Obligation], *, on: dt.date, at: dt.datetime) -> Reminded:
    """Send each a message that names the day; call it inside the transaction of the act, with the rows locked."""
    sent, n_earlier, unreached = [], 0, []
    for one in filter(may_be_reminded, obligations):
        if (
            one.reminded_on is not None and one.reminded_on >= on
        ):  # or tomorrow, by whoever overtook us at midnight
            n_earlier += 1
        elif _write(one, at):
            sent.append(one.pk)
        else:
            unreached.append(one.unit.name)
    Obligation.objects.filter(pk__in=sent).update(reminded_on=on, n_reminders=F("n_reminders") + 1)
    return Reminded(len(sent), n_earlier, tuple(dict.fromkeys(unreached)))


def may_be_reminded(one: Obligation) -> bool:
    """Whether a message may say that this is owed."""
    if one.role != Role.SECONDEE or not one.subject_type.startswith(OF_TERMS):
        return True
    duty = DUTIES.get(one.kind)
    return duty is not None and duty.is_writing and one.n_reminders < MOST_PERSONAL


def _write(one: Obligation, at: dt.datetime) -> int:
    """The message; how many accounts received it."""
    recipients = [one.account] if one.account else accounts_of([one.unit], Role(one.role))
    title = say("催办：%(title)s", title=one.title)
    body = say("请于 %(until)s 前办理。", until=f"{one.due_on}")
    return send_notice(recipients, title=title, body=body, path=one.path, at=at)
