"""A request to stop, made while a search runs: it then ends with the best it has, as at a limit."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


class Interruption:
    """Requested from another thread; may be requested again, for a solver that had not yet begun."""

    def __init__(self) -> None:
        self._requested = threading.Event()
        self._ends: list[Callable[[], object]] = []

    @property
    def is_requested(self) -> bool:
        """Whether an interruption is requested."""
        return self._requested.is_set()

    def request(self) -> None:
        """Request an interruption, and notify the running call."""
        self._requested.set()
        for end in tuple(self._ends):
            end()

    @contextmanager
    def ending(self, end: Callable[[], object]) -> Iterator[None]:
        """Call `end` if an interruption is requested meanwhile."""
        self._ends.append(end)
        try:
            yield
        finally:
            self._ends.remove(end)

    def stop_highs(
        self, package: Any, solver: Any, told: Callable[[float, float], None] | None = None
    ) -> None:
        """Let HiGHS check at its own points whether an interruption is requested.

        While it searches integer plans, `told` is called there with the best objective so far and the bound.
        """
        of_plans = package.cb.HighsCallbackType.kCallbackMipInterrupt

        def answer(kind: int, _said: str, found: Any, flags: Any, _own: object) -> None:
            flags.user_interrupt = self.is_requested
            if told is not None and kind == int(of_plans):
                told(found.mip_primal_bound, found.mip_dual_bound)

        solver.setCallback(answer, None)
        kinds = package.cb.HighsCallbackType
        for kind in (kinds.kCallbackMipInterrupt, kinds.kCallbackSimplexInterrupt):
            solver.startCallback(kind)
