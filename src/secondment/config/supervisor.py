"""Keeps processes running: each starts again on its own when it ends, and all end with their groups on a stop."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import IO

STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Wake:
    """Rests until a signal comes, a child ends or the time is up; counts how often a stop was asked for."""

    def __init__(self) -> None:
        self.n_stops = 0
        self.reader, writer = os.pipe()
        for end in (self.reader, writer):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        for number in STOPS:
            if signal.getsignal(number) is not signal.SIG_IGN:  # as under nohup
                signal.signal(number, self._note_stop)

    def _note_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.n_stops += 1

    def rest(self, seconds: float) -> None:
        """Sleep, but not through what happens."""
        if select.select([self.reader], [], [], max(seconds, 0))[0]:
            os.read(self.reader, 4096)


@dataclass(frozen=True)
class Patience:
    """Seconds: pauses before a new start double up to the longest; a process that lived on begins with the first."""

    first_pause: float = 0.5
    longest_pause: float = 30
    healthy_after: float = 60
    stop: float = 12


@dataclass
class Child:
    """One process in a separate group; the names are for the lines on the terminal."""

    chinese: str
    english: str
    command: Sequence[str]
    descriptors: Sequence[int] = ()
    environment: Mapping[str, str] | None = None
    output: IO[bytes] | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    n_failures: int = field(default=0, init=False)
    started_at: float = field(default=0, init=False)
    due_at: float = field(default=0, init=False)

    def start(self) -> None:
        """Start it as the leader of a new group, so that nothing of it survives and Ctrl-C comes to the server alone."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 -- the product's own commands
            self.command,
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            pass_fds=self.descriptors,
            env=self.environment,
            start_new_session=True,
        )

    def signal_group(self, number: int) -> None:
        """Signal the process and whatever it started."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Supervisor:
    """Starts children, tends them until a stop is asked for, ends them."""

    def __init__(
        self,
        wake: Wake,
        *,
        report: Callable[[str], None],
        note_groups: Callable[[list[int]], None],
        patience: Patience = Patience(),
    ) -> None:
        self.wake = wake
        self.report = report
        self.note_groups = note_groups
        self.patience = patience
        self.children: list[Child] = []

    def start(self, child: Child) -> None:
        """Start it and look after it from now on."""
        if child not in self.children:
            self.children.append(child)
        child.start()
        self.note_groups([child.process.pid for child in self.children if child.process])

    def run(self, child: Child) -> int | None:
        """Run a child that ends by itself; its exit code, or None when a stop came first."""
        self.start(child)
        while child.process and child.process.poll() is None and not self.wake.n_stops:
            self.wake.rest(1)
        self.children.remove(child)
        self._end([child])
        return None if self.wake.n_stops or not child.process else child.process.returncode

    def tend(self, *, now: float) -> float:
        """Start what is due again and note what ended; returns the seconds until the next look."""
        for child in self.children:
            if child.process and child.process.poll() is not None:
                child.signal_group(signal.SIGKILL)  # what a killed leader leaves behind
                code, child.process = child.process.returncode, None
                self._postpone(child, *_how_it_ended(code), now=now)
            if not child.process and child.due_at <= now:
                self._start_again(child, now=now)
        return min([1.0, *(child.due_at - now for child in self.children if not child.process)])

    def _start_again(self, child: Child, *, now: float) -> None:
        try:
            self.start(child)
        except OSError as error:  # no memory or process left: the others go on
            self._postpone(
                child, f"未能启动（{error.strerror}）", f"did not start ({error.strerror})", now=now
            )

    def _postpone(self, child: Child, chinese: str, english: str, *, now: float) -> None:
        if now - child.started_at >= self.patience.healthy_after:
            child.n_failures = 0
        pause = min(self.patience.first_pause * 2**child.n_failures, self.patience.longest_pause)
        child.n_failures += 1
        child.due_at = now + pause
        self.report(
            f"{child.chinese}{chinese}，{pause:g} 秒后重新启动。 The {child.english} {english}; it starts again in {pause:g} s."
        )

    def stop(self) -> None:
        """End all children: ask, wait for what is under way, then kill."""
        self._end(self.children)

    def _end(self, children: Sequence[Child]) -> None:
        running = [child.process for child in children if child.process and child.process.poll() is None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + self.patience.stop
        stops_before = max(self.wake.n_stops, 1)
        while (
            any(process.poll() is None for process in running)
            and time.monotonic() < deadline
            and self.wake.n_stops <= stops_before  # a second request means immediately
        ):
            self.wake.rest(min(0.2, deadline - time.monotonic()))
        for child in children:
            child.signal_group(signal.SIGKILL)
            if child.process:
                child.process.wait()


def _how_it_ended(code: int) -> tuple[str, str]:
    if code < 0:
        return f"意外结束（信号 {-code}）", f"ended unexpectedly (signal {-code})"
    return f"意外结束（代码 {code}）", f"ended unexpectedly (code {code})"
