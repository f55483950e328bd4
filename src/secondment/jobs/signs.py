"""A worker's signs of life while it waits and while it works."""

import os
import socket
import threading
from collections.abc import Callable

from django.db import OperationalError, connection

EVERY_SECONDS = 10.0


def worker_name() -> str:
    """This process, told apart from other workers on other machines."""
    return f"{socket.gethostname()}:{os.getpid()}"[:100]


def start_signs(give: Callable[[], None], stopped: threading.Event) -> threading.Thread:
    """Give a sign now, and from a thread of its own until `stopped`."""
    give()
    thread = threading.Thread(target=keep_giving, args=(give, stopped), daemon=True, name="signs")
    thread.start()
    return thread


def keep_giving(give: Callable[[], None], stopped: threading.Event) -> None:
    """A sign every ten seconds; a database that is busy or restarting is tried again at the next."""
    while not stopped.wait(EVERY_SECONDS):
        try:
            give()
        except OperationalError:
            connection.close()
    connection.close()
