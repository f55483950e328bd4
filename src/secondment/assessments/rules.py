"""Who may do what with a yearly assessment; unit paths only, no query per row."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.assessments.choices import DecisionState, OpinionSource, Side, SummarySource
from secondment.assessments.models import Evaluation, GradeDecision, Register, Summary
from secondment.assessments.states import TRANSITIONS
from secondment.common.errors import NotAllowedError, require
from secondment.people.kin import kin_names, spelt
from secondment.people.models import Person
from secondment.people.rules import is_self
from secondment.placements.models import Placement
from secondment.placements.rules import may_manage as may_manage_placement

ROLE_OF = {Side.HOST: Role.HOST_UNIT, Side.HOME: Role.HOME_UNIT}


def may_open(user: User) -> bool:
    """Organisation departments open a year."""
    return has_role(user, Role.ORGANISATION_DEPARTMENT)


def may_hand_in(user: User) -> bool:
    """Whoever gives opinions for some unit, or writes them down for it."""
    return has_role(user, Role.ORGANISATION_DEPARTMENT, Role.HOME_UNIT, Role.HOST_UNIT)


def may_manage(user: User, register: Register) -> bool:
    """The organisation department that opened the year."""
    return covers(user, register.owner_unit.path, Role.ORGANISATION_DEPARTMENT)


def reads_inside(user: User, register: Register) -> bool:
    """Who sees grades before they are in force."""
    return covers(user, register.owner_unit.path, Role.ORGANISATION_DEPARTMENT, Role.LEADER)


def require_may_manage(user: User, register: Register) -> None:
    """Only that department goes on with the year."""
    require(may_manage(user, register), _("年度考核名册由主办组织部门办理。"))


def own_or_related(user: User, people: Iterable[Person]) -> frozenset[int]:
    """Keys of those among these people who are the account's holder, or related to somebody of that name; as many queries at
    any number."""
    rows = list(people)
    name = spelt(user.name)
    related = {person for person, known in kin_names([one.pk for one in rows]) if known == name}
    return frozenset(related | {one.pk for one in rows if is_self(user, one)})


def require_about_others(user: User, people: Iterable[Person]) -> None:
    """Nobody decides, counts or states anything about themselves or their family, whatever their department."""
    rows = list(people)
    require(not any(is_self(user, one) for one in rows), _("涉及本人的，须由组织部门的其他账号办理。"))
    require(not own_or_related(user, rows), _("按规定应当回避的事项，须由组织部门的其他账号办理。"))


def require_may_open(user: User) -> None:
    """Only organisation departments."""
    require(may_open(user), _("年度考核由组织部门开展。"))


def source_of(user: User, evaluation: Evaluation, side: Side) -> OpinionSource | None:
    """How this account would hand in the opinion of a side: for the own unit, from paper, or not at all: nobody about
    themselves."""
    if is_self(user, evaluation.person):
        return None
    placement = evaluation.placement
    unit = placement.host_unit if side == Side.HOST else placement.home_unit
    if covers(user, unit.path, ROLE_OF[side]):
        return OpinionSource.ACCOUNT
    if may_manage(user, evaluation.register) or covers(user, unit.path, Role.ORGANISATION_DEPARTMENT):
        return OpinionSource.PAPER
    return None


def sides_of(user: User, evaluation: Evaluation) -> tuple[Side, ...]:
    """The sides whose opinion the account may hand in."""
    return tuple(side for side in Side if source_of(user, evaluation, side))


def require_may_give(user: User, evaluation: Evaluation, side: Side) -> OpinionSource:
    """How the opinion comes in; refuses everybody who is not of that side."""
    if is_self(user, evaluation.person):
        raise NotAllowedError(_("本人的考核意见须由本单位其他人员填报，或由组织部门据纸质件登记。"))
    source = source_of(user, evaluation, side)
    if source is None:
        raise NotAllowedError(_("考核意见由该单位填报，或由组织部门据纸质件登记。"))
    return source


def is_reader(user: User, placement: Placement) -> bool:
    """The offices that a summary is for: both units and the organisation departments of either side."""
    return not is_self(user, placement.person) and (
        covers(user, placement.host_unit.path, Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT)
        or covers(user, placement.home_unit.path, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)
        or may_manage_placement(user, placement)
    )


def may_write_summary(user: User, placement: Placement, before: Summary | None) -> bool:
    """The secondee; an office types in for who has no account, and never over the secondee's own words."""
    if is_self(user, placement.person):
        return True
    is_own_text = before is not None and before.source == SummarySource.OWN
    return is_reader(user, placement) and not is_own_text


def may_confirm(user: User, decision: GradeDecision) -> bool:
    """A second account of the department: never the one that recorded the decision."""
    return may_manage(user, decision.register) and user.pk != decision.recorded_by_id


def actions_for(user: User, decision: GradeDecision) -> frozenset[str]:
    """What a page offers this account now: right and state together."""
    if not may_manage(user, decision.register):
        return frozenset()
    rights = {
        "confirm_decision": may_confirm(user, decision),
        "post_decision": True,
        "enforce_decision": True,
        "return_decision": True,
    }
    return frozenset(
        action
        for action, is_right in rights.items()
        if is_right and DecisionState(decision.state) in TRANSITIONS[action][0]
    )
