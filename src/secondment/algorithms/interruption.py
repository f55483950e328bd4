"""A wish to stop, made while a search runs: it then ends with the best it has, as at a limit."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Interruption:
    """Asked from another thread; may be asked again, for a solver that had not yet begun."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._ends: list[Callable[[], object]] = []

    @property
    def is_asked(self) -> bool:
        """Whether somebody wants an end."""
        return self._asked.is_set()

    def ask(self) -> None:
        """Want an end, and tell whatever runs now."""
        self._asked.set()
        for end in tuple(self._ends):
            end()

    @contextmanager
    def ending(self, end: Callable[[], object]) -> Iterator[None]:
        """Call `end` when an end is wanted meanwhile."""
        self._ends.append(end)
        try:
            yield
        finally:
            self._ends.remove(end)

    def stop_highs(self, package: Any, solver: Any) -> None:
        """Let HiGHS ask at its own points whether an end is wanted."""

        def answer(_kind: int, _said: str, _found: Any, wish: Any, _own: object) -> None:
            wish.user_interrupt = self.is_asked

        solver.setCallback(answer, None)
        kinds = package.cb.HighsCallbackType
        for kind in (kinds.kCallbackMipInterrupt, kinds.kCallbackSimplexInterrupt):
            solver.startCallback(kind)
