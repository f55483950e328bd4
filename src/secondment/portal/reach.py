"""What an account may see across all rooms: the start of every figure and every search."""

from django.db.models import Q, QuerySet

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.models import Campaign, CampaignPost, Nomination, Quota
from secondment.obligations.models import Obligation, ObligationState
from secondment.people.models import Person
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.posts.models import Post
from secondment.units.models import Unit

OVERSEERS = (Role.ORGANISATION_DEPARTMENT, Role.LEADER)
READERS = (*OVERSEERS, Role.INSPECTOR)
AT_HOST = (PlacementState.APPOINTED, PlacementState.IN_POST, PlacementState.ENDED)


def units_of(user: User, *roles: Role) -> QuerySet[Unit]:
    """Units for which the account holds any of `roles`, with everything below them."""
    return Unit.objects.filter(under("path", paths_of(user, *roles)))


def people_of(user: User) -> QuerySet[Person]:
    """Persons of the own units, oneself, and whoever works or worked at an own host unit."""
    condition = Q(unit__in=units_of(user, *OVERSEERS, Role.HOME_UNIT).values("pk"))
    if paths_of(user, Role.SECONDEE):
        condition |= Q(account=user)
    if paths_of(user, Role.HOST_UNIT):
        hosts = units_of(user, Role.HOST_UNIT).values("pk")
        received = Placement.objects.filter(host_unit__in=hosts, state__in=AT_HOST)
        condition |= Q(pk__in=received.values("person"))
    return Person.objects.filter(condition)


def posts_of(user: User) -> QuerySet[Post]:
    """Demands of the own units."""
    return Post.objects.filter(host_unit__in=units_of(user, *OVERSEERS, Role.HOST_UNIT).values("pk"))


def campaigns_of(user: User) -> QuerySet[Campaign]:
    """Campaigns the account runs, or has a part in once they are open."""
    quotas = Quota.objects.filter(home_unit__in=units_of(user, Role.HOME_UNIT).values("pk"))
    offers = CampaignPost.objects.filter(post__host_unit__in=units_of(user, Role.HOST_UNIT).values("pk"))
    nominations = Nomination.objects.filter(person__account=user)
    if not paths_of(user, Role.SECONDEE):
        nominations = nominations.none()
    part = (
        Q(pk__in=quotas.values("campaign"))
        | Q(pk__in=offers.values("campaign"))
        | Q(pk__in=nominations.values("campaign"))
    )
    owned = Q(owner_unit__in=units_of(user, *OVERSEERS).values("pk"))
    return Campaign.objects.filter(owned | (part & ~Q(state=CampaignState.DRAFT)))


def placements_of(user: User) -> QuerySet[Placement]:
    """Secondments sent, received or organised by the own units, and one's own."""
    seen = units_of(user, *READERS).values("pk")
    condition = Q(home_unit__in=seen) | Q(host_unit__in=seen) | Q(campaign__owner_unit__in=seen)
    condition |= Q(home_unit__in=units_of(user, Role.HOME_UNIT).values("pk"))
    received = Q(host_unit__in=units_of(user, Role.HOST_UNIT).values("pk"), state__in=AT_HOST)
    condition |= received
    if paths_of(user, Role.SECONDEE):
        condition |= Q(person__account=user)
    return Placement.objects.filter(condition)


def owed_by_units(user: User) -> QuerySet[Obligation]:
    """What home and host units below an overseer owe."""
    return Obligation.objects.filter(
        unit__in=units_of(user, *OVERSEERS).values("pk"),
        role__in=(Role.HOME_UNIT, Role.HOST_UNIT, Role.SECONDEE),
        state=ObligationState.OPEN,
    )
