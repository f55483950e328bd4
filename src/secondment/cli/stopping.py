"""Long calls into a solver: the bar moves with the clock, and Ctrl-C ends them immediately."""

import os
import select
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

from secondment.algorithms.interruption import Interruption
from secondment.cli.contract import ExitCode, ProgressCallback

TICK = 0.25


@dataclass
class Interrupt:
    """Whether Ctrl-C was pressed."""

    has_come: bool = False


@contextmanager
def remember_interrupt() -> Iterator[Interrupt]:
    """Ctrl-C raises `KeyboardInterrupt` as ever and is remembered, in case compiled code swallows the exception."""
    interrupt = Interrupt()

    def note(_number: int, _frame: FrameType | None) -> None:
        interrupt.has_come = True
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, note)
    try:
        yield interrupt
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def stoppable(
    show: ProgressCallback, doing: str, *, share: float, limit: float, reached: Callable[[float], str]
) -> Iterator[None]:
    """Between `share` and nine tenths the bar follows the clock up to `limit` seconds; Ctrl-C ends the process.

    A solver does not return to Python for minutes, so Python's own handler would come too late. Here the signal wakes
    a thread, which prints the text of `reached(seconds)` and exits; files are written completely or not at all.
    """
    begun = time.perf_counter()

    def on_interrupt() -> None:
        _end(reached(time.perf_counter() - begun))

    def on_tick() -> None:
        passed = time.perf_counter() - begun
        show(share + (0.9 - share) * min(passed / limit, 1.0), f"{doing}, {passed:.0f} s")

    with _watched(on_interrupt, on_tick):
        yield


@contextmanager
def interruptible(
    show: ProgressCallback, doing: str, *, share: float, limit: float
) -> Iterator[Interruption]:
    """As `stoppable`, but Ctrl-C asks the search to end with the best it has; pressed again, it ends the process."""
    interruption = Interruption()
    begun = time.perf_counter()

    def on_interrupt() -> None:
        if interruption.is_requested:
            _end("nothing was written")
        print(
            "\nstopping; the best so far is written, Ctrl-C again stops immediately",
            file=sys.stderr,
            flush=True,
        )
        interruption.request()

    def on_tick() -> None:
        if interruption.is_requested:
            # Again, for a solver that had not yet begun when it was asked.
            interruption.request()
            return
        passed = time.perf_counter() - begun
        show(share + (0.9 - share) * min(passed / limit, 1.0), f"{doing}, {passed:.0f} s")

    with _watched(on_interrupt, on_tick):
        yield interruption


@contextmanager
def _watched(on_interrupt: Callable[[], None], on_tick: Callable[[], None]) -> Iterator[None]:
    """Call `on_interrupt` for Ctrl-C and `on_tick` a few times a second, both from a thread, whatever runs meanwhile."""
    mine, theirs = socket.socketpair()
    theirs.setblocking(False)
    before = signal.signal(signal.SIGINT, _leave_to_thread)
    wakeup_before = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    is_over = threading.Event()

    def watch() -> None:
        while not is_over.is_set():
            if select.select([mine], [], [], TICK)[0] and mine.recv(1) == bytes([signal.SIGINT]):
                on_interrupt()
            if not is_over.is_set():
                on_tick()

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        is_over.set()
        theirs.send(b"\0")
        watcher.join()
        signal.set_wakeup_fd(wakeup_before)
        signal.signal(signal.SIGINT, before)
        mine.close()
        theirs.close()


def _end(reached: str) -> None:
    print(f"\nstopped by Ctrl-C; {reached}", file=sys.stderr, flush=True)
    os._exit(ExitCode.INTERRUPTED)


def _leave_to_thread(number: int, frame: object) -> None:
    """A handler of Python's own is needed for the signal to wake the thread."""
