"""Who reads and keeps the directory of units."""

from functools import partial

from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.common import errors
from secondment.units.models import Unit

KEEPING = (Role.ORGANISATION_DEPARTMENT, Role.SYSTEM_ADMINISTRATOR)
require = partial(errors.require, message=_("该单位不在您的管理范围内，或您没有维护单位目录的权限。"))


def may_read_directory(user: User) -> bool:
    """Organisation departments and system administrators."""
    return has_role(user, *KEEPING)


def may_keep_unit(user: User, unit: Unit) -> bool:
    """Whether the account changes this unit and makes units below it."""
    return covers(user, unit.path, *KEEPING)


def may_move_unit(user: User, unit: Unit) -> bool:
    """A unit moves inside the scope only: the top of a scope stays where it is."""
    return unit.parent is not None and may_keep_unit(user, unit.parent)
