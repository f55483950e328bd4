"""What a user sees of places."""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.placements.choices import UNDER_WAY, PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import visible_to as placements_visible_to
from secondment.places.models import (
    HandoverItem,
    Place,
    PlaceCategory,
    PlaceContact,
    PlaceFile,
    PlacePromise,
    PlaceText,
)
from secondment.places.rules import READABLE_BEFORE
from secondment.units.models import Unit

OVERSEERS = (Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT, Role.LEADER, Role.INSPECTOR)
RECEIVED = (*UNDER_WAY, PlacementState.ENDED)


def visible_to(user: User, on: dt.date) -> QuerySet[Unit]:
    """Host units in the account's scope; the secondee's own from a week before the term begins."""
    received = Placement.objects.filter(host_unit=OuterRef("pk"), state__in=RECEIVED)
    mine = Placement.objects.filter(
        person__account=user, state__in=UNDER_WAY, starts_on__lte=on + READABLE_BEFORE
    )
    seen = under("path", paths_of(user, *OVERSEERS)) | Q(pk__in=mine.order_by().values("host_unit"))
    return Unit.objects.filter(seen).filter(Exists(received) | Q(place__isnull=False))


def for_list(units: QuerySet[Unit]) -> QuerySet[Any]:
    """Places with how much is known of them, and since when."""
    texts = PlaceText.objects.filter(place__unit=OuterRef("pk"), is_current=True).exclude(text="")
    contacts = PlaceContact.objects.filter(place__unit=OuterRef("pk"), is_current=True)
    listed = PlaceCategory.objects.filter(place__unit=OuterRef("pk"), left_on=None)
    people = Placement.objects.filter(host_unit=OuterRef("pk"), state=PlacementState.IN_POST)

    def count(rows: QuerySet[Any], by: str) -> Subquery:
        return Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n"))

    last = texts.order_by().values("place").annotate(last=Max("at")).values("last")
    found: QuerySet[Any] = units.select_related("parent").annotate(
        n_texts=count(texts, "place"),
        n_contacts=count(contacts, "place"),
        n_categories=count(listed, "place"),
        n_people=count(people, "host_unit"),
        last_at=Subquery(last),
    )
    return found


def place_of(unit: Unit) -> Place | None:
    """What is known of the unit."""
    place = Place.objects.filter(unit=unit).first()
    if place is not None:
        place.unit = unit
    return place


def contacts_visible_to(user: User, on: dt.date) -> QuerySet[PlaceContact]:
    """Contacts at places that the reader sees."""
    return PlaceContact.objects.filter(place__unit__in=visible_to(user, on)).select_related("place__unit")


def categories_visible_to(user: User, on: dt.date) -> QuerySet[PlaceCategory]:
    """What the places that the reader sees are or were listed as."""
    return PlaceCategory.objects.filter(place__unit__in=visible_to(user, on)).select_related("place__unit")


def files_visible_to(user: User, on: dt.date) -> QuerySet[PlaceFile]:
    """Surveys of the places that the reader sees."""
    return PlaceFile.objects.filter(place__unit__in=visible_to(user, on)).select_related("file")


def promises_visible_to(user: User) -> QuerySet[PlacePromise]:
    """Promises made in placements whose handover the reader sees."""
    return PlacePromise.objects.filter(placement__in=handed_over_by(user).order_by().values("pk"))


def items_visible_to(user: User) -> QuerySet[HandoverItem]:
    """What was settled at handovers that the reader sees."""
    return HandoverItem.objects.filter(placement__in=handed_over_by(user).order_by().values("pk"))


def handed_over_by(user: User) -> QuerySet[Placement]:
    """Placements whose handover the user reads."""
    return placements_visible_to(user).filter(state__in=RECEIVED)


def successors_of(placement: Placement) -> QuerySet[Placement]:
    """Others on their way to, or in post at, the same host unit."""
    rows = Placement.objects.filter(host_unit=placement.host_unit_id, state__in=UNDER_WAY)
    return rows.exclude(pk=placement.pk).select_related("person", "post").order_by("-starts_on", "pk")
