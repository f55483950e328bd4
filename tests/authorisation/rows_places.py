"""Places: written by the host, departments above it and the secondee there; handovers are settled by the host or the owner."""

import datetime as dt

from secondment.accounts.choices import Role
from secondment.common.protection import seal_bytes
from secondment.documents.services import store_file
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.places.models import HandoverItem, Place, PlaceCategory, PlaceContact, PlaceFile, PlacePromise
from tests.authorisation.matrix import Row
from tests.authorisation.world import Side
from tests.makers import AT, make_user

OWNER = frozenset({Role.ORGANISATION_DEPARTMENT})
OFFICES = OWNER | {Role.HOST_UNIT}
WRITERS = OFFICES | {Role.SECONDEE}
READERS = WRITERS | {Role.LEADER, Role.INSPECTOR}


def placed(side: Side) -> dict[str, int]:
    """The placement of the side, in post on any day."""
    term = {"starts_on": dt.date(2020, 1, 1), "ends_on": dt.date(2099, 1, 1)}
    Placement.objects.filter(pk=side.placement.pk).update(state=PlacementState.IN_POST, **term)
    return {"pk": side.placement.pk}


def unit(side: Side) -> dict[str, int]:
    placed(side)
    return {"pk": side.host_unit.pk}


def place(side: Side) -> Place:
    placed(side)
    return Place.objects.get_or_create(unit=side.host_unit)[0]


def contact(side: Side) -> dict[str, int]:
    made = PlaceContact.objects.create(place=place(side), name="甲", post="书记", by=make_user(), at=AT)
    return {"pk": made.pk}


def category(side: Side) -> dict[str, int]:
    PlaceCategory.objects.filter(place=place(side)).delete()
    made = PlaceCategory.objects.create(
        place=place(side), kind="key", entered_on=AT.date(), entry_document="3", by=make_user(), at=AT
    )
    return {"pk": made.pk}


def file(side: Side) -> dict[str, int]:
    found = place(side)
    sealed = seal_bytes(b"%PDF", context=f"places.file.{found.pk}")
    stored = store_file("a.pdf", sealed, content_type="application/pdf", by=make_user(), at=AT)
    return {"pk": PlaceFile.objects.create(place=found, file=stored, by=make_user(), at=AT).pk}


def item(side: Side) -> dict[str, int]:
    placed(side)
    made = HandoverItem.objects.create(
        placement=side.placement,
        kind="promise",
        key=promise(side)["pk"],
        title="桥",
        settlement="refused",
        name="甲",
        by=make_user(),
        at=AT,
    )
    return {"pk": made.pk}


def promise(side: Side) -> dict[str, int]:
    placed(side)
    made = PlacePromise.objects.create(
        placement=side.placement, text="桥", to_whom="甲", by=make_user(), at=AT
    )
    return {"pk": made.pk}


ROWS = {
    "places:place_list": Row(READERS),
    "places:place_detail": Row(READERS, unit),
    "places:place_history": Row(READERS, unit),
    "places:place_map": Row(READERS, unit),
    "places:place_edit": Row(WRITERS, unit),
    "places:file_keep": Row(WRITERS, unit),
    "places:file_read": Row(READERS, file),
    "places:contact_add": Row(WRITERS, unit),
    "places:contact_end": Row(WRITERS, contact, "post"),
    "places:category_enter": Row(OWNER, unit),
    "places:category_end": Row(OWNER, category),
    "places:handover": Row(READERS | {Role.HOME_UNIT}, placed),
    "places:handover_confirm": Row({Role.SECONDEE}, placed, "post"),
    "places:item_take_back": Row(OFFICES, item, "post"),
    "places:promise_note": Row(WRITERS, placed),
    "places:promise_close": Row(WRITERS, promise),
}
