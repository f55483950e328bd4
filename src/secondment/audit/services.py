"""Write the trail: record an event inside the caller's transaction, then link it into the chain."""

import base64
import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef
from django.utils import timezone

from secondment.audit.ends import FIRST_FINGERPRINT
from secondment.audit.models import AuditEvent, AuditHead, AuditLink
from secondment.audit.numbers import next_number, next_numbers
from secondment.common.submissions import spend_key

# Transactions that commit late leave gaps in the ids: the sealer looks this far back for them.
LOOK_BACK = 10_000


class Actor(Protocol):
    """Who acts: the account model, which lives above this app."""

    pk: Any
    name: Any


def record(
    action: str,
    target: models.Model,
    *,
    by: Actor | None,
    at: dt.datetime,
    within: models.Model | None = None,
    details: dict[str, Any] | None = None,
) -> AuditEvent:
    """Record that `by` (None: the system) did `action` to `target`; joins the caller's transaction.

    The event belongs to the unit at the `trail_path` of `within`, else of `target`; without one, to no unit.
    The form that asked for it is spent with it. After commit the event is linked into the chain. `details`
    holds names of changed fields and public values only, never protected ones.
    """
    spend_key(at=at)
    return _write(action, target, by=by, at=at, within=within, details=details or {})


@dataclass(frozen=True)
class Entry:
    """What `record` is told, kept until it is written with others."""

    action: str
    target: models.Model
    by: Actor | None
    at: dt.datetime
    details: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def record_all(entries: Sequence[Entry]) -> int:
    """Record many acts at once, in this order, each as `record` would; for loaders of many rows. Returns how many."""
    events = [
        _event(number, one.action, one.target, by=one.by, at=one.at, within=None, details=one.details)
        for number, one in zip(next_numbers(len(entries)), entries, strict=True)
    ]
    AuditEvent.objects.bulk_create(events, batch_size=500)
    transaction.on_commit(seal_events, robust=True)
    return len(events)


@transaction.atomic
def _write(
    action: str,
    target: models.Model,
    *,
    by: Actor | None,
    at: dt.datetime,
    within: models.Model | None = None,
    details: dict[str, Any],
) -> AuditEvent:
    event = _event(next_number(), action, target, by=by, at=at, within=within, details=details)
    event.save(force_insert=True)
    transaction.on_commit(seal_events, robust=True)
    return event


def _event(
    number: int,
    action: str,
    target: models.Model,
    *,
    by: Actor | None,
    at: dt.datetime,
    within: models.Model | None,
    details: dict[str, Any],
) -> AuditEvent:
    event = AuditEvent(
        pk=number,
        at=at,
        actor_id=by.pk if by else None,
        actor_name=by.name if by else "",
        action=action,
        object_type=target._meta.label_lower,  # noqa: SLF001 -- Django's documented name
        object_id=str(target.pk),
        object_label=str(target)[:200],
        unit_path=getattr(within or target, "trail_path", ""),
        details=details,
    )
    event.seal = event_seal(event)
    return event


def record_export(
    action: str, target: models.Model, *, by: Actor, at: dt.datetime, n: int | None = None
) -> None:
    """Record that something left the system as a file or on paper: `n` rows of a list, else a document."""
    record(action, target, by=by, at=at, details={} if n is None else {"rows": n})


def record_look(action: str, target: models.Model, *, by: Actor, at: dt.datetime) -> AuditEvent | None:
    """Record that `by` looked at `target`; one event an account and day, for a page may be opened again.

    That is what an auditor asks: who saw it, and on which days. None when today's look is on record.
    """
    midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    seen = AuditEvent.objects.filter(
        object_type=target._meta.label_lower,  # noqa: SLF001 -- Django's documented name
        object_id=str(target.pk),
        action=action,
        actor_id=by.pk,
        at__gte=midnight,
    )
    return None if seen.exists() else record(action, target, by=by, at=at)


def record_refusal(
    action: str,
    target: models.Model,
    *,
    by: Actor,
    at: dt.datetime,
    why: str,
    page: str = "",
) -> AuditEvent:
    """Record a refused attempt; own transaction, because the refused one is rolled back."""
    details = {"why": why} | ({"page": page} if page else {})
    return _write(f"{action}.refused", target, by=by, at=at, details=details)


@transaction.atomic
def seal_events() -> int:
    """Link every event not yet linked, oldest first; returns how many. Locks the end of the chain."""
    AuditHead.objects.get_or_create(
        pk=1, defaults={"fingerprint": FIRST_FINGERPRINT, "seal": head_seal(0, FIRST_FINGERPRINT)}
    )
    head = AuditHead.objects.select_for_update().get(pk=1)
    newest = AuditLink.objects.aggregate(newest=Max("event_id"))["newest"] or 0
    links = []
    waiting = AuditEvent.objects.filter(
        ~Exists(AuditLink.objects.filter(event_id=OuterRef("pk"))), pk__gt=newest - LOOK_BACK
    ).order_by("pk")
    for event in waiting:
        head.length += 1
        head.fingerprint = link_fingerprint(head.fingerprint, head.length, event.pk, event.seal)
        links.append(AuditLink(position=head.length, event_id=event.pk, fingerprint=head.fingerprint))
    if links:
        AuditLink.objects.bulk_create(links, batch_size=500)
        head.seal = head_seal(head.length, head.fingerprint)
        head.save()
    return len(links)


def event_seal(event: AuditEvent) -> str:
    """The keyed fingerprint of an event's entire content."""
    content = [
        event.pk,
        event.at.astimezone(dt.UTC).isoformat(),
        event.actor_id,
        event.actor_name,
        event.action,
        event.object_type,
        event.object_id,
        event.object_label,
        event.unit_path,
        event.details,
    ]
    return _keyed(json.dumps(content, ensure_ascii=False, sort_keys=True))


def link_fingerprint(before: str, position: int, event_id: int, seal: str) -> str:
    """The fingerprint of a link, from the one before it, its place, and the event's number and seal."""
    return _keyed(f"{before}|{position}|{event_id}|{seal}")


def head_seal(length: int, fingerprint: str) -> str:
    """The seal of the chain's end."""
    return _keyed(f"head|{length}|{fingerprint}")


def _keyed(text: str) -> str:
    return hmac.new(base64.b64decode(settings.KEYS.audit), text.encode(), hashlib.sha256).hexdigest()
