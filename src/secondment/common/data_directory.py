"""The data directory belongs to the account that runs the server, and what was written for a moment does not stay."""

import shutil
import stat
from pathlib import Path

OWN_FILES = ("secondment.sqlite3*", "keys.json")


def make_private(folder: Path) -> None:
    """Take the rights of others away, also where an earlier version gave them; a common folder such as /tmp is left alone."""
    mode = folder.stat().st_mode
    if not mode & stat.S_ISVTX:
        folder.chmod(stat.S_IMODE(mode) & 0o700)
    for pattern in OWN_FILES:
        for file in folder.glob(pattern):
            file.chmod(stat.S_IMODE(file.stat().st_mode) & 0o600)


def empty(folder: Path) -> None:
    """Remove everything in it: uploads that a stopped process left behind."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
