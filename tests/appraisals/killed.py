"""Real kills: an act in a process of its own, which the system ends at a step."""

import os
import signal
from collections.abc import Callable


def in_a_process_that_is_killed(act: Callable[[], object]) -> None:
    """The act must meet a step that is `dying`."""
    pid = os.fork()
    if pid == 0:  # nothing of the suite may run here after
        try:
            act()
        finally:
            os._exit(1)
    _pid, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status), "the step did not come"
    assert os.WTERMSIG(status) == signal.SIGKILL


def dying(plain: Callable[..., object], *, is_after: bool) -> Callable[..., object]:
    """Instead of a step: the end of the process, before it or after."""

    def die(*words: object, **options: object) -> None:
        if is_after:
            plain(*words, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    return die
