"""The time a computation may take."""

import time
from dataclasses import dataclass, field

from secondment.algorithms.interruption import Interruption


@dataclass(frozen=True)
class Clock:
    """Counts from its creation; `limit` is in seconds of wall time. An interruption ends it immediately."""

    limit: float
    interruption: Interruption = field(default_factory=Interruption)
    started: float = field(default_factory=time.perf_counter)

    def passed(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self.started

    def left(self) -> float:
        """Seconds left, never negative."""
        return 0.0 if self.interruption.is_requested else max(0.0, self.limit - self.passed())

    def is_over(self) -> bool:
        """Whether the limit is reached."""
        return self.left() <= 0
