"""Ballots that come to one box at the same moment are written together: one lock and one flush of the disk for all.

Who finds another one writing waits; who writes next takes along everybody that has come meanwhile. Each is answered
after the commit that holds the ballot. Which ballots were written together stands nowhere.
"""

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from django.utils import translation

Act = Callable[[sqlite3.Connection], str]
Written = Callable[[], AbstractContextManager[sqlite3.Connection]]


@dataclass(eq=False)
class Errand:
    """Somebody's act: what came of it, once it is done. It speaks the language of whoever waits for it."""

    act: Act
    language: str | None = field(default_factory=translation.get_language)
    receipt: str = ""
    fault: Exception | None = None
    is_done: bool = False

    def do(self, tables: sqlite3.Connection) -> None:
        """What an act refuses concerns nobody else; what the file refuses ends the writing of all, and then it is done again."""
        self.fault = None
        try:
            with translation.override(self.language):
                self.receipt = self.act(tables)
        except sqlite3.Error:
            raise
        except Exception as fault:  # noqa: BLE001 -- given to whoever waits for it
            self.fault = fault


@dataclass(eq=False)
class Queue:
    """Those who want to write to one box."""

    came: list[Errand] = field(default_factory=list)
    writing: Lock = field(default_factory=Lock)

    def write(self, act: Act, written: Written) -> str:
        """What the act returns, after its commit. An act writes nothing before it knows that it can write everything."""
        mine = Errand(act)
        self.came.append(mine)
        with self.writing:
            if not mine.is_done:
                self._write_all(mine, written)
        if mine.fault:
            raise mine.fault
        return mine.receipt

    def _write_all(self, mine: Errand, written: Written) -> None:
        """When it fails, the others have lost nothing: the next of them writes."""
        try:
            with written() as tables:
                batch = self.came[:]
                for one in batch:
                    one.do(tables)
        except BaseException:
            self.came.remove(mine)
            raise
        del self.came[: len(batch)]
        for one in batch:
            one.is_done = True


_queues: dict[Path, Queue] = {}


def queue_of(path: Path) -> Queue:
    """The queue of this process before a box."""
    return _queues.setdefault(path, Queue())
