"""The trail shows every changed, removed or inserted row."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from tests.makers import AT, make_unit, make_user

from secondment.audit.guards import build_guards, remove_guards
from secondment.audit.models import AuditEvent, AuditHead, AuditLink
from secondment.audit.services import record, seal_events
from secondment.audit.verification import Fault, verify_trail


@pytest.fixture
def trail(db: None) -> list[AuditEvent]:
    unit, user = make_unit(), make_user()
    for number in range(5):
        record("unit.rename", unit, by=user, at=AT + dt.timedelta(minutes=number), details={"number": number})
    seal_events()
    return list(AuditEvent.objects.order_by("pk"))


def test_whole_trail_has_no_faults(trail: list[AuditEvent]) -> None:
    report = verify_trail(at=AT)
    assert (report.n_events, report.n_links, report.n_waiting, report.faults) == (6, 6, 0, ())


def test_changed_event_is_named(trail: list[AuditEvent]) -> None:
    AuditEvent.objects.filter(pk=trail[2].pk).update(actor_name="他人")
    assert verify_trail(at=AT).faults == (
        Fault(trail[2].pk, "changed after it was written, or inserted by hand"),
    )


def test_removed_event_is_named(trail: list[AuditEvent]) -> None:
    AuditEvent.objects.filter(pk=trail[2].pk).delete()
    assert verify_trail(at=AT).faults == (Fault(trail[2].pk, "removed from the trail"),)


def test_event_removed_with_its_link_is_found(trail: list[AuditEvent]) -> None:
    AuditEvent.objects.filter(pk=trail[2].pk).delete()
    AuditLink.objects.filter(event_id=trail[2].pk).delete()
    assert verify_trail(at=AT).faults[0] == Fault(
        trail[3].pk, "link 3 of the chain is missing or out of place"
    )


def test_events_cut_off_the_end_are_found(trail: list[AuditEvent]) -> None:
    AuditEvent.objects.filter(pk=trail[5].pk).delete()
    AuditLink.objects.filter(event_id=trail[5].pk).delete()
    assert verify_trail(at=AT).faults == (Fault(0, "the chain ends at link 5, but 6 links were sealed"),)


def test_inserted_event_is_named_even_before_it_is_linked(trail: list[AuditEvent]) -> None:
    forged = AuditEvent.objects.get(pk=trail[0].pk)
    forged.pk, forged.actor_name = None, "他人"
    forged.save(force_insert=True)
    assert verify_trail(at=AT).faults == (
        Fault(forged.pk, "changed after it was written, or inserted by hand"),
    )


def test_forged_end_is_found(trail: list[AuditEvent]) -> None:
    AuditHead.objects.update(length=5)
    assert Fault(0, "the end of the chain was changed") in verify_trail(at=AT).faults


def test_command_exits_1_and_names_the_event(trail: list[AuditEvent]) -> None:
    AuditEvent.objects.filter(pk=trail[1].pk).update(action="unit.delete")
    out = StringIO()
    with pytest.raises(CommandError, match="tampered") as caught:
        call_command("verify_audit", stdout=out)
    assert caught.value.returncode == 1
    assert (
        out.getvalue().splitlines()[0]
        == f"event {trail[1].pk}: changed after it was written, or inserted by hand"
    )


def test_command_compares_with_an_earlier_end(trail: list[AuditEvent]) -> None:
    report = verify_trail(at=AT)
    call_command("verify_audit", expect=f"{report.n_links}:{report.fingerprint}", stdout=StringIO())
    with pytest.raises(CommandError):
        call_command("verify_audit", expect=f"{report.n_links}:{'0' * 64}", stdout=StringIO())


def test_late_committed_event_with_lower_id_is_linked(trail: list[AuditEvent]) -> None:
    AuditLink.objects.filter(event_id=trail[3].pk).delete()
    assert seal_events() == 1
    assert AuditLink.objects.get(event_id=trail[3].pk).position == 7


def test_database_itself_refuses_changes(trail: list[AuditEvent], walls: None) -> None:
    """Update, delete, replace and upsert of events, links and the end, as SQL beside the program."""
    event, link = AuditEvent._meta.db_table, AuditLink._meta.db_table
    head = AuditHead._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in AuditEvent._meta.concrete_fields)
    deeds = [
        f"UPDATE {event} SET action = 'x'",
        f"DELETE FROM {event}",
        f"UPDATE {link} SET event_id = 0",
        f"DELETE FROM {link}",
        f"DELETE FROM {head}",
        f"UPDATE {head} SET length = length - 1",
        f"UPDATE {head} SET fingerprint = 'x'",
        f"UPDATE {head} SET id = 2, length = length + 1",
    ]
    if connection.vendor == "sqlite":
        deeds += [
            f"INSERT OR REPLACE INTO {event} ({columns}) SELECT {columns} FROM {event} WHERE id = {trail[0].pk}",
            f"REPLACE INTO {link} SELECT * FROM {link} WHERE position = 2",
            f"REPLACE INTO {link} SELECT 99, event_id, fingerprint FROM {link} WHERE position = 2",
            f"REPLACE INTO {head} SELECT * FROM {head}",
        ]
    else:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else TRUNCATE stops at what the fixtures wrote
        again = f"INSERT INTO {event} SELECT * FROM {event} WHERE id = {trail[0].pk}"
        deeds += [
            f"{again} ON CONFLICT (id) DO UPDATE SET action = 'x'",
            *(f"TRUNCATE {table} CASCADE" for table in (event, link, head)),
        ]
    for deed in deeds:
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(deed)
    record("unit.rename", make_unit(), by=None, at=AT)
    seal_events()
    assert verify_trail(at=AT).faults == ()


@pytest.fixture
def walls(db: None):
    """The suite takes the walls down; here they stand."""
    build_guards(connection)
    yield
    remove_guards(connection)
