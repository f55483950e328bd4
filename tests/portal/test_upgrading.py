"""What is looked at after the data were migrated; real processes are in tests/backups/test_upgrading.py."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.http import HttpResponseServerError
from tests.makers import AT, make_user

from secondment.audit.models import AuditEvent
from secondment.audit.services import record
from secondment.audit.verification import Fault
from secondment.backups.databases import rows_now
from secondment.backups.snapshots import MARKER, Snapshot
from secondment.common.release import release
from secondment.portal import upgrading
from secondment.portal.upgrading import UpgradeFailedError, check, faults_of_trail, is_upgrade


@pytest.fixture
def data(db: None, settings, tmp_path: Path) -> Path:
    settings.DATA_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    record("account.create", make_user(), by=None, at=AT)
    return tmp_path


def snapshot(**tables: int) -> Snapshot:
    return Snapshot("1", "x", "x", "x", "x", {**rows_now(connection), **tables}, {})


def checked(data: Path, before: Snapshot, known: frozenset[Fault] = frozenset()) -> None:
    check(before, data / "files", known=known, at=AT)


def test_data_that_have_seen_every_migration_are_not_upgraded(data: Path) -> None:
    assert not is_upgrade()


def test_data_that_have_not_are(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'notices'")
    assert is_upgrade()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations")
    assert not is_upgrade(), "an empty database is made, not upgraded"


def test_nothing_lost_is_sound(data: Path) -> None:
    checked(data, snapshot())


def test_a_row_less_is_named_and_a_row_more_is_not(data: Path) -> None:
    n = rows_now(connection)["accounts_user"]
    checked(data, snapshot(accounts_user=n - 1))
    with pytest.raises(UpgradeFailedError, match=f"accounts_user: {n + 1} → {n}"):
        checked(data, snapshot(accounts_user=n + 1))


def test_a_table_that_a_release_empties_on_purpose_is_no_loss(data: Path, monkeypatch) -> None:
    before = snapshot(accounts_old=3)
    with pytest.raises(UpgradeFailedError, match="accounts_old: 3 → 0"):
        checked(data, before)
    monkeypatch.setattr(upgrading, "MAY_SHRINK", frozenset({"accounts_old"}))
    checked(data, before)


def test_what_is_newly_wrong_with_the_trail_is_a_failure(data: Path) -> None:
    assert faults_of_trail(at=AT) == frozenset()
    AuditEvent.objects.update(action="account.other")
    known = faults_of_trail(at=AT)
    with pytest.raises(UpgradeFailedError, match=r"审计记录不完整.*changed after it was written"):
        checked(data, snapshot())
    checked(data, snapshot(), known)


def test_a_trail_that_this_version_cannot_read_has_no_known_faults(data: Path, monkeypatch) -> None:
    def fail(**_options: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(upgrading, "verify_trail", fail)
    assert faults_of_trail(at=AT) == frozenset()


def test_a_first_page_that_does_not_answer_is_a_failure(data: Path, monkeypatch) -> None:
    class Broken:
        def __init__(self, **_options: object) -> None: ...

        def get(self, *_args: object, **_options: object) -> HttpResponseServerError:
            return HttpResponseServerError()

    monkeypatch.setattr(upgrading, "Client", Broken)
    with pytest.raises(UpgradeFailedError, match="The first page answers 500"):
        checked(data, snapshot())


@pytest.mark.parametrize("fails", [True, False])
def test_the_marker_stays_when_something_fails(data: Path, monkeypatch, fails: bool) -> None:
    def take(_connection, folder: Path, **_options: object) -> Snapshot:
        (folder / MARKER).touch()
        return snapshot()

    def migrate() -> None:
        if fails:
            raise DatabaseError

    monkeypatch.setattr(upgrading, "take", take)
    if fails:
        with pytest.raises(DatabaseError):
            upgrading.migrate_safely(migrate, at=AT)
    else:
        upgrading.migrate_safely(migrate, at=AT)
    assert (data / MARKER).exists() is fails


def test_the_data_say_which_version_wrote_them(data: Path) -> None:
    assert upgrading.version_of_data() == upgrading.UNKNOWN
    upgrading.note_version()
    assert upgrading.version_of_data() == release()
