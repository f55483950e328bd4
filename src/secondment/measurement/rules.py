"""Who may do what with measures; unit paths only, no query per row."""

from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.common.errors import require
from secondment.measurement.models import Run
from secondment.units.models import Unit


def may_measure(user: User, unit: Unit) -> bool:
    """The organisation department that holds the appraisals."""
    return covers(user, unit.path, Role.ORGANISATION_DEPARTMENT)


def may_start(user: User) -> bool:
    """Whoever holds appraisals somewhere."""
    return has_role(user, Role.ORGANISATION_DEPARTMENT)


def require_may_read(user: User) -> None:
    """Organisation departments and leaders; units and secondees have nothing to look for here."""
    require(has_role(user, Role.ORGANISATION_DEPARTMENT, Role.LEADER))


def require_may_measure(user: User, unit: Unit) -> None:
    """Leaders only read."""
    require(may_measure(user, unit), _("测评计算由主办组织部门办理。"))


def may_export(user: User, run: Run) -> bool:
    """Results leave as files by the department alone."""
    return may_measure(user, run.owner_unit)
