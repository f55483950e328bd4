"""Trails written before numbers were sealed are sealed anew; what was wrong in them goes on showing."""

import datetime as dt
import hashlib
import importlib

import pytest
from django.apps import apps
from django.db import connection
from tests.makers import AT, make_unit

from secondment.audit.guards import remove_guards
from secondment.audit.models import AuditEvent, AuditHead, AuditLink
from secondment.audit.services import record, seal_events
from secondment.audit.verification import Fault, verify_trail

migration = importlib.import_module("secondment.audit.migrations.0004_seal_numbers")


@pytest.fixture
def old(db: None) -> list[int]:
    """A trail as it was sealed before."""
    unit = make_unit()
    for number in range(4):
        record("unit.rename", unit, by=None, at=AT + dt.timedelta(minutes=number))
    seal_events()
    before, length = "0" * 64, 0
    for event in AuditEvent.objects.order_by("pk"):
        event.seal = migration.sealed(migration.said(event))
        event.save()
        before, length = migration.keyed(f"{before}|{event.seal}"), length + 1
        AuditLink.objects.filter(event_id=event.pk).update(fingerprint=before)
    AuditHead.objects.update(fingerprint=before, seal=migration.keyed(f"head|{length}|{before}"))
    return list(AuditEvent.objects.order_by("pk").values_list("pk", flat=True))


class Editor:
    """As much of a schema editor as the migration asks for; SQLite's own cannot work inside a test's transaction."""

    connection = connection


def seal_anew() -> None:
    migration.seal_anew(apps, Editor())
    remove_guards(connection)


def test_a_whole_trail_stays_whole(old: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migration, "CHUNK", 2)
    assert len(verify_trail(at=AT).faults) > len(old)
    seal_anew()
    assert verify_trail(at=AT).faults == ()


def test_a_changed_event_and_a_forged_end_go_on_showing(old: list[int]) -> None:
    AuditEvent.objects.filter(pk=old[2]).update(actor_name="他人")
    AuditHead.objects.update(seal=hashlib.sha256(b"x").hexdigest())
    seal_anew()
    found = verify_trail(at=AT).faults
    assert Fault(old[2], "changed after it was written, or inserted by hand") in found
    assert Fault(0, "the end of the chain was changed") in found


def test_a_removed_event_goes_on_showing(old: list[int]) -> None:
    AuditEvent.objects.filter(pk=old[1]).delete()
    seal_anew()
    assert Fault(old[1], "removed from the trail") in verify_trail(at=AT).faults


def test_an_empty_trail_is_left_alone(db: None) -> None:
    seal_anew()
    assert verify_trail(at=AT).faults == ()
