"""What a worker does again and again beside its jobs: signs of life, and the look for daily work."""

import os
import socket
import threading
from collections.abc import Callable

from django.db import OperationalError, connection


def worker_name() -> str:
    """This process, told apart from other workers on other machines."""
    return f"{socket.gethostname()}:{os.getpid()}"[:100]


def start_repeating(
    act: Callable[[], object], stopped: threading.Event, *, every_seconds: float
) -> threading.Thread:
    """Act now, and from a thread of its own again and again until `stopped`."""
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
