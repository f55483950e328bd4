"""Offices that letters can be addressed to: parties of one's own placements, departments in charge, discipline organs."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.queries import visible_to as placements_visible_to
from secondment.talks.rules import is_of_office
from secondment.talks.sides import SIDE_OF
from secondment.units.models import Unit

DISCIPLINE_NAMES = ("纪委", "纪检", "监委")
"""What every discipline organ has in its name; units have no kind of their own for it."""


@dataclass(frozen=True)
class Desk:
    """An office in one of its roles."""

    unit: Unit
    role: Role

    @property
    def code(self) -> str:
        """How a form names it."""
        return f"{self.unit.pk}-{self.role}"

    @property
    def is_guessable(self) -> bool:
        """Whether few people write to it, so that an anonymous letter would say who it was."""
        return self.role in (Role.HOST_UNIT, Role.HOME_UNIT)


def desks_for(user: User) -> list[Desk]:
    """Whom the account may write to: named offices only."""
    own = Placement.objects.filter(person__account=user, state__in=BEGAN)
    found = [
        Desk(unit, role)
        for one in own.select_related("host_unit", "home_unit")
        for unit, role in ((one.host_unit, Role.HOST_UNIT), (one.home_unit, Role.HOME_UNIT))
    ]
    owners = placements_visible_to(user).order_by().values("owner_unit")
    found += [Desk(one, Role.ORGANISATION_DEPARTMENT) for one in Unit.objects.filter(pk__in=owners)]
    return list({one.code: one for one in [*found, *discipline_desks()]}.values())


def discipline_desks() -> list[Desk]:
    """Discipline organs for which somebody can sign in: as an inspector of that very unit."""
    held = RoleAssignment.objects.filter(role=Role.INSPECTOR, user__is_active=True).values("unit")
    units = Unit.objects.filter(pk__in=held, is_active=True)
    return [Desk(one, Role.INSPECTOR) for one in units if is_discipline(one)]


def nameable_by(user: User) -> QuerySet[Placement]:
    """Whom a letter or its answer may be about: people in post or back whom the account sees, never oneself."""
    rows = placements_visible_to(user).filter(state__in=BEGAN).exclude(person__account=user)
    keys = rows.order_by().values("pk")
    named = Placement.objects.filter(pk__in=keys).select_related(
        "person", "host_unit", "home_unit", "owner_unit"
    )
    return named.order_by("person__name_key", "pk")


def is_concerned(unit: Unit, role: str, placement: Placement) -> bool:
    """Whether the office answers for this secondee; a discipline organ may be told of everybody."""
    return role == Role.INSPECTOR or is_of_office(placement, unit, SIDE_OF[role])


def is_discipline(unit: Unit) -> bool:
    """Whether the unit is a discipline organ, by its name."""
    return any(word in unit.name for word in DISCIPLINE_NAMES)


def open_desks(desks: Iterable[Desk]) -> list[Desk]:
    """Those an anonymous letter can go to."""
    return [one for one in desks if not one.is_guessable]
