"""One server for one data directory: a lock that children inherit, so that it lasts until the last of them ends."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path
from typing import Self

from secondment.common.refusals import StartRefusedError
from secondment.config.environment import unwritable

NAME = "serving.lock"


class DataLock:
    """Held from the start of a server until it and all its children have ended, however they end.

    The file names the server and its process groups for a start that finds it locked.
    """

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor

    @classmethod
    def take(cls, directory: Path, wait: Callable[[], bool]) -> Self:
        """Take the lock immediately or refuse; while a dead server's children are still ending, `wait()` decides whether to retry."""
        try:
            descriptor = os.open(directory / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise unwritable(directory, error) from None
        while not _is_free(descriptor):
            server, groups = _holders(descriptor)
            if _is_alive(server) or not wait():
                os.close(descriptor)
                raise _in_use(directory, server, groups)
        return cls(descriptor)

    def name(self, groups: list[int]) -> None:
        """Write down this server and the groups of its children."""
        text = " ".join(map(str, [os.getpid(), *groups])).encode()
        os.pwrite(self.descriptor, text, 0)
        os.ftruncate(self.descriptor, len(text))


def _is_free(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holders(descriptor: int) -> tuple[int, list[int]]:
    """Server and groups; empty while a server has locked the file but not yet written into it."""
    server, *groups = [int(word) for word in os.pread(descriptor, 1000, 0).split()] or [0]
    return server, groups


def _is_alive(pid: int) -> bool:
    if pid == 0:
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _in_use(directory: Path, server: int, groups: list[int]) -> StartRefusedError:
    if _is_alive(server):
        return StartRefusedError(
            f"数据目录 {directory} 已有一个系统在运行（进程 {server or '正在启动'}），请先停止它，或用 SECONDMENT_DATA_DIR 另选一个目录。",
            f"A server already runs on the data directory {directory} (process {server or 'just starting'}); stop it first or choose another directory by SECONDMENT_DATA_DIR.",
        )
    kill = "kill -9 " + " ".join(f"-{group}" for group in groups)
    return StartRefusedError(
        f"数据目录 {directory} 仍被上次运行留下的进程占用，请执行 {kill} 后重新启动。",
        f"Processes that an earlier server left still use the data directory {directory}; run “{kill}” and start again.",
    )
