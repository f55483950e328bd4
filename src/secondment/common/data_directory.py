"""The data directory belongs to the account that runs the server, and what was written for a moment does not stay."""

import shutil
import stat
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

# A database of SQLite is up to three files.
SUFFIXES = ("", "-wal", "-shm")


def make_private(folder: Path, *files: Path) -> None:
    """Take the rights of others away, also where an earlier version gave them; a common folder such as /tmp is left alone."""
    mode = folder.stat().st_mode
    if not mode & stat.S_ISVTX:
        folder.chmod(stat.S_IMODE(mode) & 0o700)
    for file in files:
        if file.exists():
            file.chmod(stat.S_IMODE(file.stat().st_mode) & 0o600)


def database_files(connection: BaseDatabaseWrapper) -> list[Path]:
    """The files that hold the database; none on a server."""
    if connection.vendor != "sqlite":
        return []
    return [Path(f"{connection.settings_dict['NAME']}{suffix}") for suffix in SUFFIXES]


def empty(folder: Path) -> None:
    """Remove everything in it: uploads that a stopped process left behind."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
