"""Ballots that come together are written together, and what befalls one of them befalls no other."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.utils import translation

from secondment.appraisals.box.batches import Queue, queue_of
from secondment.common.errors import DomainError


class Box:
    """Counts how often it was written, and may fail at the commit."""

    def __init__(self) -> None:
        self.n_written = 0
        self.entered, self.go_on = threading.Event(), threading.Event()
        self.fails: list[BaseException] = []

    @contextmanager
    def written(self) -> Iterator[None]:
        self.entered.set()
        assert self.go_on.wait(10)
        yield None
        if self.fails:
            raise self.fails.pop()
        self.n_written += 1


class Voter(threading.Thread):
    """Somebody with an act, in a thread and a language of their own."""

    def __init__(self, queue: Queue, box: Box, act, language: str = "zh-hans") -> None:
        super().__init__()
        self.work = (queue, box, act, language)
        self.receipt, self.fault = "", None

    def run(self) -> None:
        queue, box, act, language = self.work
        with translation.override(language):
            try:
                self.receipt = queue.write(act, box.written)
            except BaseException as fault:  # noqa: BLE001 -- looked at by the test
                self.fault = fault


def all_at_once(queue: Queue, box: Box, voters: list[Voter]) -> list[Voter]:
    """The first is writing when the others come."""
    voters[0].start()
    assert box.entered.wait(10)
    for voter in voters[1:]:
        voter.start()
    while len(queue.came) < len(voters):
        threading.Event().wait(0.01)
    box.go_on.set()
    for voter in voters:
        voter.join(10)
    return voters


def language(_tables: object) -> str:
    return str(translation.get_language())


def test_who_comes_before_the_first_begins_goes_along_with_it() -> None:
    queue, box = Queue(), Box()
    voters = [Voter(queue, box, lambda _tables, n=n: f"receipt {n}") for n in range(5)]
    all_at_once(queue, box, voters)
    assert [voter.receipt for voter in voters] == [f"receipt {n}" for n in range(5)]
    assert box.n_written == 1
    assert queue.came == []


def test_one_after_another_each_is_written() -> None:
    queue, box = Queue(), Box()
    box.go_on.set()
    assert [queue.write(lambda _tables, n=n: f"{n}", box.written) for n in range(3)] == ["0", "1", "2"]
    assert box.n_written == 3


def test_what_is_refused_is_refused_to_one_alone() -> None:
    def refuse(_tables: object) -> str:
        raise DomainError("no")

    queue, box = Queue(), Box()
    first, second, third = all_at_once(
        queue, box, [Voter(queue, box, act) for act in (language, refuse, language)]
    )
    assert isinstance(second.fault, DomainError)
    assert (first.receipt, third.receipt, box.n_written) == ("zh-hans", "zh-hans", 1)


def test_each_hears_their_own_language() -> None:
    queue, box = Queue(), Box()
    first, second = all_at_once(queue, box, [Voter(queue, box, language), Voter(queue, box, language, "en")])
    assert (first.receipt, second.receipt) == ("zh-hans", "en")


@pytest.mark.parametrize("fault", [sqlite3.OperationalError("disk full"), KeyboardInterrupt()])
def test_when_the_commit_fails_the_others_are_written_by_the_next(fault: BaseException) -> None:
    queue, box = Queue(), Box()
    box.fails = [fault]
    voters = all_at_once(queue, box, [Voter(queue, box, language) for _n in range(3)])
    assert voters[0].fault is fault
    assert [voter.receipt for voter in voters[1:]] == ["zh-hans"] * 2
    assert box.n_written == 1
    assert queue.came == []


def test_what_the_file_refuses_ends_the_writing_of_all() -> None:
    """Nobody knows then what of it was written: the whole transaction is undone."""
    tries = []

    def fail_once(_tables: object) -> str:
        tries.append(1)
        if len(tries) == 1:
            raise sqlite3.OperationalError
        return "done"

    queue, box = Queue(), Box()
    first, second = all_at_once(queue, box, [Voter(queue, box, language), Voter(queue, box, fail_once)])
    assert isinstance(first.fault, sqlite3.OperationalError)
    assert (second.receipt, box.n_written) == ("done", 1)


def test_what_was_refused_beside_something_undone_is_tried_anew() -> None:
    """Two hands spend one code in a batch whose commit fails: the second is refused there, and counted afterwards."""
    spent = []

    def spend(_tables: object) -> str:
        spent.append(1)
        if len(spent) == 2:
            raise DomainError("spent")
        return "receipt"

    queue, box = Queue(), Box()
    box.fails = [sqlite3.OperationalError("disk full")]
    first, second = all_at_once(queue, box, [Voter(queue, box, spend) for _n in range(2)])
    assert isinstance(first.fault, sqlite3.OperationalError)
    assert (second.receipt, second.fault, box.n_written) == ("receipt", None, 1)


def test_a_box_has_one_queue(tmp_path) -> None:
    assert queue_of(tmp_path / "a") is queue_of(tmp_path / "a")
    assert queue_of(tmp_path / "a") is not queue_of(tmp_path / "b")
