"""Who writes, signs and reads standards; unit paths only, no query."""

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.standards.models import Standard

READERS = (Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.HOST_UNIT, Role.LEADER, Role.INSPECTOR)


def may_write(user: User, standard: Standard) -> bool:
    """The organisation department that owns the standard."""
    return covers(user, standard.owner_unit.path, Role.ORGANISATION_DEPARTMENT)


def may_write_some(user: User) -> bool:
    """Whether the account has a department to write for."""
    return has_role(user, Role.ORGANISATION_DEPARTMENT)
