"""What a user sees of routine, mid-term and special assessments."""

import datetime as dt
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import in_units, paths_of, under
from secondment.assessments.interim.models import MidtermOpinion, RoutineGrade, SpecialAssessment
from secondment.assessments.interim.rules import OVERSEERS
from secondment.findings.choices import FindingState
from secondment.placements.choices import PlacementState
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.queries import with_names

NAMES = (
    "placement__person",
    "placement__post",
    "placement__host_unit",
    "placement__home_unit",
    "placement__owner_unit",
)


def read_by(user: User) -> QuerySet[Placement]:
    """Placements about which the account reads what is said between the yearly assessments; never its own."""
    overseen = paths_of(user, *OVERSEERS)
    seen = (
        in_units("home_unit", [*overseen, *paths_of(user, Role.HOME_UNIT)])
        | in_units("host_unit", [*overseen, *paths_of(user, Role.HOST_UNIT)])
        | in_units("owner_unit", overseen)
    )
    return Placement.objects.filter(seen).exclude(person__account=user)


def graded_by(user: User) -> QuerySet[Placement]:
    """Placements that the account grades: of its host unit, and those that its department manages."""
    mine = in_units("host_unit", paths_of(user, Role.HOST_UNIT))
    mine |= in_units("owner_unit", paths_of(user, Role.ORGANISATION_DEPARTMENT))
    return Placement.objects.filter(mine, state__in=BEGAN).exclude(person__account=user)


def within(placements: QuerySet[Placement], starts_on: dt.date, ends_on: dt.date) -> QuerySet[Placement]:
    """Those whose term shares a day with these, with everything that rows name."""
    rows = placements.filter(starts_on__lt=ends_on, ends_on__gt=starts_on)
    return (
        with_names(rows)
        .select_related("person__account")
        .order_by("host_unit__path", "person__name_key", "pk")
    )


def grades_ending(placements: list[Placement], ends_on: dt.date) -> dict[int, RoutineGrade]:
    """Placement → what stands of the quarter that ends so."""
    rows = RoutineGrade.objects.filter(placement__in=placements, ends_on=ends_on, is_current=True)
    return {one.placement_id: one for one in rows}


def grades_visible_to(user: User) -> QuerySet[RoutineGrade]:
    """Grades that stand, about people of the user's units."""
    rows = RoutineGrade.objects.filter(is_current=True, placement__in=read_by(user).order_by().values("pk"))
    return rows.select_related(*NAMES, "given_by")


def grades_of(placement: Placement) -> QuerySet[RoutineGrade]:
    """What stands about a placement, the newest first."""
    return RoutineGrade.objects.filter(placement=placement, is_current=True).order_by("-ends_on")


def midterms_of(placement: Placement) -> QuerySet[MidtermOpinion]:
    """What the sides propose."""
    rows = MidtermOpinion.objects.filter(placement=placement, is_current=True)
    return rows.select_related("given_by").order_by("side")


def with_midterms(placements: QuerySet[Placement]) -> QuerySet[Any]:
    """Placements with what host unit and department propose, where either has."""

    def said(side: str) -> QuerySet[MidtermOpinion]:
        return MidtermOpinion.objects.filter(placement=OuterRef("pk"), side=side, is_current=True)

    return with_names(placements).annotate(
        host_proposal=Subquery(said("host").values("proposal")[:1]),
        host_on=Subquery(said("host").values("given_on")[:1]),
        department_proposal=Subquery(said("department").values("proposal")[:1]),
        department_on=Subquery(said("department").values("given_on")[:1]),
    )


def midterms_visible_to(user: User) -> QuerySet[Any]:
    """Placements whose mid-term assessment has begun, as far as the user reads them."""
    rows = with_midterms(read_by(user))
    return rows.filter(Q(host_proposal__isnull=False) | Q(department_proposal__isnull=False))


def midterms_to_conclude(user: User) -> QuerySet[Any]:
    """People in post about whom the host has proposed something and the user's department has not."""
    managed = Placement.objects.filter(
        under("owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT)), state=PlacementState.IN_POST
    )
    rows = with_midterms(managed.exclude(person__account=user))
    return rows.filter(host_proposal__isnull=False, department_proposal=None).order_by("host_on", "pk")


def specials_visible_to(user: User) -> QuerySet[SpecialAssessment]:
    """Special assessments of the user's department; leaders read them."""
    rows = SpecialAssessment.objects.filter(under("owner_unit__path", paths_of(user, *OVERSEERS)))
    return rows.select_related("owner_unit", "ordered_by")


def specials_listed(user: User) -> QuerySet[Any]:
    """The same with how many people they are about, and about how many something stands."""
    return specials_visible_to(user).annotate(
        n_people=Count("placements", distinct=True),
        n_found=Count("findings__placement", filter=Q(findings__state=FindingState.STANDING), distinct=True),
        unit_name=F("owner_unit__name"),
    )


def people_of(special: SpecialAssessment) -> list[Placement]:
    """Whom it is about."""
    return list(
        with_names(special.placements.all()).select_related("person__account").order_by("person__name_key")
    )


def special_candidates(user: User) -> QuerySet[Placement]:
    """People in post whom the user's department may list."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    rows = Placement.objects.filter(under("owner_unit__path", paths), state=PlacementState.IN_POST)
    return rows.exclude(person__account=user).select_related("person", "host_unit", "owner_unit")


def found_for(special: SpecialAssessment) -> QuerySet[Any]:
    """What stands about its people."""
    return special.findings.filter(state=FindingState.STANDING).prefetch_related("citations")
