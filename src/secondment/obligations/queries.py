"""To-do lists: open obligations of an account, most urgent first."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.accounts.scopes import grants, paths_of, under
from secondment.obligations.models import Obligation, ObligationState


def todo_of(user: User) -> QuerySet[Obligation]:
    """Open obligations of the account itself, or of a role it holds at or above the unit that owes."""
    mine = Q(account=user) | _of_offices(user)
    open_rows = Obligation.objects.filter(mine, state=ObligationState.OPEN, period_ends_on=None)
    return open_rows.select_related("unit")


def periodic_of(user: User) -> QuerySet[Obligation]:
    """What cycles ask for and is open: of the account's offices, and of offices without an account whose placements its
    organisation department manages."""
    managed = under("manager__path", paths_of(user, Role.ORGANISATION_DEPARTMENT))
    mine = _of_offices(user) | (managed & ~Q(Exists(_holders())))
    return Obligation.objects.filter(mine, state=ObligationState.OPEN).exclude(period_ends_on=None)


def _holders() -> QuerySet[RoleAssignment]:
    """Roles by which somebody can sign in for the office that owes."""
    owing = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
    held = RoleAssignment.objects.filter(role=OuterRef("role"), user__is_active=True)
    return held.annotate(owing=owing).filter(owing__startswith=F("unit__path"))


def _of_offices(user: User) -> Q:
    mine = Q(pk__in=[])
    for role, path in grants(user):
        mine |= Q(account=None, role=role, unit__path__startswith=path)
    return mine
