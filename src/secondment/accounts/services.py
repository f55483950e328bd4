"""Open, disable and reset accounts; grant and revoke roles; change the own password. Every change ends sessions."""

import datetime as dt
import secrets

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Deed, Role
from secondment.accounts.errors import (
    AccountChangedError,
    AlreadyGrantedError,
    NeedsTwoError,
    OwnAccountError,
    SeparationError,
    UsernameTakenError,
)
from secondment.accounts.models import RoleAssignment, User
from secondment.accounts.rules import (
    TWO_FOR,
    may_create_account_in,
    may_grant_for,
    may_grant_roles,
    may_manage_account,
    needs_two,
    require,
)
from secondment.accounts.throttle import forget_tries, tries_of
from secondment.audit.services import record, record_refusal
from secondment.units.models import Unit

# No letters or digits that look alike on paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
ONE_TIME_LENGTH = 14
ONE_TIME_DAYS = 3


@transaction.atomic
def create_account(username: str, *, name: str, unit: Unit, by: User, at: dt.datetime) -> tuple[User, str]:
    """A new account and its one-time password, shown once; it may do nothing until a role is granted."""
    require(may_create_account_in(by, unit))
    password = one_time_password()
    account = open_account(username, name=name, unit=unit, hashed=make_password(password), by=by, at=at)
    return account, password


@transaction.atomic
def reset_password(account: User, *, by: User, at: dt.datetime) -> str:
    """A new one-time password; all sessions end. The holder must replace it at the next sign-in."""
    account = locked(account)
    _require_alone(account, Deed.RESET_PASSWORD, by)
    password = one_time_password()
    give_password(account, make_password(password), by=by, at=at)
    return password


@transaction.atomic
def disable_account(account: User, *, by: User, at: dt.datetime) -> None:
    """The account can no longer sign in; open sessions end immediately."""
    account = locked(account)
    _require_alone(account, Deed.DISABLE, by)
    stop_account(account, by=by, at=at)


@transaction.atomic
def enable_account(account: User, *, by: User, at: dt.datetime) -> None:
    """It may sign in again, with the roles it had."""
    account = locked(account)
    _require_alone(account, Deed.ENABLE, by)
    reopen_account(account, by=by, at=at)


@transaction.atomic
def grant_role(account: User, *, role: Role, unit: Unit, by: User, at: dt.datetime) -> RoleAssignment:
    """`account` plays `role` for `unit` and below; refuses a mixture of administrator and other roles."""
    account = locked(account)
    if account.pk == by.pk:
        raise OwnAccountError(_("不能向本人账号授予角色，请由另一位安全管理员办理。"))
    require(may_grant_roles(by, account) and may_grant_for(by, unit))
    held = {assignment.role for assignment in account.assignments.all()}
    if _breaks_separation(held, role):
        raise SeparationError(
            _("管理员角色只能单独授予：一个账号不能兼任两种管理员，也不能既当管理员又办业务。请另设账号。"),
            basis=_("等保三级 三员分立"),
        )
    assignment = give_role(account, role=role, unit=unit, by=by, at=at)
    if role in TWO_FOR:  # one administrator may know the password; the next one is given by two
        account.set_unusable_password()
    end_sessions(account, "password")
    return assignment


@transaction.atomic
def revoke_role(assignment: RoleAssignment, *, by: User, at: dt.datetime) -> None:
    """The account no longer has this role; open sessions end immediately."""
    account = locked(assignment.user)
    if account.pk == by.pk:
        raise OwnAccountError(_("不能收回本人账号的角色，请由另一位安全管理员办理。"))
    require(may_grant_roles(by, account) and may_grant_for(by, assignment.unit))
    if assignment.is_for_two:
        raise needs_two_error()
    take_role(assignment, by=by, at=at)


@transaction.atomic
def change_password(account: User, new: str, *, at: dt.datetime) -> User:
    """The own password, already checked by the form; every session carries the old one and ends.

    The check takes a while: an account that two administrators acted on meanwhile is no longer under the requester's control.
    """
    checked, account = account, locked(account)
    is_same = (account.password, account.session_epoch) == (checked.password, checked.session_epoch)
    if not (is_same and account.is_active):
        raise AccountChangedError(_("管理员刚刚办理了该账号，密码没有修改。请重新登录后再办理。"))
    account.set_password(new)
    account.must_change_password = False
    account.one_time_until = None
    end_sessions(account, "password", "must_change_password", "one_time_until")
    record("account.change_password", account, by=account, at=at)
    return account


def open_account(
    username: str,
    *,
    name: str,
    unit: Unit,
    hashed: str,
    by: User,
    at: dt.datetime,
    details: dict[str, str] | None = None,
) -> User:
    """A new account with a hashed one-time password; the caller has checked that this is allowed."""
    username = username.strip().lower()
    account = User(
        username=username,
        name=name,
        unit=unit,
        password=hashed,
        must_change_password=True,
        one_time_until=at + dt.timedelta(days=ONE_TIME_DAYS),
        in_use_since=at,
    )
    try:
        with transaction.atomic():  # asked by writing, so that of two who open the same name one hears it
            account.save(force_insert=True)
    except IntegrityError as error:
        raise UsernameTakenError(_("账号“%(name)s”已被使用，请更换。") % {"name": username}) from error
    record("account.create", account, by=by, at=at, details=details)
    return account


def give_role(
    account: User, *, role: Role, unit: Unit, by: User, at: dt.datetime, details: dict[str, str] | None = None
) -> RoleAssignment:
    """Assign a role to the locked account; the caller has checked that this is allowed."""
    assignment, is_new = RoleAssignment.objects.get_or_create(user=account, role=role, unit=unit)
    if not is_new:
        raise AlreadyGrantedError(_("该账号已在该单位担任此角色，无需重复授予。"))
    said = {"role": role, "unit": unit.name, **(details or {})}
    record("account.grant_role", account, by=by, at=at, within=unit, details=said)
    return assignment


def give_password(
    account: User,
    hashed: str,
    *,
    by: User | None,
    at: dt.datetime,
    action: str = "account.reset_password",
    details: dict[str, str] | None = None,
) -> None:
    """Set a hashed one-time password on the locked account; the caller has checked that this is allowed."""
    account.password = hashed
    account.must_change_password = True
    account.one_time_until = at + dt.timedelta(days=ONE_TIME_DAYS)
    account.in_use_since = at
    account.disuse_warnings.all().delete()
    end_sessions(account, "password", "must_change_password", "one_time_until", "in_use_since")
    forget_tries(account.username)  # a locked-out holder may try again with the new password
    record(action, account, by=by, at=at, details=details)


def stop_account(account: User, *, by: User, at: dt.datetime, details: dict[str, str] | None = None) -> None:
    """Disable the locked account; the caller has checked that this is allowed."""
    account.is_active = False
    end_sessions(account, "is_active")
    record("account.disable", account, by=by, at=at, details=details)


def reopen_account(
    account: User, *, by: User, at: dt.datetime, details: dict[str, str] | None = None
) -> None:
    """Enable the locked account; the caller has checked that this is allowed."""
    account.is_active, account.in_use_since = True, at
    account.save(update_fields=["is_active", "in_use_since"])
    account.disuse_warnings.all().delete()
    record("account.enable", account, by=by, at=at, details=details)


def take_role(
    assignment: RoleAssignment, *, by: User, at: dt.datetime, details: dict[str, str] | None = None
) -> None:
    """Take the role from its locked account and end the sessions; the caller has checked that this is allowed."""
    account, unit = assignment.user, assignment.unit
    said = {"role": assignment.role, "unit": unit.name, **(details or {})}
    assignment.delete()
    end_sessions(account)
    record("account.revoke_role", account, by=by, at=at, within=unit, details=said)


def record_sign_in(account: User, *, at: dt.datetime, is_out: bool = False) -> None:
    """Leave a trail of a sign-in or sign-out."""
    action = "account.sign_out" if is_out else "account.sign_in"
    if not is_out:
        account.disuse_warnings.all().delete()
    record(action, account, by=account, at=at)


def record_refused_page(account: User, *, page: str, why: str, at: dt.datetime) -> None:
    """Leave a trail of what an account tried and may not do."""
    record_refusal("account.refuse", account, by=account, at=at, why=why, page=page[:200])


def record_failed_sign_in(username: str, address: str, *, at: dt.datetime) -> None:
    """Leave a trail of a failure, as long whether the account exists or not.

    What was typed in place of an account name may be a password and is not kept; the counted attempt represents it.
    """
    details = {"address": address}
    account = User.objects.select_related("unit").filter(username=username.strip().lower()).first()
    if account is not None:
        record("account.sign_in_failed", account, by=None, at=at, details=details)
    else:
        tries = tries_of(username, address)
        record("account.sign_in_failed", tries, by=None, at=at, details=details)


def one_time_password(length: int = ONE_TIME_LENGTH) -> str:
    """A random password that can be read out."""
    return "".join(secrets.choice(ALPHABET) for _at in range(length))


def locked(account: User) -> User:
    """The current state of the account, locked until the transaction ends."""
    return User.objects.select_for_update(of=("self",)).select_related("unit").get(pk=account.pk)


def needs_two_error() -> NeedsTwoError:
    """Why one administrator may not, and what to do instead."""
    return NeedsTwoError(
        _(
            "管理员和组织部门的账号权限较高，须由两名管理员共同办理：一人申请，另一人确认。请打开该账号提出申请。"
        ),
        basis=_("等保三级 三员分立"),
    )


def end_sessions(account: User, *fields: str) -> None:
    """Save these fields and end every session of the account."""
    account.session_epoch = F("session_epoch") + 1
    account.save(update_fields=[*fields, "session_epoch"])
    account.refresh_from_db()


def _require_alone(account: User, deed: Deed, by: User) -> None:
    if account.pk == by.pk:
        raise OwnAccountError(_("不能停用或重置本人账号。修改密码请使用右上角“修改密码”。"))
    require(may_manage_account(by, account))
    if needs_two(account, deed):
        raise needs_two_error()


def _breaks_separation(held: set[str], role: Role) -> bool:
    others = held - {role}
    if role in ADMINISTRATOR_ROLES:
        return bool(others)
    return any(one in ADMINISTRATOR_ROLES for one in others)
