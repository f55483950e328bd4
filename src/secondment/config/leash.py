"""Children end when their server is gone, however it went: the pipe that it held open ends."""

import os
import signal
import threading
import time

# How long work under way may take after a stop; the server waits a little longer for its children.
GRACE_SECONDS = 8


def hold(leash: int) -> None:
    """Watch the reading end of the pipe in parallel to everything else."""
    threading.Thread(target=_end_with_server, args=(leash,), daemon=True).start()


def _end_with_server(leash: int) -> None:
    while os.read(leash, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(0, signal.SIGKILL)
