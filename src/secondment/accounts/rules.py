"""Who may do what to accounts: three administrators, each with a part of the work and none with all of it."""

from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.common.errors import NotAllowedError
from secondment.units.models import Unit

SYSTEM, SECURITY = Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR


def may_create_accounts(user: User) -> bool:
    """The system administrator opens accounts; they may do nothing until a role is granted."""
    return has_role(user, SYSTEM)


def may_create_account_in(user: User, unit: Unit) -> bool:
    """The system administrator, within its scope."""
    return covers(user, unit.path, SYSTEM)


def may_manage_account(user: User, account: User) -> bool:
    """Disable, enable, set a one-time password: the system administrator whose scope holds all the account reaches."""
    return _covers_all(user, account, SYSTEM)


def may_grant_roles(user: User, account: User) -> bool:
    """The security administrator, to accounts of its scope, and never to itself."""
    return account.pk != user.pk and _covers_all(user, account, SECURITY)


def may_grant_for(user: User, unit: Unit) -> bool:
    """The security administrator, for units of its scope."""
    return covers(user, unit.path, SECURITY)


def actions_for(user: User, account: User) -> frozenset[str]:
    """Names of what `user` may do to `account` now: they draw the buttons."""
    found = set()
    if may_manage_account(user, account) and account.pk != user.pk:
        found |= {"reset_password", "disable" if account.is_active else "enable"}
    if may_grant_roles(user, account):
        found.add("grant")
    return frozenset(found)


def require(*, allowed: bool) -> None:
    """Refuse with 403 what a rule does not allow."""
    if not allowed:
        raise NotAllowedError(
            _("您没有办理这项工作的权限。系统管理员开设账号，安全管理员授予角色，两者不能互代。")
        )


def _covers_all(user: User, account: User, role: Role) -> bool:
    """Whoever resets a password could sign in as the account, so the scope must hold everything it reaches."""
    paths = [assignment.unit.path for assignment in account.assignments.all()]
    if account.unit is not None:
        paths.append(account.unit.path)
    return bool(paths) and all(covers(user, path, role) for path in paths)
