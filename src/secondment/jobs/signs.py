"""What a process does periodically alongside its work: heartbeats, and the check for daily work."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection

BEAT_SECONDS = 10.0


def worker_name() -> str:
    """This process, distinguished from other workers on other machines."""
    return f"{socket.gethostname()}:{os.getpid()}"[:100]


def is_here(name: str) -> bool:
    """Whether the worker of this name runs, or ran, on this machine."""
    return name.rpartition(":")[0] == worker_name().rpartition(":")[0]


def is_gone(name: str) -> bool:
    """Whether the process of a worker on this machine has ended."""
    try:
        os.kill(int(name.rpartition(":")[2]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # it is alive and belongs to someone else
        return False
    return False


@contextmanager
def beating(act: Callable[[], object]) -> Iterator[None]:
    """Give a sign now and every ten seconds, from a separate thread, because the work may be inside one long call."""
    stopped = threading.Event()
    thread = start_repeating(act, stopped, every_seconds=BEAT_SECONDS)
    try:
        yield
    finally:
        stopped.set()
        thread.join()


def start_repeating(
    act: Callable[[], object], stopped: threading.Event, *, every_seconds: float
) -> threading.Thread:
    """Act now, and periodically from a separate thread until `stopped`."""
    act()
    thread = threading.Thread(target=keep_repeating, args=(act, stopped, every_seconds), daemon=True)
    thread.start()
    return thread


def keep_repeating(act: Callable[[], object], stopped: threading.Event, every_seconds: float) -> None:
    """Act after every pause; a database that is busy or restarting is tried again after the next."""
    while not stopped.wait(every_seconds):
        try:
            act()
        except OperationalError:
            connection.close()
    connection.close()
