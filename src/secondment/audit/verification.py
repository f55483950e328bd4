"""Check the trail: every changed, moved, copied, removed or inserted row shows, and every end that was kept elsewhere."""

import datetime as dt
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef

from secondment.audit.ends import FIRST_FINGERPRINT, lost_ends
from secondment.audit.models import AuditEvent, AuditHead, AuditLink
from secondment.audit.services import event_seal, head_seal, link_fingerprint

CHUNK = 2_000
# An event is linked as soon as its transaction is over.
LONGEST_WAIT = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Fault:
    """One inconsistency: the event's number (0: the entire chain) and what is wrong."""

    event_id: int
    found: str


@dataclass(frozen=True)
class AuditReport:
    """What a check found: events and links read, events not linked yet, and every fault in order."""

    n_events: int
    n_links: int
    n_waiting: int
    fingerprint: str
    faults: tuple[Fault, ...]


def verify_trail(*, at: dt.datetime) -> AuditReport:
    """Read the entire trail once, keeping one chunk plus one number per event in memory."""
    faults: list[Fault] = []
    seals: dict[int, str] = {}
    try:
        for event in AuditEvent.objects.order_by("pk").iterator(chunk_size=CHUNK):
            seals[event.pk] = event.seal
            if not _is_as_sealed(event):
                faults.append(Fault(event.pk, "changed after it was written, or inserted by hand"))
    except ValueError:  # no date, no number: what was put there is none of the kind the column holds
        faults.append(
            Fault(max(seals, default=0), "the events behind it cannot be read: one was changed by hand")
        )
    n_events = len(seals)
    fingerprint, n_links = FIRST_FINGERPRINT, 0
    for link in AuditLink.objects.order_by("position").iterator(chunk_size=CHUNK):
        n_links += 1
        faults.extend(_link_faults(link, n_links, fingerprint, seals.pop(link.event_id, None)))
        fingerprint = link.fingerprint
    faults.extend(_head_faults(n_links, fingerprint))
    faults.extend(_waiting_faults(at))
    if n_events == 0 and get_user_model().objects.exists():
        faults.append(Fault(0, "there are accounts but no events: the trail was emptied"))
    faults.extend(_kept_faults(settings.AUDIT_DROP_DIR))
    return AuditReport(n_events, n_links, len(seals), fingerprint, tuple(faults))


def _is_as_sealed(event: AuditEvent) -> bool:
    """Whether the event matches its seal; SQLite may contain an invalid instant."""
    return isinstance(event.at, dt.datetime) and _is_same(event_seal(event), event.seal)


def _is_same(ours: str, found: object) -> bool:
    """Compared as bytes: what was put there by hand need be no fingerprint."""
    return hmac.compare_digest(ours.encode(), str(found).encode())


def _link_faults(link: AuditLink, expected: int, before: str, seal: str | None) -> Iterator[Fault]:
    if link.position != expected:
        yield Fault(link.event_id, f"link {expected} of the chain is missing or out of place")
    if seal is None:
        yield Fault(link.event_id, "removed from the trail")
    elif not _is_same(link_fingerprint(before, link.position, link.event_id, seal), link.fingerprint):
        yield Fault(link.event_id, "does not fit the chain: it or its neighbour was changed")


def _head_faults(n_links: int, fingerprint: str) -> Iterator[Fault]:
    head = AuditHead.objects.filter(pk=1).first()
    if head is None:
        if n_links:
            yield Fault(0, "the end of the chain was removed")
        return
    if not _is_same(head_seal(head.length, head.fingerprint), head.seal):
        yield Fault(0, "the end of the chain was changed")
    if (head.length, head.fingerprint) != (n_links, fingerprint):
        yield Fault(0, f"the chain ends at link {n_links}, but {head.length} links were sealed")


def _waiting_faults(at: dt.datetime) -> Iterator[Fault]:
    """Checked last: links added while the rest was read are not faults."""
    is_linked = Exists(AuditLink.objects.filter(event_id=OuterRef("pk")))
    late = AuditEvent.objects.filter(~is_linked, at__lt=at - LONGEST_WAIT).order_by("pk")
    for number in late.values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        yield Fault(number, "not linked into the chain for more than a minute")


def _kept_faults(directory: Path | None) -> Iterator[Fault]:
    for name in lost_ends(directory) if directory else ():
        yield Fault(0, f"the chain no longer runs through the end kept in {name}: older data were put back")
