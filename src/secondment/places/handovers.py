"""The handover of a placement: everything open, and what became of each; nothing can vanish."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.placements.models import Placement
from secondment.placements.ports import OPEN_ITEMS, UNSETTLED, OpenItem, Unsettled, open_items
from secondment.places.models import HandoverItem, PlaceContact, PlacePromise


@dataclass(frozen=True)
class Handover:
    """Items that wait for somebody, and items that were settled."""

    waiting: list[OpenItem]
    settled: list[HandoverItem]

    @property
    def n(self) -> int:
        """How many there are: settling one changes where it stands, never how many there are."""
        return len(self.waiting) + len(self.settled)


def handover_of(placement: Placement) -> Handover:
    """Everything that was open or was settled."""
    settled = list(placement.handover_items.select_related("by", "successor__person"))
    known = {(one.kind, one.key) for one in settled}
    return Handover([one for one in open_items(placement) if (one.kind, one.key) not in known], settled)


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


def not_handed_over(placement: Placement) -> Unsettled | None:
    """How much of it waits, for the page that ends the term."""
    n = len(handover_of(placement).waiting)
    return Unsettled(n, reverse("places:handover", args=[placement.pk])) if n else None


OPEN_ITEMS.extend((open_promises, open_contacts))
UNSETTLED.append(not_handed_over)
