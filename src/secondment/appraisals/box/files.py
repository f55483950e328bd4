"""The file of a box: where it lies, how it is opened, and how nothing of it is left.

Who reads or writes in a box holds a lock on a file beside it: writers wait for each other in a queue instead of polling,
and the journal of a write can be overwritten before the next begins. Looking a code up takes no such lock, so that those
who come do not keep those waiting who cast. A journal holds the pages as they were before a
ballot was cast; compared with the pages after, it would tell which code that ballot came with.
"""

import fcntl
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from secondment.appraisals.box.errors import BoxGoneError

FOLDER = "boxes"
SUFFIX = ".sqlite3"
PRACTICE = "-practice"
GONE = ".gone"
BLOCK = 1 << 16
PRAGMAS = (
    "PRAGMA journal_mode=PERSIST",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA foreign_keys=ON",
)


@contextmanager
def opened(path: Path, *, writes: bool) -> Iterator[sqlite3.Connection]:
    """The box, alone where something is written; written whole or not at all, and no journal keeps what was there before."""
    if not path.exists():
        raise _gone()
    with _locked(path, alone=writes):
        with closing(_connected(path)) as box:
            if not writes:
                yield box
                return
            box.execute("BEGIN IMMEDIATE")
            try:
                yield box
                box.execute("COMMIT")
            except BaseException:
                if box.in_transaction:
                    box.execute("ROLLBACK")
                raise
        _wipe_journal(path)


@contextmanager
def looked_into(path: Path) -> Iterator[sqlite3.Connection]:
    """The box for a moment's look, whoever writes; one that is being destroyed at this moment is gone."""
    if not path.exists():
        raise _gone()
    try:
        with closing(_connected(path)) as box:
            yield box
    except sqlite3.DatabaseError:
        if path.exists():
            raise
        raise _gone() from None


def make(path: Path, fill: Callable[[sqlite3.Connection], None]) -> None:
    """A box as `fill` makes it; it is there whole or not at all. FileExistsError when there is one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in path.parent.glob(f"{path.name}.*.part"):  # by a kill, before anybody could vote
        left.unlink()
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        with closing(_connected(draft)) as box:
            box.execute("BEGIN IMMEDIATE")
            fill(box)
            box.execute("COMMIT")
        _journal(draft).unlink(missing_ok=True)
        with _locked(path, alone=True):
            path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(path.parent)


def destroy(path: Path) -> None:
    """Overwrite and remove box, journal and lock; done again after a kill, it finishes. Nothing when there is none.

    The box changes its name first, so that nobody opens one that is half overwritten.
    """
    with _locked(path, alone=True) if path.exists() else nullcontext():
        for one in (_journal(path), path):
            with suppress(FileNotFoundError):
                one.rename(_gone_name(one))
        for one in (_journal(path), path):
            with suppress(FileNotFoundError):
                erase(_gone_name(one))
    _lock_of(path).unlink(missing_ok=True)
    if path.parent.exists():
        _sync_folder(path.parent)


def erase(path: Path) -> None:
    """Zeros over what lies there, then no more of it."""
    _overwrite(path)
    path.unlink()


def _gone_name(path: Path) -> Path:
    return path.with_name(path.name + GONE)


def _journal(path: Path) -> Path:
    return path.with_name(f"{path.name}-journal")


def _lock_of(path: Path) -> Path:
    return path.with_suffix(".lock")


@contextmanager
def _locked(path: Path, *, alone: bool) -> Iterator[None]:
    descriptor = os.open(_lock_of(path), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)


def _connected(path: Path) -> sqlite3.Connection:
    try:
        box = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=20)
    except sqlite3.OperationalError:
        raise _gone() from None
    for words in PRAGMAS:
        box.execute(words)
    return box


def _wipe_journal(path: Path) -> None:
    """The header says already that it is over; zeros go over the same blocks, so that none is freed with its content."""
    with suppress(FileNotFoundError), _journal(path).open("r+b") as file:
        _write_zeros(file)  # the next write, or the end of the box, takes them to the disk


def _overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        _write_zeros(file)
        file.flush()
        os.fdatasync(file.fileno())


def _write_zeros(file: IO[bytes]) -> None:
    left = os.fstat(file.fileno()).st_size
    while left > 0:
        left -= file.write(bytes(min(BLOCK, left)))


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _gone() -> BoxGoneError:
    return BoxGoneError(
        _(
            "票箱文件不在本机：可能已封存销毁，也可能随磁盘或数据目录丢失。丢失的，选票无法找回，须作废本次测评并重新组织投票。"
        )
    )
