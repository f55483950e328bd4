"""What a user sees of standards, and which version holds for whom."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under, units_within
from secondment.campaigns.models import Programme
from secondment.standards import ports
from secondment.standards.choices import EVER_SIGNED, IN_HAND, VersionState
from secondment.standards.models import Indicator, Standard, StandardVersion
from secondment.units.models import Unit

CONCERNED = (
    Role.ORGANISATION_DEPARTMENT,
    Role.HOME_UNIT,
    Role.HOST_UNIT,
    Role.LEADER,
    Role.INSPECTOR,
    Role.SECONDEE,
)


def versions_visible_to(user: User) -> QuerySet[StandardVersion]:
    """Every version of one's own department; of departments that concern the reader, what was signed."""
    own = under("standard__owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT))
    concerned = Q(standard__owner_unit__in=_owners_above(user))
    concerned |= under("standard__owner_unit__path", paths_of(user, Role.LEADER, Role.INSPECTOR))
    for owners in ports.owners_of_placements(user):
        concerned |= Q(standard__owner_unit__in=owners)
    return StandardVersion.objects.filter(own | (concerned & Q(state__in=EVER_SIGNED)))


def visible_to(user: User) -> QuerySet[Standard]:
    """Standards of which the reader sees a version."""
    return Standard.objects.filter(
        Exists(versions_visible_to(user).filter(standard=OuterRef("pk")).order_by())
    )


def for_list(standards: QuerySet[Standard], versions: QuerySet[StandardVersion]) -> QuerySet[Any]:
    """Standards with their version in force and what is in hand, as far as the reader sees those versions."""
    own = versions.filter(standard=OuterRef("pk")).order_by()
    signed, in_hand = own.filter(state=VersionState.SIGNED), own.filter(state__in=IN_HAND)
    shown = own.order_by(
        Case(When(state=VersionState.SIGNED, then=0), default=1, output_field=IntegerField()), "-number"
    )
    n_indicators = Indicator.objects.filter(version=OuterRef("shown_version")).order_by().values("version")
    return (
        standards.select_related("owner_unit", "programme")
        .annotate(
            signed_number=Subquery(signed.values("number")[:1]),
            signed_at=Subquery(signed.values("signed_at")[:1]),
            in_hand=Coalesce(Subquery(in_hand.values("state")[:1]), Value("")),
            shown_version=Subquery(shown.values("pk")[:1]),
        )
        .annotate(n_indicators=Coalesce(Subquery(n_indicators.annotate(n=Count("pk")).values("n")), 0))
    )


def with_all(versions: QuerySet[StandardVersion]) -> QuerySet[StandardVersion]:
    """With standard, department, accounts and indicators."""
    named = versions.select_related("standard__owner_unit", "standard__programme", "drafted_by", "signed_by")
    return named.prefetch_related("indicators")


def to_be_signed(user: User) -> QuerySet[StandardVersion]:
    """Versions that wait for a second person, in which the account took no part."""
    mine = under("standard__owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT))
    return StandardVersion.objects.filter(mine, state=VersionState.SUBMITTED).exclude(writers=user)


def returned_to(user: User) -> QuerySet[StandardVersion]:
    """Drafts that came back with a reason, in which the account took part."""
    return StandardVersion.objects.filter(state=VersionState.DRAFT, writers=user).exclude(remark="")


def signed_versions(user: User) -> QuerySet[StandardVersion]:
    """What a new standard may be copied from."""
    rows = versions_visible_to(user).filter(state=VersionState.SIGNED)
    return rows.select_related("standard").order_by("standard__owner_unit__path", "standard__name")


def drafts_of(user: User) -> QuerySet[StandardVersion]:
    """Drafts of the account's departments, with their indicators."""
    mine = under("standard__owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT))
    rows = with_all(StandardVersion.objects.filter(mine, state=VersionState.DRAFT))
    return rows.order_by("standard__owner_unit__path", "standard__name")


def departments_of(user: User) -> QuerySet[Unit]:
    """Units for which the account may set up a standard."""
    return units_within(user, Role.ORGANISATION_DEPARTMENT).filter(is_active=True)


@dataclass(frozen=True)
class InForce:
    """The signed versions of an installation, read once: one query (and one for their indicators) however many are asked about."""

    versions: tuple[StandardVersion, ...]

    def holds(self, category: str, programme_id: int | None, owner_path: str) -> StandardVersion | None:
        """The programme's own standard, else the category's; of several departments the nearest at or above the owner."""
        suited = [
            one
            for one in self.versions
            if one.standard.category == category
            and one.standard.programme_id in (None, programme_id)
            and owner_path.startswith(one.standard.owner_unit.path)
        ]
        return max(
            suited,
            key=lambda one: (one.standard.programme_id is not None, len(one.standard.owner_unit.path)),
            default=None,
        )


def in_force() -> InForce:
    """Every signed version with its indicators."""
    rows = StandardVersion.objects.filter(state=VersionState.SIGNED).order_by("pk")
    return InForce(
        tuple(
            rows.select_related("standard__owner_unit", "standard__programme").prefetch_related("indicators")
        )
    )


def standard_for(category: str, programme: Programme | None, owner: Unit) -> StandardVersion | None:
    """Which signed version holds for people of this category on this programme, managed by this department.

    For many placements, read `in_force()` once and ask it.
    """
    return in_force().holds(category, programme.pk if programme else None, owner.path)


def rivals_of(standard: Standard) -> QuerySet[Standard]:
    """Other standards of the same department for the same people."""
    return Standard.objects.filter(
        owner_unit=standard.owner_unit_id, category=standard.category, programme=standard.programme_id
    ).exclude(pk=standard.pk)


def _owners_above(user: User) -> QuerySet[Any]:
    paths = paths_of(user, *CONCERNED)
    above = {prefix for path in paths for prefix in _prefixes(path)}
    return Unit.objects.filter(path__in=above).values("pk")


def _prefixes(path: str) -> list[str]:
    steps = path.strip("/").split("/")
    return ["/".join(steps[: n + 1]) + "/" for n in range(len(steps))]
