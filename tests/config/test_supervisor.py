"""Children start again on their own, and nothing of them is left; with real processes and no clock."""

import os
import signal
import sys
from collections.abc import Iterator

import pytest
from reliability.servers import members

from secondment.config.supervisor import Child, Patience, Supervisor

SLEEP = "import time; time.sleep(600)"
# Refuses to stop and has a child of its own, which refuses as well.
STUBBORN = "import os, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); os.fork(); print(flush=True); time.sleep(600)"


class StillWake:
    """Rests as the real one does, for at most `looks` times; signals are counted by hand."""

    def __init__(self) -> None:
        self.n_stops = 0
        self.looks = 2_000

    def rest(self, seconds: float) -> None:
        self.looks -= 1
        assert self.looks, "waited too long"
        signal.sigtimedwait([], min(seconds, 0.02))


@pytest.fixture
def supervisor() -> Iterator[Supervisor]:
    lines: list[str] = []
    patience = Patience(first_pause=2, longest_pause=5, healthy_after=60, stop=0.2)
    made = Supervisor(StillWake(), report=lines.append, note_groups=lambda groups: None, patience=patience)
    made.lines = lines
    yield made
    made.stop()


@pytest.fixture
def stubborn(supervisor: Supervisor) -> Iterator[Child]:
    """Started, and known to refuse by now."""
    reader, writer = os.pipe()
    one = child(STUBBORN)
    with os.fdopen(reader, "rb") as said, os.fdopen(writer, "wb") as one.output:
        supervisor.start(one)
        said.read(2)
        yield one


def child(code: str) -> Child:
    return Child("测试进程", "test process", [sys.executable, "-ISc", code])


def end(one: Child, number: int) -> None:
    """Kill the leader alone and wait until it has ended."""
    os.kill(one.process.pid, number)
    os.waitid(os.P_PID, one.process.pid, os.WEXITED | os.WNOWAIT)


def wait_until_empty(group: int) -> None:
    wake = StillWake()
    while members(group):
        wake.rest(0.02)


def test_a_dead_child_starts_again_alone_after_its_pause(supervisor: Supervisor) -> None:
    one, other = child(SLEEP), child(SLEEP)
    supervisor.start(one)
    supervisor.start(other)
    before, untouched = one.process.pid, other.process.pid
    end(one, signal.SIGKILL)
    now = one.started_at + 1
    assert supervisor.tend(now=now) == 1.0  # the next look comes before the pause of 2 s is over
    assert one.process is None
    assert supervisor.lines == [
        "测试进程意外结束（信号 9），2 秒后重新启动。 The test process ended unexpectedly (signal 9); it starts again in 2 s."
    ]
    supervisor.tend(now=now + 1.99)
    assert one.process is None
    supervisor.tend(now=now + 2)
    assert one.process.pid != before
    assert (other.process.pid, other.process.poll()) == (untouched, None)


def test_pauses_double_up_to_the_longest_and_begin_anew_after_a_healthy_life(supervisor: Supervisor) -> None:
    one = child("")
    supervisor.start(one)
    pauses = []
    for lived in (0, 0, 0, 59.9, 60):
        one.process.wait()
        now = one.started_at + lived
        supervisor.tend(now=now)
        pauses.append(one.due_at - now)
        supervisor.tend(now=one.due_at)
    assert pauses == pytest.approx([2, 4, 5, 5, 2])
    assert "意外结束（代码 0），2 秒后" in supervisor.lines[0]


def test_a_child_that_cannot_start_waits_and_the_others_go_on(supervisor: Supervisor) -> None:
    one = child(SLEEP)
    supervisor.start(one)
    end(one, signal.SIGKILL)
    one.command = ["/nowhere/python"]
    now = one.started_at
    supervisor.tend(now=now)
    supervisor.tend(now=now + 2)
    assert "未能启动（No such file or directory），4 秒后重新启动" in supervisor.lines[1]


def test_what_a_killed_leader_leaves_behind_ends_before_it_starts_again(
    supervisor: Supervisor, stubborn: Child
) -> None:
    group = stubborn.process.pid
    end(stubborn, signal.SIGKILL)
    assert members(group)
    supervisor.tend(now=stubborn.started_at)
    wait_until_empty(group)


def test_a_stop_asks_waits_and_then_kills_the_whole_group(supervisor: Supervisor, stubborn: Child) -> None:
    gentle = child(SLEEP)
    supervisor.start(gentle)
    supervisor.stop()
    assert (gentle.process.returncode, stubborn.process.returncode) == (-signal.SIGTERM, -signal.SIGKILL)
    wait_until_empty(stubborn.process.pid)


def test_a_second_stop_does_not_wait(supervisor: Supervisor, stubborn: Child) -> None:
    supervisor.patience = Patience(stop=600)
    wake = supervisor.wake
    wake.n_stops, wake.rest = 1, lambda seconds: setattr(wake, "n_stops", 2)
    supervisor.stop()
    assert stubborn.process.returncode == -signal.SIGKILL


@pytest.mark.parametrize(("code", "ended_with"), [("", 0), ("raise SystemExit(3)", 3)])
def test_a_child_that_ends_by_itself_tells_its_code(
    supervisor: Supervisor, code: str, ended_with: int
) -> None:
    assert supervisor.run(child(code)) == ended_with
    assert supervisor.children == []


def test_a_stop_ends_a_child_that_would_end_by_itself(supervisor: Supervisor) -> None:
    supervisor.wake.n_stops = 1
    one = child(SLEEP)
    assert supervisor.run(one) is None
    assert one.process.returncode == -signal.SIGTERM
