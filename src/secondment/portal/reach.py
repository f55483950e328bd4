"""What an account may see across all rooms: each room's own answer, and what units owe."""

from django.db.models import QuerySet

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import units_within
from secondment.campaigns.queries import visible_to as campaigns_of
from secondment.obligations.models import Obligation, ObligationState
from secondment.people.queries import visible_to as people_of
from secondment.placements.queries import visible_to as placements_of
from secondment.posts.queries import visible_to as posts_of

__all__ = ["campaigns_of", "owed_by_units", "people_of", "placements_of", "posts_of"]

OVERSEERS = (Role.ORGANISATION_DEPARTMENT, Role.LEADER)


def owed_by_units(user: User) -> QuerySet[Obligation]:
    """What home and host units below an overseer owe."""
    return Obligation.objects.filter(
        unit__in=units_within(user, *OVERSEERS).values("pk"),
        role__in=(Role.HOME_UNIT, Role.HOST_UNIT, Role.SECONDEE),
        state=ObligationState.OPEN,
    )
