"""The handover of a placement: everything open, and what became of each; nothing can vanish."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from secondment.accounts.models import User
from secondment.placements.models import Placement
from secondment.placements.ports import (
    OPEN_ITEMS,
    TAKE_BACK,
    UNSETTLED,
    Decided,
    OpenItem,
    Unsettled,
    open_items,
)
from secondment.places.models import HandoverItem, PlaceContact, PlacePromise


@dataclass(frozen=True)
class Handover:
    """Items that wait for somebody, items that were settled, and decisions that were taken back."""

    waiting: list[OpenItem]
    settled: list[HandoverItem]
    taken_back: list[HandoverItem]

    @property
    def n(self) -> int:
        """How many there are: settling one changes where it stands, never how many there are."""
        return len(self.waiting) + len(self.settled)


def handover_of(placement: Placement) -> Handover:
    """Everything that was open or was settled."""
    rows = list(placement.handover_items.select_related("by", "taken_back_by", "successor__person"))
    settled = [one for one in rows if one.taken_back_at is None]
    known = {(one.kind, one.key) for one in settled}
    waiting = [one for one in open_items(placement) if (one.kind, one.key) not in known]
    return Handover(waiting, settled, [one for one in rows if one.taken_back_at is not None])


def received_by(placement: Placement) -> QuerySet[HandoverItem]:
    """What those before handed over to this placement."""
    rows = HandoverItem.objects.filter(successor=placement, taken_back_at=None)
    return rows.select_related("placement__person")


def open_promises(placement: Placement) -> Iterator[OpenItem]:
    """Promises that were not kept yet."""
    for one in PlacePromise.objects.filter(placement=placement, closed_on=None):
        title = f"{one.text}（{one.to_whom}）"
        yield OpenItem("promise", f"{one.pk}", _("承诺"), title, partial(_move, PlacePromise, one.pk))


def open_contacts(placement: Placement) -> Iterator[OpenItem]:
    """Contacts that the secondee noted."""
    for one in PlaceContact.objects.filter(placement=placement, is_current=True):
        title = f"{one.name} {one.post}"
        yield OpenItem("contact", f"{one.pk}", _("联系人"), title, partial(_move, PlaceContact, one.pk))


def _move(
    model: type[PlacePromise] | type[PlaceContact], pk: int, successor: Placement, *_by: object
) -> None:
    model.objects.filter(pk=pk).update(placement=successor)


def take_promise_back(decided: Decided, _by: User, _at: dt.datetime) -> str:
    """The promise is again that of whom it came from, and open."""
    rows = PlacePromise.objects.filter(pk=int(decided.key))
    if words := _passed_on("promise", decided):
        return words
    if decided.successor is not None:
        rows.filter(placement=decided.successor).update(placement=decided.placement)
    if decided.is_closed:
        rows.update(closed_on=None, outcome="")
    return ""


def take_contact_back(decided: Decided, _by: User, _at: dt.datetime) -> str:
    """The contact is again that of whom it came from, and asked."""
    row = PlaceContact.objects.get(pk=int(decided.key))
    if words := _passed_on("contact", decided):
        return words
    same = PlaceContact.objects.filter(place=row.place_id, name=row.name, post=row.post, is_current=True)
    if decided.is_closed and same.exists():
        return gettext("%(name)s已重新加入联系人，不用撤回。") % {"name": row.name}
    if decided.successor is not None and row.placement_id == decided.successor.pk:
        row.placement = decided.placement
    row.is_current = row.is_current or decided.is_closed
    row.save()
    return ""


def _passed_on(kind: str, decided: Decided) -> str:
    """Why it stays where it is: the successor's own handover has dealt with it."""
    if decided.successor is None:
        return ""
    items = HandoverItem.objects.filter(placement=decided.successor, kind=kind, key=decided.key)
    is_settled = items.filter(taken_back_at=None).exists()
    return gettext("接任者已对这一项办理交接，请先撤回接任者的那一次。") if is_settled else ""


def not_handed_over(placement: Placement) -> Unsettled | None:
    """How much of it waits, for the page that ends the term."""
    n = len(handover_of(placement).waiting)
    return Unsettled(n, reverse("places:handover", args=[placement.pk])) if n else None


OPEN_ITEMS.extend((open_promises, open_contacts))
UNSETTLED.append(not_handed_over)
TAKE_BACK.update(promise=take_promise_back, contact=take_contact_back)
