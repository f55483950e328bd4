"""Who grades quarters, proposes at half term, orders special assessments, and who reads them."""

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.assessments.interim.choices import MidtermSide, RoutineSource
from secondment.assessments.interim.models import SpecialAssessment
from secondment.people.rules import is_self
from secondment.placements.models import Placement
from secondment.placements.rules import may_manage

GRADERS = (Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT)
OVERSEERS = (Role.ORGANISATION_DEPARTMENT, Role.LEADER)


def grading_source(user: User, placement: Placement) -> RoutineSource | None:
    """How the account grades: for its own unit, or as the department on its behalf; nobody themselves."""
    if is_self(user, placement.person):
        return None
    if covers(user, placement.host_unit.path, Role.HOST_UNIT):
        return RoutineSource.WEB
    return RoutineSource.ON_BEHALF if may_manage(user, placement) else None


def may_grade_some(user: User) -> bool:
    """Whether the account has anybody to grade."""
    return has_role(user, *GRADERS)


def sides_of(user: User, placement: Placement) -> tuple[MidtermSide, ...]:
    """The sides for which the account proposes at half term; the department types for the host from paper."""
    if is_self(user, placement.person):
        return ()
    manages = may_manage(user, placement)
    is_host = manages or covers(user, placement.host_unit.path, Role.HOST_UNIT)
    rights = ((MidtermSide.HOST, is_host), (MidtermSide.DEPARTMENT, manages))
    return tuple(side for side, is_right in rights if is_right)


def reads_interim(user: User, placement: Placement) -> bool:
    """Both units, departments and leaders of any side; the secondee reads quarters and proposals of the year's result only."""
    sides = (placement.owner_unit, placement.host_unit, placement.home_unit)
    return not is_self(user, placement.person) and (
        any(covers(user, one.path, *OVERSEERS) for one in sides)
        or covers(user, placement.host_unit.path, Role.HOST_UNIT)
        or covers(user, placement.home_unit.path, Role.HOME_UNIT)
    )


def may_order(user: User) -> bool:
    """Organisation departments order special assessments."""
    return has_role(user, Role.ORGANISATION_DEPARTMENT)


def may_run(user: User, special: SpecialAssessment) -> bool:
    """The department that ordered it."""
    return covers(user, special.owner_unit.path, Role.ORGANISATION_DEPARTMENT)
