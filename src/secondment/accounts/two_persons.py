"""What two administrators do together: one asks, the other confirms, and neither alone learns a password that opens.

A new one-time password is made of two halves. The asker is shown the first when asking, the confirmer the second when
confirming; each gives the account holder their own half.
"""

import datetime as dt
from collections.abc import Sequence

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Deed, Role
from secondment.accounts.errors import AlreadyAskedError, NeedsTwoError, RequestClosedError
from secondment.accounts.models import AccountRequest, User
from secondment.accounts.ports import notify
from secondment.accounts.queries import accounts_of
from secondment.accounts.rules import may_ask, may_confirm, may_decline, require, two_for
from secondment.accounts.services import (
    give_password,
    locked,
    one_time_password,
    reopen_account,
    stop_account,
    take_role,
)
from secondment.audit.services import record
from secondment.common.protection import open_sealed, seal
from secondment.common.sentences import say, say_label

HALF_LENGTH = 8
OPEN_FOR = dt.timedelta(hours=24)
ASKED = gettext_noop("账号申请：%(deed)s（%(name)s）")
DONE = gettext_noop("两名管理员已办理：%(deed)s（%(name)s）")


@transaction.atomic
def ask(account: User, deed: Deed, *, reason: str, by: User, at: dt.datetime) -> tuple[AccountRequest, str]:
    """The request, and the asker's half of the password if one is to be given."""
    account = locked(account)
    require(may_ask(by, account, deed))
    forget_old_requests(at=at)
    if account.requests.filter(deed=deed, closed_at=None).exists():
        raise AlreadyAskedError(
            _("该账号的同一事项已有申请，正在等待另一名管理员确认。请在“账号申请”中查看。")
        )
    request = AccountRequest.objects.create(
        account=account, deed=deed, reason=reason, asked_by=by, asked_at=at
    )
    half = one_time_password(HALF_LENGTH) if deed == Deed.RESET_PASSWORD else ""
    if half:
        request.sealed_half = seal(half, context=_context(request))
        request.save(update_fields=["sealed_half"])
    _record("account.ask", request, by=by, at=at)
    _notify_all(request, ASKED, at=at)
    return request, half


@transaction.atomic
def confirm(request: AccountRequest, *, by: User, at: dt.datetime) -> str:
    """Do what was asked for; the confirmer's half of the password if one is given."""
    request = _opened(request, at)
    require(may_confirm(by, request))
    half = _do(request, locked(request.account), by=by, at=at)
    _close(request, by=by, at=at, is_confirmed=True)
    _notify_all(request, DONE, at=at, also=[request.account, request.asked_by])
    return half


@transaction.atomic
def decline(request: AccountRequest, *, by: User, at: dt.datetime) -> None:
    """Refuse what was asked for, or take the own request back; the account stays as it is."""
    request = _opened(request, at)
    require(may_decline(by, request))
    _close(request, by=by, at=at, is_confirmed=False)
    _record("account.decline", request, by=by, at=at)


@transaction.atomic
def recover(account: User, *, reason: str, at: dt.datetime) -> str:
    """A one-time password given on the server, when two administrators who could act together no longer exist."""
    account = locked(account)
    if not account.assignments.filter(role__in=ADMINISTRATOR_ROLES).exists():
        raise NeedsTwoError(_("只能恢复三员的账号；其他账号请由管理员在页面上办理。"))
    password = one_time_password()
    account.is_active = True
    account.save(update_fields=["is_active"])
    hashed, details = make_password(password), {"reason": reason}
    give_password(account, hashed, by=None, at=at, action="account.recover", details=details)
    everyone = User.objects.filter(is_active=True, assignments__role__in=ADMINISTRATOR_ROLES).distinct()
    title = say("在服务器上恢复了账号：%(name)s", name=account.name)
    body = say("原因：%(reason)s。如非本单位安排，请立即报告。", reason=reason)
    notify(everyone, title=title, body=body, path="", at=at)
    return password


def open_requests(*, at: dt.datetime) -> QuerySet[AccountRequest]:
    """Requests that still wait for their second administrator."""
    return AccountRequest.objects.filter(closed_at=None, asked_at__gt=at - OPEN_FOR)


def forget_old_requests(*, at: dt.datetime) -> int:
    """Close requests not confirmed within a day, with the half that was kept; returns how many."""
    old = AccountRequest.objects.filter(closed_at=None, asked_at__lte=at - OPEN_FOR)
    return old.update(closed_at=at, sealed_half=None)


def _opened(request: AccountRequest, at: dt.datetime) -> AccountRequest:
    rows = open_requests(at=at).select_for_update(of=("self",)).select_related("account__unit", "asked_by")
    found = rows.filter(pk=request.pk).first()
    if found is None:
        raise RequestClosedError(
            _("该项申请已办结、已撤回或超过 24 小时，未作任何改动。仍需办理的，请重新申请。")
        )
    return found


def _do(request: AccountRequest, account: User, *, by: User, at: dt.datetime) -> str:
    details = {"asked_by": request.asked_by.name, "reason": request.reason}
    match Deed(request.deed):
        case Deed.RESET_PASSWORD:
            half = one_time_password(HALF_LENGTH)
            first = open_sealed(bytes(request.sealed_half or b""), context=_context(request))
            give_password(account, make_password(first + half), by=by, at=at, details=details)
            return half
        case Deed.DISABLE:
            stop_account(account, by=by, at=at, details=details)
        case Deed.ENABLE:
            reopen_account(account, by=by, at=at, details=details)
        case _:
            role = account.assignments.select_related("unit").get(role__in=ADMINISTRATOR_ROLES)
            role.user = account
            take_role(role, by=by, at=at, details=details)
    return ""


def _close(request: AccountRequest, *, by: User, at: dt.datetime, is_confirmed: bool) -> None:
    request.closed_by, request.closed_at, request.sealed_half = by, at, None
    request.is_confirmed = is_confirmed
    request.save(update_fields=["closed_by", "closed_at", "sealed_half", "is_confirmed"])


def _record(action: str, request: AccountRequest, *, by: User, at: dt.datetime) -> None:
    details = {"deed": str(Deed(request.deed)), "reason": request.reason}
    account = request.account
    record(action, account, by=by, at=at, details=details)


def _notify_all(request: AccountRequest, words: str, *, at: dt.datetime, also: Sequence[User] = ()) -> None:
    """Notify the auditors and everyone who could act on it."""
    account = request.account
    units = [account.unit] if account.unit else [one.unit for one in account.assignments.all()[:1]]
    recipients = list(also)
    for role in two_for(account) | {Role.AUDIT_ADMINISTRATOR}:
        recipients += accounts_of(units, role)
    title = say(words, deed=say_label(request.get_deed_display()), name=account.name)
    body = say(
        "申请人：%(by)s；原因：%(reason)s。如有疑问，请立即报告审计管理员。",
        by=request.asked_by.name,
        reason=request.reason,
    )
    notify(recipients, title=title, body=body, path=reverse("accounts:request_list"), at=at)


def _context(request: AccountRequest) -> str:
    return f"accounts_accountrequest.sealed_half.{request.pk}"
