"""Who may do what to accounts: three administrators, each with a part of the work and none with all of it."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Deed, Role
from secondment.accounts.models import AccountRequest, User
from secondment.accounts.scopes import covers, has_role
from secondment.common import errors
from secondment.units.models import Unit

SYSTEM, SECURITY, AUDIT = ADMINISTRATOR_ROLES
# Taking over an account with one of these roles would give access that no one may have alone. So two administrators act
# together: one asks, the other confirms, whichever begins. For one of the three it is always the other two.
TWO_FOR = {
    SYSTEM: frozenset({SECURITY, AUDIT}),
    SECURITY: frozenset({SYSTEM, AUDIT}),
    AUDIT: frozenset({SYSTEM, SECURITY}),
    Role.ORGANISATION_DEPARTMENT: frozenset({SYSTEM, SECURITY}),
}
require = partial(
    errors.require,
    message=_("您没有办理该项工作的权限。系统管理员开设账号，安全管理员授予角色，两者互不替代。"),
)


def may_create_accounts(user: User) -> bool:
    """The system administrator opens accounts; they may do nothing until a role is granted."""
    return has_role(user, SYSTEM)


def may_create_account_in(user: User, unit: Unit) -> bool:
    """The system administrator, within its scope."""
    return covers(user, unit.path, SYSTEM)


def may_manage_account(user: User, account: User) -> bool:
    """Disable, enable, set a one-time password: a system administrator whose scope covers everything the account can access."""
    return _covers_all(user, account, SYSTEM)


def may_grant_roles(user: User, account: User) -> bool:
    """The security administrator, to accounts of its scope, and never to itself."""
    return account.pk != user.pk and _covers_all(user, account, SECURITY)


def may_grant_for(user: User, unit: Unit) -> bool:
    """The security administrator, for units of its scope."""
    return covers(user, unit.path, SECURITY)


def may_hand_over(user: User, account: User) -> bool:
    """The security administrator, and an official of the organisation department for the own account; not for administrators."""
    held = {assignment.role for assignment in account.assignments.all()}
    if not held or held & set(ADMINISTRATOR_ROLES):
        return False
    is_own = user.pk == account.pk and Role.ORGANISATION_DEPARTMENT in held
    return is_own or may_grant_roles(user, account)


def needs_two(account: User, deed: Deed) -> bool:
    """Whether one administrator alone may not do this; to stop the organisation department opens nothing, so one may."""
    if deed in {Deed.DISABLE, Deed.REVOKE_ROLE}:
        return any(assignment.is_for_two for assignment in account.assignments.all())
    return bool(two_for(account))


def may_ask(user: User, account: User, deed: Deed) -> bool:
    """One of the two administrators who act together on this account, for what neither does alone."""
    possible = {Deed.DISABLE: account.is_active, Deed.ENABLE: not account.is_active}.get(deed, True)
    return possible and needs_two(account, deed) and bool(parts_of(user, account))


def may_confirm(user: User, request: AccountRequest) -> bool:
    """The other of the two; the requester must still be one of them."""
    asker, account = request.asked_by, request.account
    asked_as, confirms_as = parts_of(asker, account), parts_of(user, account)
    return asker.is_active and bool(asked_as) and bool(confirms_as) and asked_as.isdisjoint(confirms_as)


def may_decline(user: User, request: AccountRequest) -> bool:
    """Either of the two, including the requester."""
    return bool(parts_of(user, request.account))


def two_for(account: User) -> frozenset[Role]:
    """The two roles that act together on this account; none when one administrator is enough."""
    held = {assignment.role for assignment in account.assignments.all()}
    return next((two for role, two in TWO_FOR.items() if role in held), frozenset())


def parts_of(user: User, account: User) -> frozenset[Role]:
    """The roles in which `user` is one of the two who act on `account`; none for their own account."""
    if user.pk == account.pk:
        return frozenset()
    return frozenset(role for role in two_for(account) if _covers_all(user, account, role))


def actions_for(user: User, account: User) -> frozenset[str]:
    """Names of what `user` may do to `account` now: they draw the buttons."""
    found = {f"ask_{deed}" for deed in Deed if may_ask(user, account, deed)}
    if may_manage_account(user, account) and account.pk != user.pk:
        deeds = (Deed.RESET_PASSWORD, Deed.DISABLE if account.is_active else Deed.ENABLE)
        found |= {str(deed) for deed in deeds if not needs_two(account, deed)}
    if may_grant_roles(user, account):
        found.add("grant")
    if may_hand_over(user, account):
        found.add("hand_over")
    return frozenset(found)


def _covers_all(user: User, account: User, role: Role) -> bool:
    """Resetting a password allows signing in as the account, so the scope must cover everything it can access."""
    paths = [assignment.unit.path for assignment in account.assignments.all()]
    if account.unit is not None:
        paths.append(account.unit.path)
    return bool(paths) and all(covers(user, path, role) for path in paths)
