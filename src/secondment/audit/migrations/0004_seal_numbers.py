"""Seal events and links again, now with their numbers. What was inconsistent before is left unchanged and stays visible."""

import base64
import datetime as dt
import hashlib
import hmac
import json
from typing import Any

from django.conf import settings
from django.db import migrations

from secondment.audit.guards import build_guards, remove_guards

CHUNK = 2_000


def keyed(text: str) -> str:
    return hmac.new(base64.b64decode(settings.KEYS.audit), text.encode(), hashlib.sha256).hexdigest()


def said(event: Any) -> list[Any]:
    names = ("actor_id", "actor_name", "action", "object_type", "object_id", "object_label", "unit_path")
    return [
        event.at.astimezone(dt.UTC).isoformat(),
        *(getattr(event, name) for name in names),
        event.details,
    ]


def sealed(content: list[Any]) -> str:
    return keyed(json.dumps(content, ensure_ascii=False, sort_keys=True))


def seal_anew(apps: Any, schema_editor: Any) -> None:
    remove_guards(schema_editor.connection)
    old = reseal_events(apps.get_model("audit", "AuditEvent"))
    relink(apps.get_model("audit", "AuditLink"), apps.get_model("audit", "AuditHead"), old)
    build_guards(schema_editor.connection)


def reseal_events(model: Any) -> dict[int, tuple[str, str]]:
    """Old and new seal by number."""
    seals: dict[int, tuple[str, str]] = {}
    changed = []
    for event in model.objects.order_by("pk").iterator(chunk_size=CHUNK):
        before = event.seal
        if hmac.compare_digest(sealed(said(event)), before):
            event.seal = sealed([event.pk, *said(event)])
            changed.append(event)
        seals[event.pk] = (before, event.seal)
        if len(changed) == CHUNK:
            model.objects.bulk_update(changed, ["seal"])
            changed = []
    model.objects.bulk_update(changed, ["seal"])
    return seals


def relink(links: Any, heads: Any, seals: dict[int, tuple[str, str]]) -> None:
    before_old = before_new = "0" * 64
    length, changed = 0, []
    for link in links.objects.order_by("position").iterator(chunk_size=CHUNK):
        length += 1
        old, new = seals.get(link.event_id, ("", ""))
        fits = link.position == length and hmac.compare_digest(keyed(f"{before_old}|{old}"), link.fingerprint)
        before_old = link.fingerprint
        if fits:
            link.fingerprint = keyed(f"{before_new}|{link.position}|{link.event_id}|{new}")
            changed.append(link)
        before_new = link.fingerprint
        if len(changed) == CHUNK:
            links.objects.bulk_update(changed, ["fingerprint"])
            changed = []
    links.objects.bulk_update(changed, ["fingerprint"])
    head = heads.objects.filter(pk=1).first()
    if head is None or (head.length, head.fingerprint) != (length, before_old):
        return
    if hmac.compare_digest(keyed(f"head|{head.length}|{head.fingerprint}"), head.seal):
        head.fingerprint, head.seal = before_new, keyed(f"head|{length}|{before_new}")
        head.save()


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_no_replacing")]

    operations = [migrations.RunPython(seal_anew, migrations.RunPython.noop)]
