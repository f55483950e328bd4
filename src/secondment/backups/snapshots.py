"""What an upgrade can go back to: a verified copy beside the data, and a marker that stays until the upgrade is over.

Knows no Django, because it puts data back when nothing else can be trusted to start. Stored files are linked, not copied: they
are written once and never changed.
"""

import json
import os
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from secondment.backups.databases import copy_database, differences, put_dump_back
from secondment.backups.packing import FILES, sha256_of, stored_files
from secondment.common.refusals import StartRefusedError

MARKER, FOLDER = "upgrade.json", "before-upgrade"


class UpgradeLeftError(StartRefusedError):
    """An upgrade was stopped in the middle; its copy is the only whole one and is not written over."""

    def __init__(self) -> None:
        super().__init__(
            "上次升级中途停止，数据尚未退回。请先停止系统，执行 secondment upgrade，数据将退回到升级之前。",
            "The last upgrade was stopped in the middle. Stop the system and run secondment upgrade: it puts the data back.",
        )


class UnusableSnapshotError(StartRefusedError):
    """The copy is not what was written; nothing was touched."""

    def __init__(self, folder: Path, what: str) -> None:
        super().__init__(
            f"升级没有完成，而升级前的副本 {folder} 已损坏（{what}），没有改动任何数据。"
            "请用旧版本和最近的备份执行 secondment restore，恢复到新的数据目录。",
            f"The upgrade did not finish, and the copy made before it, {folder}, is damaged ({what}); nothing was touched. "
            "Restore the latest backup into a new data directory with the old version: secondment restore.",
        )


@dataclass(frozen=True)
class Snapshot:
    """What was there before: where it stood, what it held, and which version had written it."""

    version: str
    database: str  # the file; empty for a server, whose address is not kept
    media: str
    copy: str
    sha256: str
    tables: Mapping[str, int]
    files: Mapping[str, int]


def take(connection: Any, data: Path, *, media: Path, version: str) -> Snapshot:
    """Copy, look at the copy, and only then leave the marker; the unfinished copy of a stopped predecessor goes first."""
    require_none_left(data)
    folder = data / FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    copy, tables = copy_database(connection, folder)
    copy.chmod(0o600)
    if wrong := differences(copy, tables):
        raise UnusableSnapshotError(folder, ", ".join(wrong))
    found = stored_files(media)
    for name, path in found:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        _link(path, target)
    snapshot = Snapshot(
        version=version,
        database=str(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else "",
        media=str(media),
        copy=copy.name,
        sha256=sha256_of(copy),
        tables=tables,
        files={name: path.stat().st_size for name, path in found},
    )
    _write(data / MARKER, json.dumps(asdict(snapshot)).encode())
    return snapshot


def left_in(data: Path) -> Snapshot | None:
    """The snapshot of an upgrade that is under way or was stopped."""
    try:
        return Snapshot(**json.loads((data / MARKER).read_bytes()))
    except FileNotFoundError:
        return None


def require_none_left(data: Path) -> None:
    """Refuse while an upgrade is neither finished nor put back."""
    if left_in(data) is not None:
        raise UpgradeLeftError


def put_back(data: Path, snapshot: Snapshot, *, server: str = "") -> None:
    """Everything as it was; stopped in the middle, it is done again. `server` is the address of a database server."""
    folder = data / FOLDER
    copy = folder / snapshot.copy
    found = sha256_of(copy) if copy.exists() else "missing"
    if found != snapshot.sha256:
        raise UnusableSnapshotError(folder, snapshot.copy)
    if snapshot.database:
        _put_file_back(copy, Path(snapshot.database))
    else:
        put_dump_back(server, copy, snapshot.tables)
    for name, size in snapshot.files.items():
        path = Path(snapshot.media) / name.removeprefix(f"{FILES}/")
        if not path.exists() or path.stat().st_size != size:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            _link(folder / name, path)
    forget(data)


def lost(snapshot: Snapshot, tables: Mapping[str, int], media: Path) -> list[str]:
    """Tables with fewer rows than before and files that are gone, in technical words."""
    rows = [
        f"{name}: {n} → {tables.get(name, 0)}"
        for name, n in sorted(snapshot.tables.items())
        if tables.get(name, 0) < n
    ]
    now = {name: path.stat().st_size for name, path in stored_files(media)}
    return rows + [name for name, size in sorted(snapshot.files.items()) if now.get(name) != size]


def forget(data: Path) -> None:
    """The upgrade is over: the marker goes first, so that nobody puts half a copy back."""
    (data / MARKER).unlink(missing_ok=True)
    shutil.rmtree(data / FOLDER, ignore_errors=True)


def _put_file_back(copy: Path, database: Path) -> None:
    """The write-ahead log belongs to what is replaced, so it goes with it; the copy is whole without one."""
    beside = database.with_name(f".{database.name}-before")
    shutil.copyfile(copy, beside)
    beside.chmod(0o600)
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    for ending in ("-wal", "-shm"):
        database.with_name(database.name + ending).unlink(missing_ok=True)
    beside.replace(database)
    with closing(sqlite3.connect(database)) as opened:
        opened.execute("PRAGMA journal_mode=WAL")


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another disk, or a file system without links
        shutil.copyfile(source, target)


def _write(path: Path, content: bytes) -> None:
    draft = path.with_suffix(".part")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
