"""The weekly digest: one message a week to an office, with how much waits and how much of it is late.

Never to a secondee: the accounts are chosen by the roles of offices, and one that holds no such role is not asked.
"""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.common.sentences import say
from secondment.notices.delivering import send_out
from secondment.notices.services import send_notice
from secondment.obligations.models import Digest
from secondment.obligations.waiting import waiting_for

OFFICES = (Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)
PAGE = "/todo/"


def send_digests(*, on: dt.date, at: dt.datetime) -> int:
    """Once a week, on its first look, to every account of an office for which something waits; returns how many."""
    monday = on - dt.timedelta(days=on.weekday())
    told = Digest.objects.filter(week=monday).values("account")
    accounts = User.objects.filter(is_active=True, assignments__role__in=OFFICES).exclude(pk__in=told)
    return sum(_send(account, monday, on, at) for account in accounts.order_by("pk").distinct())


def _send(account: User, monday: dt.date, on: dt.date, at: dt.datetime) -> bool:
    lines = waiting_for(account, on)
    Digest.objects.create(account=account, week=monday, n=len(lines))
    if not lines:
        return False
    n_late = sum(one.due_on is not None and one.due_on < on for one in lines)
    title = say("本周待办：%(count)s 项，其中逾期 %(late)s 项", count=f"{len(lines)}", late=f"{n_late}")
    send_notice([account], title=title, path=PAGE, at=at)
    send_out([account], title=title, path=PAGE, at=at)
    return True
