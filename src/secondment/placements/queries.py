"""What a user sees of placements, and who is notified about them."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Substr

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role, in_units, paths_of, under
from secondment.campaigns.models import Campaign
from secondment.documents.models import DocumentNumber
from secondment.placements.choices import OVERDUE, UNDER_WAY, PlacementState
from secondment.placements.models import (
    AppointmentNotice,
    GroupMember,
    Placement,
    StatisticsReport,
    TermChange,
)
from secondment.units.choices import UnitKind
from secondment.units.models import Region, Unit
from secondment.units.official_names import official_name

OVERSEERS = (Role.ORGANISATION_DEPARTMENT, Role.LEADER, Role.INSPECTOR)
COUNTY_DIGITS = 6


def visible_to(user: User) -> QuerySet[Placement]:
    """Placements of the user's units, whether they send, receive or run the campaign; and one's own."""
    overseen = paths_of(user, *OVERSEERS)
    seen = (
        in_units("home_unit", [*overseen, *paths_of(user, Role.HOME_UNIT)])
        | in_units("host_unit", [*overseen, *paths_of(user, Role.HOST_UNIT)])
        | in_units("owner_unit", overseen)
    )
    if has_role(user, Role.SECONDEE):
        seen |= Q(person__account=user)
    return Placement.objects.filter(seen)


def owners_seen(user: User) -> QuerySet[Any]:
    """Keys of the departments that manage placements which the user sees."""
    return visible_to(user).order_by().values("owner_unit")


def with_county(rows: QuerySet[Placement]) -> QuerySet[Any]:
    """Placements with the county code of the host unit; shorter where the unit has a city or province only."""
    return rows.annotate(county=Substr("host_unit__region_id", 1, COUNTY_DIGITS))


def on_the_way(user: User) -> QuerySet[Placement]:
    """People with a notice who have not arrived, whom the user's units receive or sent out, by host unit."""
    mine = in_units("host_unit", paths_of(user, Role.HOST_UNIT))
    mine |= in_units("owner_unit", paths_of(user, Role.ORGANISATION_DEPARTMENT))
    rows = with_names(Placement.objects.filter(mine, state=PlacementState.APPOINTED))
    return rows.select_related("host_unit__parent").order_by("host_unit__path", "person__name_key", "pk")


def in_letter_order(rows: QuerySet[Placement]) -> list[Placement]:
    """Placements as their notices are numbered: by host unit, then by name."""
    named = with_names(rows).select_related("person__account")
    return list(named.order_by("host_unit__path", "person__name_key", "pk"))


def with_names(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Placements with everything their pages name."""
    return placements.select_related(
        "person__unit",
        "post",
        "home_unit__parent",
        "host_unit__parent",
        "owner_unit",
        "campaign",
        "programme_version__programme",
    )


def notices_visible_to(user: User) -> QuerySet[AppointmentNotice]:
    """Numbers given by the user's organisation department, or that the user leads."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT, Role.LEADER)
    rows = AppointmentNotice.objects.filter(under("owner_unit__path", paths))
    return rows.select_related("owner_unit", "campaign", "file", "issued_by")


def for_appointment_forms(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Placements with everything that form F3 prints, in the order of letters."""
    rows = ("career", "family", "annual_grades", "specialties")
    related = with_names(placements).select_related("person__photo", "home_unit__parent__region__parent")
    return related.prefetch_related(*(f"person__{name}" for name in rows)).order_by(
        "host_unit__path", "person__name_key", "pk"
    )


def offices_above(placements: Sequence[Placement]) -> dict[int, list[str]]:
    """Whom a notice is copied to above each host unit: the township of a village, organisation departments below the owner's."""
    hosts = {one.host_unit_id: one.host_unit for one in placements}
    above = {key: [int(part) for part in host.path.strip("/").split("/")[:-1]] for key, host in hosts.items()}
    owners = {one.owner_unit_id for one in placements} | {one.owner_unit.parent_id for one in placements}
    departments = Unit.objects.filter(
        kind=UnitKind.ORGANISATION_DEPARTMENT,
        is_active=True,
        parent__in={key for keys in above.values() for key in keys},
    ).select_related("parent__region__parent")
    named: dict[int | None, str] = {
        one.parent_id: official_name(one) for one in departments if not owners & {one.pk, one.parent_id}
    }
    found = {}
    for key, host in hosts.items():
        offices = [named[place] for place in above[key] if place in named]
        town = [host.parent.name] if host.kind == UnitKind.VILLAGE and host.parent else []
        found[key] = [*offices, *town]
    return found


def with_stage(placements: QuerySet[Placement], on: dt.date) -> QuerySet[Placement]:
    """Placements with `stage_now`: their state, or that they are overdue on this day."""
    is_overdue = When(state=PlacementState.IN_POST, ends_on__lte=on, then=Value(OVERDUE))
    return placements.annotate(stage_now=Case(is_overdue, default=F("state"), output_field=CharField()))


def for_list(placements: QuerySet[Placement], on: dt.date) -> QuerySet[Placement]:
    """Placements with nothing but what the list and its Excel file show: rows stay narrow at any number."""
    own = (
        *("starts_on", "ends_on", "reported_on", "notice_number", "contact_leader", "mentor", "party_branch"),
        *("work_mode", "ending", "closed_on", "destination", "destination_text"),
        *("party_out_on", "party_in_on", "party_back_on", "appointment_kind", "appointment_number"),
        *("appointment_on", "removal_number", "removal_on", "lapses_at_end"),
    )
    names = (
        "person__name",
        "post__title",
        "home_unit__name",
        "host_unit__name",
        "host_unit__kind",
        "host_unit__parent__name",
        "campaign__name",
        "programme_version__programme__name",
    )
    related = placements.select_related(
        *("person", "post", "home_unit", "host_unit__parent", "campaign"), "programme_version__programme"
    )
    return with_stage(related.only("state", *own, *names), on)


def own_placements(user: User) -> QuerySet[Placement]:
    """The secondee's own, the current one first."""
    return with_names(Placement.objects.filter(person__account=user)).order_by("-starts_on", "-pk")


def latest_changes(placements: Sequence[Placement]) -> dict[int, TermChange]:
    """The last change of the term of each placement that has one."""
    rows = TermChange.objects.filter(placement__in=placements).order_by("pk")
    return {row.placement_id: row for row in rows}


def every() -> QuerySet[Placement]:
    """All placements there ever were."""
    return Placement.objects.all()


def contacts_of(user: User, on: dt.date) -> QuerySet[Placement]:
    """People in post whom the user may call: those of the user's units; of a secondee in post, those of the same host
    unit, of the same campaign and of the same group."""
    seen = Q(pk__in=visible_to(user).order_by().values("pk"))
    if has_role(user, Role.SECONDEE):
        own = in_post(Placement.objects.filter(person__account=user), on).order_by()
        groups = GroupMember.objects.filter(placement__in=own.values("pk"), group__dissolved_on=None)
        fellows = GroupMember.objects.filter(group__in=groups.order_by().values("group"))
        seen |= Q(host_unit__in=own.values("host_unit")) | Q(campaign__in=own.values("campaign"))
        seen |= Q(pk__in=fellows.order_by().values("placement"))
    return in_post(Placement.objects.filter(seen), on)


def for_contacts(placements: QuerySet[Placement]) -> QuerySet[Any]:
    """Placements with nothing but what the contact list and its Excel file show."""
    names = (
        *("person__name", "person__phone", "home_unit__name", "host_unit__name", "campaign__name"),
        *("host_unit__kind", "host_unit__parent__name"),
        *("post__title", "post__contact_leader", "post__contact_name", "post__contact_phone"),
        "programme_version__programme__name",
    )
    related = placements.select_related(
        *("person", "post", "home_unit", "host_unit__parent", "campaign"), "programme_version__programme"
    )
    county = Region.objects.filter(pk=OuterRef("county")).values("full_name")
    rows = with_county(related.only("contact_leader", *names))
    groups = GroupMember.objects.filter(placement=OuterRef("pk"), group__dissolved_on=None)
    named: QuerySet[Any] = rows.annotate(
        county_name=Subquery(county),
        group_name=Subquery(groups.order_by("group__name", "pk").values("group__name")[:1]),
    )
    return named


def decided_in(campaign: Campaign) -> QuerySet[Placement]:
    """The placements of the decision that is in force; those of decisions taken back are history."""
    return Placement.objects.filter(campaign=campaign, decision_withdrawn=False)


def without_notice(campaign: Campaign) -> QuerySet[Placement]:
    """Those decided on who wait for their notice."""
    return Placement.objects.filter(campaign=campaign, state=PlacementState.DECIDED)


def with_notice(campaign: Campaign) -> QuerySet[Placement]:
    """Those whose notice was issued."""
    return Placement.objects.filter(campaign=campaign, notice_file__isnull=False)


def active() -> QuerySet[Placement]:
    """Placements that take a person and a place: decided on, appointed or in post."""
    return Placement.objects.filter(state__in=(PlacementState.DECIDED, *UNDER_WAY))


def under_way() -> QuerySet[Placement]:
    """Placements that are on now: appointed or in post."""
    return Placement.objects.filter(state__in=UNDER_WAY)


def received() -> QuerySet[Placement]:
    """Placements in which the person works, or has worked, at the host unit."""
    return Placement.objects.filter(state__in=(*UNDER_WAY, PlacementState.ENDED))


def overlapping(person_ids: Iterable[int], starts_on: dt.date, ends_on: dt.date) -> QuerySet[Placement]:
    """Active placements of these people that share a day with the half-open term."""
    return active().filter(person__in=list(person_ids), starts_on__lt=ends_on, ends_on__gt=starts_on)


def in_post(placements: QuerySet[Placement], on: dt.date) -> QuerySet[Placement]:
    """Placements that count as in post (在挂) on this day: those whose last day has passed do not."""
    return placements.filter(state=PlacementState.IN_POST, ends_on__gt=on)


def overdue(placements: QuerySet[Placement], on: dt.date) -> QuerySet[Placement]:
    """Placements whose last day has passed and that wait to be closed (期满待办结); a predicate, no stored state."""
    return placements.filter(state=PlacementState.IN_POST, ends_on__lte=on)


def ending_between(placements: QuerySet[Placement], first: dt.date, last: dt.date) -> QuerySet[Placement]:
    """Placements in post on the first of these days whose term ends within them."""
    return in_post(placements, first).filter(ends_on__lte=last)


def campaigns_of(user: User) -> QuerySet[Campaign]:
    """Campaigns with a placement the user sees."""
    return Campaign.objects.filter(pk__in=visible_to(user).order_by().values("campaign"))


def last_series(owner: Unit) -> str:
    """The number series (文号字) of the organisation department's last notice, offered again where it is taken again."""
    rows = Placement.objects.filter(owner_unit=owner).exclude(notice_number="")
    number = rows.order_by("-notice_on", "-pk").values_list("notice_number", flat=True).first()
    series = number.partition("〔")[0] if number else ""
    return series if DocumentNumber.is_series(series) else ""


def reports_visible_to(user: User) -> QuerySet[StatisticsReport]:
    """Statistics reported by the user's units."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT, Role.LEADER)
    return StatisticsReport.objects.filter(under("unit__path", paths)).select_related("unit", "created_by")
