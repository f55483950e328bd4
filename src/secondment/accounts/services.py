"""Open, disable and reset accounts; grant and revoke roles; change the own password. Every change ends sessions."""

import datetime as dt
import secrets

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Role
from secondment.accounts.errors import (
    AlreadyGrantedError,
    OwnAccountError,
    SeparationError,
    UsernameTakenError,
)
from secondment.accounts.models import RoleAssignment, User
from secondment.accounts.rules import (
    may_create_account_in,
    may_grant_for,
    may_grant_roles,
    may_manage_account,
    require,
)
from secondment.accounts.throttle import forget_tries
from secondment.audit.services import record, record_refusal
from secondment.units.models import Unit

# No letters or digits that look alike on paper.
ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
ONE_TIME_LENGTH = 14
ONE_TIME_DAYS = 3


@transaction.atomic
def create_account(username: str, *, name: str, unit: Unit, by: User, at: dt.datetime) -> tuple[User, str]:
    """A new account and its one-time password, shown once; it may do nothing until a role is granted."""
    require(allowed=may_create_account_in(by, unit))
    username = username.strip().lower()
    if User.objects.filter(username=username).exists():
        raise UsernameTakenError(_("账号“%(name)s”已被使用，请换一个。") % {"name": username})
    password = one_time_password()
    account = User(
        username=username,
        name=name,
        unit=unit,
        must_change_password=True,
        one_time_until=at + dt.timedelta(days=ONE_TIME_DAYS),
        in_use_since=at,
    )
    account.set_password(password)
    account.save()
    record("account.create", account, by=by, at=at, unit_path=unit.path)
    return account, password


@transaction.atomic
def reset_password(account: User, *, by: User, at: dt.datetime) -> str:
    """A new one-time password; all sessions end. The holder must replace it at the next sign-in."""
    account = _locked(account)
    _require_managed(account, by)
    password = one_time_password()
    account.set_password(password)
    account.must_change_password = True
    account.one_time_until = at + dt.timedelta(days=ONE_TIME_DAYS)
    account.in_use_since = at
    account.disuse_warnings.all().delete()
    end_sessions(account, "password", "must_change_password", "one_time_until", "in_use_since")
    forget_tries(account.username)  # a locked-out holder may try again with the new password
    record("account.reset_password", account, by=by, at=at, unit_path=path_of(account))
    return password


@transaction.atomic
def disable_account(account: User, *, by: User, at: dt.datetime) -> None:
    """Nobody signs in with it any more; open sessions end at once."""
    account = _locked(account)
    _require_managed(account, by)
    account.is_active = False
    end_sessions(account, "is_active")
    record("account.disable", account, by=by, at=at, unit_path=path_of(account))


@transaction.atomic
def enable_account(account: User, *, by: User, at: dt.datetime) -> None:
    """It may sign in again, with the roles it had."""
    account = _locked(account)
    _require_managed(account, by)
    account.is_active, account.in_use_since = True, at
    account.save(update_fields=["is_active", "in_use_since"])
    account.disuse_warnings.all().delete()
    record("account.enable", account, by=by, at=at, unit_path=path_of(account))


@transaction.atomic
def grant_role(account: User, *, role: Role, unit: Unit, by: User, at: dt.datetime) -> RoleAssignment:
    """`account` plays `role` for `unit` and below; refuses a mixture of administrator and other roles."""
    account = _locked(account)
    if account.pk == by.pk:
        raise OwnAccountError(_("不能给自己的账号授予角色，请由另一位安全管理员办理。"))
    require(allowed=may_grant_roles(by, account) and may_grant_for(by, unit))
    held = {assignment.role for assignment in account.assignments.all()}
    if _breaks_separation(held, role):
        raise SeparationError(
            _("管理员角色只能单独授予：一个账号不能兼任两种管理员，也不能既当管理员又办业务。请另设账号。"),
            basis=_("等保三级 三员分立"),
        )
    assignment, is_new = RoleAssignment.objects.get_or_create(user=account, role=role, unit=unit)
    if not is_new:
        raise AlreadyGrantedError(_("这个账号已经在该单位担任这一角色，无需重复授予。"))
    end_sessions(account)
    record(
        "account.grant_role",
        account,
        by=by,
        at=at,
        unit_path=unit.path,
        details={"role": role, "unit": unit.name},
    )
    return assignment


@transaction.atomic
def revoke_role(assignment: RoleAssignment, *, by: User, at: dt.datetime) -> None:
    """The account no longer plays this role; open sessions end at once."""
    account = _locked(assignment.user)
    if account.pk == by.pk:
        raise OwnAccountError(_("不能收回自己账号的角色，请由另一位安全管理员办理。"))
    require(allowed=may_grant_roles(by, account) and may_grant_for(by, assignment.unit))
    details = {"role": assignment.role, "unit": assignment.unit.name}
    unit_path = assignment.unit.path
    assignment.delete()
    end_sessions(account)
    record("account.revoke_role", account, by=by, at=at, unit_path=unit_path, details=details)


@transaction.atomic
def change_password(account: User, new: str, *, at: dt.datetime) -> User:
    """The own password, already checked by the form; every session carries the old one and ends."""
    account = _locked(account)
    account.set_password(new)
    account.must_change_password = False
    account.one_time_until = None
    end_sessions(account, "password", "must_change_password", "one_time_until")
    record("account.change_password", account, by=account, at=at, unit_path=path_of(account))
    return account


def record_sign_in(account: User, *, at: dt.datetime, is_out: bool = False) -> None:
    """Leave a trail of a sign-in or sign-out."""
    action = "account.sign_out" if is_out else "account.sign_in"
    if not is_out:
        account.disuse_warnings.all().delete()
    record(action, account, by=account, at=at, unit_path=path_of(account))


def note_export(n: int, *, by: User, at: dt.datetime) -> None:
    """Who took how many accounts away as a list."""
    record("account.export", by, by=by, at=at, unit_path=path_of(by), details={"rows": n})


def record_refused_page(account: User, *, page: str, why: str, at: dt.datetime) -> None:
    """Leave a trail of what an account tried and may not do."""
    path = path_of(account)
    record_refusal("account.refuse", account, by=account, at=at, why=why, page=page[:200], unit_path=path)


def record_failed_sign_in(username: str, *, at: dt.datetime) -> None:
    """Leave a trail of a failure with an existing account; what else was typed may be a password and is not kept."""
    account = User.objects.filter(username=username.strip().lower()).first()
    if account is not None:
        record("account.sign_in_failed", account, by=None, at=at, unit_path=path_of(account))


def one_time_password() -> str:
    """A random password that can be read out."""
    return "".join(secrets.choice(ALPHABET) for _at in range(ONE_TIME_LENGTH))


def path_of(account: User) -> str:
    """Where the account belongs, for the trail: its unit, else the first unit it holds a role for."""
    if account.unit is not None:
        return account.unit.path
    first = account.assignments.select_related("unit").first()
    return first.unit.path if first else ""


def _locked(account: User) -> User:
    return User.objects.select_for_update(of=("self",)).select_related("unit").get(pk=account.pk)


def _require_managed(account: User, by: User) -> None:
    if account.pk == by.pk:
        raise OwnAccountError(_("不能停用或重置自己的账号。改密码请用右上角“修改密码”。"))
    require(allowed=may_manage_account(by, account))


def end_sessions(account: User, *fields: str) -> None:
    """Save these fields and end every session of the account."""
    account.session_epoch = F("session_epoch") + 1
    account.save(update_fields=[*fields, "session_epoch"])
    account.refresh_from_db()


def _breaks_separation(held: set[str], role: Role) -> bool:
    others = held - {role}
    if role in ADMINISTRATOR_ROLES:
        return bool(others)
    return any(one in ADMINISTRATOR_ROLES for one in others)
