"""Who sees backups, when the next is due, when it is late, and which files stay."""

import datetime as dt
from collections.abc import Callable, Collection, Hashable

from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role
from secondment.common.errors import require

NIGHT_HOUR = 2
PAUSE_AFTER_FAULT = dt.timedelta(hours=1)
BACKUP_LATE = dt.timedelta(days=2)
DRILL_EVERY_DAYS = 7
DRILL_LATE = dt.timedelta(days=8)
DAILY, WEEKLY, MONTHLY = 7, 4, 12


def require_reader(user: User) -> None:
    """System administrators only."""
    require(has_role(user, Role.SYSTEM_ADMINISTRATOR), _("备份情况只对系统管理员开放。"))


def is_due(now: dt.datetime, *, last_good: dt.datetime | None, last_try: dt.datetime | None) -> bool:
    """Once a day from two in the morning; after a fault again an hour later. All instants in local time."""
    if last_good is not None and last_good.date() >= now.date():
        return False
    is_resting = last_try is not None and now - last_try < PAUSE_AFTER_FAULT
    return now.hour >= NIGHT_HOUR and not is_resting


def is_drill_due(on: dt.date, *, last_good: dt.date | None) -> bool:
    """Every seven days; one that failed is repeated with the next backup."""
    return last_good is None or (on - last_good).days >= DRILL_EVERY_DAYS


def is_late(now: dt.datetime, since: dt.datetime, allowed: dt.timedelta) -> bool:
    """Whether more than `allowed` has passed."""
    return now - since > allowed


def kept(made: Collection[dt.datetime]) -> set[dt.datetime]:
    """All backups of the newest seven days with a backup, and the newest of each of the newest four weeks and twelve months."""
    days = sorted({one.date() for one in made}, reverse=True)[:DAILY]
    return (
        {one for one in made if one.date() in days}
        | _newest_of_each(made, lambda one: one.isocalendar()[:2], WEEKLY)
        | _newest_of_each(made, lambda one: (one.year, one.month), MONTHLY)
    )


def _newest_of_each(
    made: Collection[dt.datetime], period: Callable[[dt.datetime], Hashable], n: int
) -> set[dt.datetime]:
    newest = {period(one): one for one in sorted(made)}
    return set(sorted(newest.values(), reverse=True)[:n])
