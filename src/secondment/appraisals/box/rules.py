"""Who may hold a vote."""

from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.appraisals.models import Appraisal
from secondment.common.errors import require


def may_hold(user: User, appraisal: Appraisal) -> bool:
    """The organisation department that holds the appraisal."""
    return covers(user, appraisal.owner_unit.path, Role.ORGANISATION_DEPARTMENT)


def require_may_hold(user: User, appraisal: Appraisal) -> None:
    """Refuses everybody else."""
    require(may_hold(user, appraisal), _("投票由主办组织部门组织。"))
