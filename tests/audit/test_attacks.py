"""What somebody with the database in hand may try, one test an attack; the key of the trail is not in the database.

The suite takes the walls of the tables down, so every attack here has got past them already.
"""

import datetime as dt
import errno
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models
from tests.makers import AT, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.ends import End, current_end, is_in_chain, keep_end, lost_ends
from secondment.audit.models import AuditEvent, AuditHead, AuditLink
from secondment.audit.services import record, seal_events
from secondment.audit.verification import Fault, verify_trail
from secondment.notices.models import Notice
from secondment.portal.tasks import keep_trail_end_daily
from secondment.portal.trail.services import keep_trail_end

SOON = AT + dt.timedelta(minutes=30)
PUT_BACK = "the chain no longer runs through the end kept in"


def go_on(n: int = 3) -> None:
    """`n` more events, linked."""
    unit = make_unit()
    for number in range(n):
        record("unit.rename", unit, by=None, at=AT + dt.timedelta(minutes=number))
    seal_events()


@pytest.fixture
def trail(db: None) -> list[AuditEvent]:
    make_user()
    go_on(5)
    return list(AuditEvent.objects.order_by("pk"))


@pytest.fixture
def kept(settings, tmp_path: Path) -> Path:
    settings.AUDIT_DROP_DIR = tmp_path
    return tmp_path


def faults() -> list[str]:
    return [fault.found for fault in verify_trail(at=SOON).faults]


def copy_of_rows() -> Callable[[], None]:
    """What a copy of the whole trail holds; the function puts it back."""
    models = (AuditEvent, AuditLink, AuditHead)
    rows = {model: list(model.objects.all()) for model in models}

    def put_back() -> None:
        for model, found in rows.items():
            model.objects.all().delete()
            model.objects.bulk_create(found)

    return put_back


def test_a_whole_trail_has_no_faults(trail: list[AuditEvent], kept: Path) -> None:
    keep_end(kept, at=AT)
    go_on()
    assert faults() == []


def test_delete_everything(trail: list[AuditEvent]) -> None:
    for model in (AuditEvent, AuditLink, AuditHead):
        model.objects.all().delete()
    assert faults() == ["there are accounts but no events: the trail was emptied"]


def test_delete_everything_and_go_on(trail: list[AuditEvent], kept: Path) -> None:
    keep_end(kept, at=AT)
    for model in (AuditEvent, AuditLink, AuditHead):
        model.objects.all().delete()
    go_on(9)
    assert faults() == [f"{PUT_BACK} audit-end-20261123.txt: older data were put back"]


def test_an_empty_installation_is_whole(db: None) -> None:
    assert faults() == []


def test_delete_the_last(trail: list[AuditEvent]) -> None:
    AuditEvent.objects.filter(pk=trail[-1].pk).delete()
    AuditLink.objects.filter(event_id=trail[-1].pk).delete()
    assert faults() == ["the chain ends at link 5, but 6 links were sealed"]


def test_delete_the_end_alone(trail: list[AuditEvent]) -> None:
    AuditHead.objects.all().delete()
    assert faults() == ["the end of the chain was removed"]


def test_swap_the_numbers_of_two_events(trail: list[AuditEvent]) -> None:
    one, other, free = trail[1].pk, trail[3].pk, 10**6
    for before, after in ((one, free), (other, one), (free, other)):
        AuditEvent.objects.filter(pk=before).update(id=after)
    found = verify_trail(at=SOON).faults
    assert {fault.event_id for fault in found} == {one, other}


def test_swap_the_numbers_with_their_links(trail: list[AuditEvent]) -> None:
    one, other, free = trail[1].pk, trail[3].pk, 10**6
    for before, after in ((one, free), (other, one), (free, other)):
        AuditEvent.objects.filter(pk=before).update(id=after)
        AuditLink.objects.filter(event_id=before).update(event_id=after)
    found = verify_trail(at=SOON).faults
    assert [fault for fault in found if fault.event_id == one] == [
        Fault(one, "changed after it was written, or inserted by hand"),
        Fault(one, "does not fit the chain: it or its neighbour was changed"),
    ]


def test_replay_a_copy_of_an_event(trail: list[AuditEvent]) -> None:
    """The copy has a true seal; under a number of its own it has none, also once it is linked."""
    copy = AuditEvent.objects.get(pk=trail[2].pk)
    copy.pk = None
    copy.save(force_insert=True)
    seal_events()
    assert verify_trail(at=SOON).faults == (
        Fault(copy.pk, "changed after it was written, or inserted by hand"),
    )


def test_put_a_copy_of_the_whole_trail_back(trail: list[AuditEvent], kept: Path) -> None:
    """The old copy is whole in itself; only what left the machine tells that it is old."""
    put_back = copy_of_rows()
    go_on()
    keep_end(kept, at=AT)
    put_back()
    assert faults() == [f"{PUT_BACK} audit-end-20261123.txt: older data were put back"]


def test_roll_back_and_go_on_beyond_the_kept_length(trail: list[AuditEvent], kept: Path) -> None:
    put_back = copy_of_rows()
    go_on()
    end = current_end()
    keep_end(kept, at=AT)
    put_back()
    go_on(10)
    assert current_end().length > end.length
    assert not is_in_chain(end)
    assert faults() == [f"{PUT_BACK} audit-end-20261123.txt: older data were put back"]


def test_hold_an_event_back_from_the_chain(trail: list[AuditEvent]) -> None:
    """Within a minute it is on its way; then it is a fault."""
    held = record("unit.rename", make_unit(), by=None, at=AT)
    AuditLink.objects.filter(event_id__gte=held.pk).delete()
    minute = dt.timedelta(minutes=1)
    assert verify_trail(at=AT + minute).faults == ()
    late = verify_trail(at=AT + minute + dt.timedelta(seconds=1)).faults
    assert late[-1] == Fault(held.pk, "not linked into the chain for more than a minute")


@pytest.mark.parametrize(
    ("model", "column", "found"),
    [
        (AuditEvent, "seal", "changed after it was written, or inserted by hand"),
        (AuditLink, "fingerprint", "does not fit the chain: it or its neighbour was changed"),
        (AuditHead, "seal", "the end of the chain was changed"),
    ],
)
def test_a_fingerprint_that_is_none_is_named(
    trail: list[AuditEvent], model: type[models.Model], column: str, found: str
) -> None:
    """Letters that no fingerprint has must not end the check before it has told what it found."""
    model.objects.filter(pk=model.objects.order_by("pk").last().pk).update(**{column: "é"})
    assert found in faults()


@pytest.mark.skipif(connection.vendor == "postgresql", reason="a column of instants holds nothing else there")
@pytest.mark.parametrize(
    ("instant", "found"),
    [
        ("x", "changed after it was written, or inserted by hand"),
        ("2026-13-45 00:00:00", "the events behind it cannot be read: one was changed by hand"),
    ],
)
def test_an_instant_that_is_none_is_named(trail: list[AuditEvent], instant: str, found: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditevent SET at = %s WHERE id = %s", [instant, trail[2].pk])
    assert found in faults()


def test_numbers_are_not_given_again(trail: list[AuditEvent]) -> None:
    AuditEvent.objects.filter(pk=trail[-1].pk).delete()
    assert record("unit.rename", make_unit(), by=None, at=AT).pk > trail[-1].pk


def test_the_empty_chain_has_an_end_too(db: None) -> None:
    assert is_in_chain(current_end())
    assert not is_in_chain(End(0, "ab" * 32))


@pytest.mark.usefixtures("trail")
class TestKeptEnds:
    """Ends that left the machine."""

    def test_a_day_is_written_once(self, kept: Path) -> None:
        first = current_end()
        path = keep_end(kept, at=AT)
        go_on()
        assert keep_end(kept, at=AT + dt.timedelta(hours=1)) == path
        assert path.read_text() == f"2026-11-23T17:00:00+08:00 {first}\n"
        assert lost_ends(kept) == []

    def test_what_cannot_be_read_is_lost(self, kept: Path) -> None:
        (kept / "audit-end-20261101.txt").write_text("?")
        (kept / "audit-end-20261102.txt").mkdir()
        (kept / "notes.txt").write_text("?")
        assert lost_ends(kept) == ["audit-end-20261101.txt", "audit-end-20261102.txt"]

    def test_a_full_disk_leaves_no_half_end(self, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Else every later day would tell of a lost end."""

        def full() -> End:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("secondment.audit.ends.current_end", full)
        with pytest.raises(OSError, match="No space"):
            keep_end(kept, at=AT)
        assert list(kept.iterdir()) == []

    def test_the_command_says_with_what_it_compared(self, kept: Path) -> None:
        """A directory that is not there today, or was emptied, shows by its number."""
        out = StringIO()
        call_command("verify_audit", stdout=out)
        keep_end(kept, at=AT)
        call_command("verify_audit", stdout=out)
        told = [line for line in out.getvalue().splitlines() if line.startswith("compared")]
        assert told == [
            f"compared with 0 kept ends in {kept}",
            f"compared with 1 kept ends in {kept}, the last of them audit-end-20261123.txt",
        ]

    def test_an_end_is_read_from_what_was_printed(self) -> None:
        end = End(12, "ab" * 32)
        assert End.found_in(f"2026-11-23 {end}\n") == end
        assert End.found_in("12:ab") is None

    def test_every_day_the_auditors_hear_what_is_lost(self, kept: Path) -> None:
        auditor = make_user(Role.AUDIT_ADMINISTRATOR)
        put_back = copy_of_rows()
        go_on()
        keep_trail_end_daily(on=AT.date(), at=AT)
        assert not Notice.objects.exists()
        put_back()
        keep_trail_end(kept, at=AT + dt.timedelta(days=1))
        notice = Notice.objects.get()
        assert (notice.recipient, notice.path) == (auditor, "/audit/")
        assert "audit-end-20261123.txt" in notice.body
        assert sorted(path.name for path in kept.iterdir()) == [
            "audit-end-20261123.txt",
            "audit-end-20261124.txt",
        ]

    @pytest.mark.parametrize("is_given", [True, False])
    def test_the_end_is_kept_where_the_installation_says_so_and_nowhere_else(
        self, settings, kept: Path, monkeypatch, is_given: bool
    ) -> None:
        asked = []
        monkeypatch.setattr(
            "secondment.portal.tasks.keep_trail_end", lambda folder, *, at: asked.append((folder, at))
        )
        settings.AUDIT_DROP_DIR = kept if is_given else None
        keep_trail_end_daily(on=AT.date(), at=AT)
        assert asked == ([(kept, AT)] if is_given else [])

    def test_the_command_compares_and_names_the_file(self, kept: Path) -> None:
        AuditEvent.objects.all().delete()
        AuditLink.objects.all().delete()
        AuditHead.objects.all().delete()
        User.objects.all().delete()
        (kept / "audit-end-20261101.txt").write_text(f"2026-11-01 3:{'ab' * 32}")
        out = StringIO()
        with pytest.raises(CommandError, match="tampered"):
            call_command("verify_audit", stdout=out)
        assert f"{PUT_BACK} audit-end-20261101.txt" in out.getvalue()

    def test_an_end_that_is_none_is_refused(self) -> None:
        with pytest.raises(CommandError, match="LENGTH:FINGERPRINT") as caught:
            call_command("verify_audit", expect="12", stdout=StringIO())
        assert caught.value.returncode == 2

    def test_the_auditor_prints_a_sheet(self, signed_in) -> None:
        page = signed_in(make_user(Role.AUDIT_ADMINISTRATOR)).get("/audit/end/").content.decode()
        end = current_end()
        assert f"--expect {end}" in page
        assert " ".join(end.fingerprint[at : at + 8] for at in range(0, 64, 8)) in page
