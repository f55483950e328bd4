"""Who may do what with an appraisal; unit paths only, no query per row."""

from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.appraisals.models import Appraisal, BallotPaper
from secondment.appraisals.states import LISTS_OPEN
from secondment.common.errors import require
from secondment.standards.choices import RaterGroup

DEPARTMENT = Role.ORGANISATION_DEPARTMENT
READERS = (DEPARTMENT, Role.LEADER, Role.HOST_UNIT, Role.HOME_UNIT)


def may_create(user: User) -> bool:
    """Organisation departments hold appraisals."""
    return has_role(user, DEPARTMENT)


def may_manage(user: User, appraisal: Appraisal) -> bool:
    """The organisation department that holds it."""
    return covers(user, appraisal.owner_unit.path, DEPARTMENT)


def require_may_manage(user: User, appraisal: Appraisal) -> None:
    """Only that department prepares and leads it."""
    require(may_manage(user, appraisal), _("民主测评由主办组织部门办理。"))


def reads_all(user: User, appraisal: Appraisal) -> bool:
    """Who reads all of its preparation; others read what concerns their unit."""
    return covers(user, appraisal.owner_unit.path, DEPARTMENT, Role.LEADER)


def role_of(paper: BallotPaper) -> Role:
    """Which office of the paper's unit knows its raters."""
    return Role.HOME_UNIT if paper.group == RaterGroup.HOME else Role.HOST_UNIT


def is_office_of(user: User, paper: BallotPaper) -> bool:
    """Whether the account acts for that office."""
    return covers(user, paper.unit.path, role_of(paper))


def may_fill(user: User, paper: BallotPaper) -> bool:
    """The department while lists are open; the office that was asked, until it has handed its list in."""
    if paper.appraisal.state not in LISTS_OPEN:
        return False
    if may_manage(user, paper.appraisal):
        return True
    return paper.asked_on is not None and paper.handed_in_on is None and is_office_of(user, paper)


def require_may_fill(user: User, paper: BallotPaper) -> None:
    """Refuses everybody else."""
    require(may_fill(user, paper), _("名单由被要求的单位在报送前填写，或由主办组织部门在锁定前填写。"))
