"""Notify system administrators of unused accounts, and disable them in time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.accounts.disuse import UNUSED_DAYS, disable_unused, warn_unused
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.accounts.throttle import forget_old_tries
from secondment.accounts.two_persons import forget_old_requests
from secondment.common.installation import is_open_demo
from secondment.common.sentences import counted, say
from secondment.notices.services import send_notice

MOST_NAMES = 20


def watch_accounts(*, at: dt.datetime) -> None:
    """One day's warnings and endings, each administrator is notified once for all accounts of their scope."""
    kept = list(settings.DEMO_ACCOUNTS) if is_open_demo() else []
    warnings = warn_unused(kept=kept, at=at)
    for days in sorted({warning.days_left for warning in warnings}):
        title = counted("有账号将在%(n)d天后因长期不用停用", days)
        _notify([one.user for one in warnings if one.days_left == days], title, at)
    title = say("已停用%(days)d天未使用的账号", days=UNUSED_DAYS)
    _notify(disable_unused(kept=kept, at=at), title, at)
    forget_old_tries(at=at)
    forget_old_requests(at=at)


def _notify(accounts: Iterable[User], title: str, at: dt.datetime) -> None:
    by_administrator: dict[int, list[User]] = defaultdict(list)
    administrators: dict[int, User] = {}
    for account in accounts:
        units = [account.unit] if account.unit else [one.unit for one in account.assignments.all()[:1]]
        for administrator in accounts_of(units, Role.SYSTEM_ADMINISTRATOR) if units else ():
            administrators[administrator.pk] = administrator
            by_administrator[administrator.pk].append(account)
    for key, found in by_administrator.items():
        names: list[str] = [
            say("%(name)s（%(account)s）", name=one.name, account=one.username) for one in found[:MOST_NAMES]
        ]
        body = counted(
            "%(names)s，共%(n)d个账号。仍需使用的，请本人登录一次；已停用的可由系统管理员启用。",
            len(found),
            names=names,
        )
        path = reverse("accounts:account_list")
        send_notice([administrators[key]], title=title, body=body, path=path, at=at)
