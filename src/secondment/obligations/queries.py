"""To-do lists: open obligations of an account, most urgent first."""

from django.db.models import Q, QuerySet

from secondment.accounts.models import User
from secondment.accounts.scopes import grants
from secondment.obligations.models import Obligation, ObligationState


def todo_of(user: User) -> QuerySet[Obligation]:
    """Open obligations of the account itself, or of a role it holds at or above the unit that owes."""
    mine = Q(account=user)
    for role, path in grants(user):
        mine |= Q(account=None, role=role, unit__path__startswith=path)
    return Obligation.objects.filter(mine, state=ObligationState.OPEN).select_related("unit")
