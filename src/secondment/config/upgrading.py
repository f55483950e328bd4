"""An upgrade that is whole or did not happen: what stopped in the middle, or failed its checks, is put back.

`prepare` makes the copy, migrates and checks (`portal.upgrading`); here is what survives its end, however it ended.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from secondment.backups.snapshots import Snapshot, left_in, put_back
from secondment.common.refusals import StartRefusedError
from secondment.common.release import release
from secondment.config.commands import in_one_sentence, say
from secondment.config.environment import data_directory
from secondment.config.lock import DataLock


class PutBackError(StartRefusedError):
    """An upgrade did not finish; the data are those of the version before."""

    def __init__(self, snapshot: Snapshot) -> None:
        before, now = snapshot.version, release()
        super().__init__(
            f"升级没有完成，数据已全部退回到升级之前。请用原来的版本（{before}）启动，照常工作；"
            f"原因见上面的信息，改正后用新版本（{now}）再次启动，即重新升级。",
            f"The upgrade did not finish, and all data are as they were before. Start the version that you had ({before}) and go on; "
            f"the cause is above, and starting the new one ({now}) again upgrades again.",
        )


def main(words: Sequence[str]) -> int:
    """`secondment upgrade`: exit code 0 when the data are those of this version."""
    parser = argparse.ArgumentParser(
        prog="secondment upgrade",
        description="Bring the data directory to this version while no server runs: copy, migrate, check; put back on any failure.",
    )
    parser.parse_args(words)
    return in_one_sentence(lambda: upgrade(data_directory(os.environ.get("SECONDMENT_DATA_DIR", "data"))))


def upgrade(directory: Path) -> int:
    """Alone with the data; the lock is inherited, so that a kill leaves no second process at work on them."""
    lock = DataLock.take(directory, lambda: False)
    put_back_what_was_left(directory)
    command = [sys.executable, "-m", "secondment.cli.main", "prepare"]
    done = subprocess.run(command, check=False, pass_fds=(lock.descriptor,))  # noqa: S603 -- our own command
    code = done.returncode
    put_back_what_was_left(directory)
    if not code:
        say(f"数据已是版本 {release()}。 The data are of version {release()}.")
    return code


def put_back_what_was_left(directory: Path) -> None:
    """Nothing, unless an upgrade was stopped or failed: then everything is put back, and the start refused with what to do."""
    snapshot = left_in(directory)
    if snapshot is None:
        return
    put_back(directory, snapshot, server=os.environ.get("DATABASE_URL", ""))
    raise PutBackError(snapshot)
