"""Who reads and keeps the directory of units."""

from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.common.errors import NotAllowedError
from secondment.units.models import Unit

KEEPING = (Role.ORGANISATION_DEPARTMENT, Role.SYSTEM_ADMINISTRATOR)


def may_read_directory(user: User) -> bool:
    """Organisation departments and system administrators."""
    return has_role(user, *KEEPING)


def may_keep_unit(user: User, unit: Unit) -> bool:
    """Whether the account changes this unit and makes units below it."""
    return covers(user, unit.path, *KEEPING)


def may_move_unit(user: User, unit: Unit) -> bool:
    """A unit moves inside the scope only: the top of a scope stays where it is."""
    return unit.parent is not None and may_keep_unit(user, unit.parent)


def require(*, allowed: bool) -> None:
    """Refuse with 403 what a rule does not allow."""
    if not allowed:
        raise NotAllowedError(_("这个单位不在您的管理范围内，或您没有维护单位目录的权限。"))
