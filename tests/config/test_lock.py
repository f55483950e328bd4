"""One server for a data directory, and whoever finds it taken reads by whom."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from secondment.common.refusals import StartRefusedError
from secondment.config.lock import NAME, DataLock

ENDED = 2**22 + 1  # above every process number of Linux


def never() -> bool:
    raise AssertionError("must not wait")


def test_a_second_server_is_refused_and_told_of_the_first(tmp_path: Path) -> None:
    first = DataLock.take(tmp_path, never)
    first.name([11, 12])
    with pytest.raises(
        StartRefusedError, match=f"已有一个系统在运行（进程 {os.getpid()}）.*already runs on the data"
    ):
        DataLock.take(tmp_path, never)
    os.close(first.descriptor)
    os.close(DataLock.take(tmp_path, never).descriptor)


def test_a_server_that_has_not_written_its_name_yet_is_just_starting(tmp_path: Path) -> None:
    first = DataLock.take(tmp_path, never)
    os.ftruncate(first.descriptor, 0)
    with pytest.raises(StartRefusedError, match=r"正在启动.*just starting"):
        DataLock.take(tmp_path, never)
    os.close(first.descriptor)


def test_children_of_a_dead_server_are_waited_for(tmp_path: Path) -> None:
    left = DataLock.take(tmp_path, never)
    (tmp_path / NAME).write_text(f"{ENDED} 11 12")

    waits = []

    def wait() -> bool:
        waits.append(len(waits))
        if len(waits) == 2:
            os.close(left.descriptor)
        return True

    lock = DataLock.take(tmp_path, wait)
    assert waits == [0, 1]
    lock.name([])
    with pytest.raises(StartRefusedError, match=f"进程 {os.getpid()}"):
        DataLock.take(tmp_path, never)
    os.close(lock.descriptor)


def test_children_that_do_not_end_are_named_with_the_way_out(tmp_path: Path) -> None:
    left = DataLock.take(tmp_path, never)
    (tmp_path / NAME).write_text(f"{ENDED} 11 12")
    with pytest.raises(StartRefusedError, match=r"请执行 kill -9 -11 -12 后重新启动.*run “kill -9 -11 -12”"):
        DataLock.take(tmp_path, lambda: False)
    os.close(left.descriptor)


def test_a_child_holds_the_lock_beyond_its_server(tmp_path: Path) -> None:
    lock = DataLock.take(tmp_path, never)
    child = subprocess.Popen(
        [sys.executable, "-ISc", "input()"], stdin=subprocess.PIPE, pass_fds=[lock.descriptor]
    )
    os.close(lock.descriptor)
    (tmp_path / NAME).write_text(f"{ENDED} {child.pid}")
    with pytest.raises(StartRefusedError, match=f"kill -9 -{child.pid}"):
        DataLock.take(tmp_path, lambda: False)
    child.communicate(b"\n")
    os.close(DataLock.take(tmp_path, never).descriptor)


def test_a_directory_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(StartRefusedError, match="无法建立或写入（Is a directory）"):
        DataLock.take(tmp_path, never)
