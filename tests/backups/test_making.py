"""A backup is one whole file or a named fault; it holds what the installation held, and nothing half done counts."""

import datetime as dt
import errno
import fcntl
import os
import stat
from pathlib import Path

import pytest
from django.db import connection, transaction

from secondment.audit.models import AuditEvent
from secondment.backups.databases import CopyError
from secondment.backups.errors import BackupFailedError, HasRecoveryKeyError, NoRecoveryKeyError
from secondment.backups.models import Backup, Drill, RecoveryKey
from secondment.backups.packing import DUMP, KEYS, SQLITE, sha256_of
from secondment.backups.restoring import restore
from secondment.backups.services import drills, making
from secondment.backups.services.keys import make_recovery_key
from secondment.backups.services.making import make_backup
from tests.makers import AT

DAY = dt.timedelta(days=1)
NAME = "20261123-170000"  # AT in local time


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_one_file_for_its_owner_alone_with_all_that_is_needed(office, settings, tmp_path: Path) -> None:
    made = make_backup(at=AT)
    mark = office.halves[0].mark.hex()
    path = office.directory / made.name
    assert names(office.directory) == [".lock", f"secondment-{mark}-{NAME}.backup"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (made.size, made.n_files, made.fault) == (path.stat().st_size, 1, "")
    assert made.is_as_written(sha256_of(path))
    manifest = restore(path, tmp_path / "restored", lambda _public: office.halves)
    assert set(names(tmp_path / "restored")) == {manifest.database, KEYS, "files"}
    (stored,) = [one for one in (tmp_path / "restored" / "files").rglob("*") if one.is_file()]
    assert stored.read_bytes() == b"abc"
    assert (tmp_path / "restored" / KEYS).read_bytes() == settings.KEY_FILE.read_bytes()
    assert manifest.made_at == "2026-11-23T17:00:00+08:00"
    assert sum(manifest.tables.values()) == made.n_rows
    assert names(settings.TEMPORARY_DIR) == []


def test_the_copy_holds_every_row(office, tmp_path: Path) -> None:
    made = make_backup(at=AT)
    manifest = restore(office.directory / made.name, tmp_path / "restored", lambda _public: office.halves)
    assert manifest.database == (SQLITE if connection.vendor == "sqlite" else DUMP)
    assert (manifest.tables["documents_storedfile"], manifest.tables["units_unit"]) == (1, 1)
    assert manifest.tables["backups_backup"] == 0


def test_what_was_done_is_in_the_trail(office) -> None:
    made = make_backup(at=AT)
    events = AuditEvent.objects.filter(action__startswith="backup.").order_by("pk")
    assert [(one.action, one.object_label, one.actor_name) for one in events] == [
        ("backup.make_key", office.halves[0].mark.hex(), ""),
        ("backup.make", made.name, ""),
        ("backup.drill", made.name, ""),
    ]


def test_without_a_key_nothing_is_written(office) -> None:
    RecoveryKey.objects.all().delete()
    with pytest.raises(NoRecoveryKeyError, match="secondment recovery-key"):
        make_backup(at=AT)
    assert names(office.directory) == []


def test_the_default_directory_is_made(office, settings) -> None:
    settings.DATA_DIR = office.directory
    settings.BACKUP_DIR = office.directory / "backups"
    make_backup(at=AT)
    assert stat.S_IMODE(settings.BACKUP_DIR.stat().st_mode) == 0o700


def failing(at: dt.datetime = AT) -> str:
    with pytest.raises(BackupFailedError) as failed:
        make_backup(at=at)
    assert not Backup.objects.exists()
    return str(failed.value)


def test_a_directory_that_is_not_mounted_is_named(office, settings) -> None:
    settings.BACKUP_DIR = office.directory / "share"
    assert failing() == f"备份目录{office.directory / 'share'}不存在（可能没有挂载）。"
    assert not settings.BACKUP_DIR.exists()


def test_a_full_disk_is_said_plainly_and_nothing_stays(office, monkeypatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(making, "pack", full)
    assert failing() == f"磁盘空间不足：备份目录{office.directory}或数据目录已满，请腾出空间。"
    assert names(office.directory) == [".lock"]


@pytest.mark.parametrize(
    ("program", "said", "words"),
    [
        ("SQLite", "database or disk is full", "磁盘空间不足："),
        ("pg_dump", "pg_dump: error: could not write to file: No space left on device", "磁盘空间不足："),
        ("pg_dump", "server version mismatch", "数据库没有复制完成，pg_dump：server version mismatch"),
    ],
)
def test_a_copy_that_fails_says_why(office, monkeypatch, program: str, said: str, words: str) -> None:
    def fail(*_arguments: object) -> None:
        raise CopyError(program, said)

    monkeypatch.setattr(making, "copy_database", fail)
    assert failing().startswith(words)


def test_a_missing_client_is_named(office, monkeypatch) -> None:
    def missing(*_arguments: object) -> None:
        raise CopyError("pg_dump")

    monkeypatch.setattr(making, "copy_database", missing)
    assert failing().startswith("未找到pg_dump，请安装不低于数据库服务器版本的 PostgreSQL 客户端")


def test_what_the_disk_gives_back_otherwise_is_no_backup(office, monkeypatch) -> None:
    monkeypatch.setattr(making, "sha256_of", lambda _path: "0")
    assert failing() == f"备份目录{office.directory}无法读写（Input/output error）。"
    assert names(office.directory) == [".lock"]


def test_two_at_once_are_refused(office) -> None:
    with (office.directory / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert failing() == "另一个备份正在进行，请稍后再试。"
    make_backup(at=AT)


def test_what_a_killed_backup_left_is_removed_by_the_next_and_counts_nowhere(office, settings) -> None:
    mark = office.halves[0].mark.hex()
    half = office.directory / f".secondment-{mark}-20261122-020000.backup"
    half.write_bytes(b"half")
    for name in ("backup-1", "drill-1", "upload-1"):
        (settings.TEMPORARY_DIR / name).mkdir()
        (settings.TEMPORARY_DIR / name / "plain").touch()
    (office.directory / ".secondment-other-1.backup").write_bytes(b"another installation's")
    made = make_backup(at=AT)
    assert names(office.directory) == [".lock", ".secondment-other-1.backup", made.name]
    assert names(settings.TEMPORARY_DIR) == ["upload-1"]


def test_a_draft_is_no_backup_while_it_is_written(office, monkeypatch) -> None:
    seen: list[str] = []
    original = making.pack

    def watched(*arguments: object) -> None:
        seen.extend(names(office.directory))
        original(*arguments)

    monkeypatch.setattr(making, "pack", watched)
    made = make_backup(at=AT)
    assert seen == [".lock", f".{made.name}"]


def test_old_files_go_with_their_rows_and_others_stay(office) -> None:
    made = [make_backup(at=AT + i * DAY) for i in range(9)]
    (office.directory / "notes.txt").write_text("kept")
    make_backup(at=AT + 9 * DAY)
    gone = {one.name for one in made} - set(names(office.directory))
    assert gone == {one.name for one in made} - set(Backup.objects.values_list("name", flat=True))
    # Nights from Monday the 23rd to Wednesday 2 December: seven days stay, and Sunday the 29th is among them.
    assert sorted(gone) == sorted(one.name for one in made[:3])
    assert "notes.txt" in names(office.directory)


def test_faults_are_kept_to_a_hundred(office) -> None:
    Backup.objects.bulk_create(Backup(at=AT - i * DAY, fault="?") for i in range(101))
    make_backup(at=AT)
    faults = Backup.objects.filter(name="")
    assert (faults.count(), faults.last().at) == (100, AT - 99 * DAY)


def test_a_key_put_into_the_database_by_hand_gets_no_backup(office) -> None:
    RecoveryKey.objects.update(sealed=b"\1" + bytes(60))
    assert failing().startswith("恢复密钥的记录被改动")
    assert names(office.directory) == [".lock"]


def test_a_copy_is_never_begun_inside_a_transaction(office) -> None:
    if connection.vendor == "sqlite":
        with transaction.atomic(), pytest.raises(RuntimeError, match="inside a transaction"):
            make_backup(at=AT)


def test_another_key_is_made_only_when_asked_for(office) -> None:
    with pytest.raises(HasRecoveryKeyError, match=office.halves[0].mark.hex()):
        make_recovery_key(at=AT)
    first, second = make_recovery_key(at=AT + DAY, is_new=True)
    assert first.mark == second.mark != office.halves[0].mark
    assert make_backup(at=AT + 2 * DAY).name.startswith(f"secondment-{first.mark.hex()}-")


def test_the_first_backup_is_drilled_and_then_one_in_seven_days(office) -> None:
    for i in range(9):
        make_backup(at=AT + i * DAY)
    drilled = Drill.objects.order_by("at")
    assert [(one.at, one.fault, one.n_files) for one in drilled] == [(AT, "", 1), (AT + 7 * DAY, "", 1)]
    make_backup(at=AT + 9 * DAY, with_drill=True)
    assert Drill.objects.first().at == AT + 9 * DAY


def drilled_with(monkeypatch, name: str, replacement: object) -> str:
    monkeypatch.setattr(drills, name, replacement)
    make_backup(at=AT)
    return Drill.objects.get().fault


def test_a_drill_names_tables_that_differ(office, monkeypatch) -> None:
    fault = drilled_with(monkeypatch, "differences", lambda _path, _tables: ["units_unit: 1 ≠ 0"])
    assert fault == "恢复出来的内容与备份时有1处不一致：units_unit: 1 ≠ 0"


def test_a_drill_names_a_missing_client(office, monkeypatch) -> None:
    def missing(*_arguments: object) -> None:
        raise CopyError("pg_restore")

    assert drilled_with(monkeypatch, "differences", missing) == "恢复演练没有做完：pg_restore ?"


def test_a_drill_without_space_says_so(office, monkeypatch) -> None:
    def full(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    assert drilled_with(monkeypatch, "unpack", full) == "恢复演练没有做完：No space left on device"


def test_a_drill_finds_other_keys_and_another_manifest(office, monkeypatch) -> None:
    original = drills.unpack

    def changed(stream: object, folder: Path) -> object:
        found = original(stream, folder)
        (folder / KEYS).chmod(0o600)
        (folder / KEYS).write_text("{}")
        found.members.clear()
        return found

    monkeypatch.setattr(drills, "differences", lambda _path, _tables: [])
    assert drilled_with(monkeypatch, "unpack", changed).endswith("：manifest、keys.json")


def test_a_drill_reads_the_file_itself(office, monkeypatch) -> None:
    """A byte that turns on the disk after the file was written is found by opening it, and by its fingerprint."""
    original = making.drill_if_due

    def damaged(sealed: drills.Sealed, **more: object) -> object:
        content = bytearray(sealed.path.read_bytes())
        content[-1] ^= 1
        sealed.path.write_bytes(content)
        return original(sealed, **more)

    monkeypatch.setattr(making, "drill_if_due", damaged)
    made = make_backup(at=AT)
    fault = Drill.objects.get().fault
    assert fault.startswith("恢复出来的内容与备份时有2处不一致：chunk ")
    assert fault.endswith(f"、{made.name}")


def test_a_drill_compares_older_files_and_asks_for_none_that_was_taken_away(office) -> None:
    first, second = make_backup(at=AT), make_backup(at=AT + DAY)
    (office.directory / first.name).unlink()
    with (office.directory / second.name).open("ab") as file:
        file.write(b"!")
    make_backup(at=AT + 2 * DAY, with_drill=True)
    assert Drill.objects.first().fault == f"恢复出来的内容与备份时有1处不一致：{second.name}"


def test_a_fingerprint_changed_in_the_database_does_not_open(office) -> None:
    first, second = make_backup(at=AT), make_backup(at=AT + DAY)
    Backup.objects.filter(pk=first.pk).update(sealed_sha256=second.sealed_sha256)
    make_backup(at=AT + 2 * DAY, with_drill=True)
    assert Drill.objects.first().fault == f"恢复出来的内容与备份时有1处不一致：{first.name}"
