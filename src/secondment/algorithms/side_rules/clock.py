"""The time a computation may take."""

import time
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Clock:
    """Counts from its making; `limit` is in seconds of wall time."""

    limit: float
    started: float = field(default_factory=time.perf_counter)

    def passed(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self.started

    def left(self) -> float:
        """Seconds left, never negative."""
        return max(0.0, self.limit - self.passed())

    def is_over(self) -> bool:
        """Whether the limit is reached."""
        return self.left() <= 0
