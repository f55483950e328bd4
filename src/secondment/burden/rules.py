"""Who may do what about the burden of forms; every account may read the list."""

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, has_role
from secondment.burden.models import Request
from secondment.campaigns.rules import may_publish_programmes
from secondment.units.models import Unit


def may_govern(user: User) -> bool:
    """Budgets and reviews hold for everybody: the organisation department of the entire tree, as for programmes."""
    return may_publish_programmes(user)


def may_ask(user: User) -> bool:
    """Organisation departments may ask offices for something outside of the register."""
    return has_role(user, Role.ORGANISATION_DEPARTMENT)


def may_ask_for(user: User, unit: Unit) -> bool:
    """In the name of this department."""
    return covers(user, unit.path, Role.ORGANISATION_DEPARTMENT)


def may_manage(user: User, request: Request) -> bool:
    """The department that asked."""
    return may_ask_for(user, request.owner_unit)


def may_answer(user: User, request: Request, unit: Unit) -> bool:
    """The office that was asked, or the department that asked on behalf of one without an account."""
    return covers(user, unit.path, Role(request.role)) or may_manage(user, request)
