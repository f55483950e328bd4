"""How sure a share is: the interval of Wilson (1927), which holds for small groups and for none or all of a group."""

import math
from dataclasses import dataclass

NORMAL_95 = 1.959963984540054


@dataclass(frozen=True)
class Share:
    """`n` of `among`, with the 95 % interval of what is behind it; None without anybody."""

    n: int
    among: int

    @property
    def value(self) -> float | None:
        """The share."""
        return self.n / self.among if self.among else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Lower and upper end of Wilson's interval."""
        if not self.among:
            return None
        share, square = self.n / self.among, NORMAL_95**2 / self.among
        centre = share + square / 2
        half = math.sqrt(square * (share * (1 - share) + square / 4))
        low, high = (centre - half) / (1 + square), (centre + half) / (1 + square)
        return max(0.0, low), min(1.0, high)

    def is_apart_from(self, share: float | None) -> bool:
        """Whether the interval does not hold this share."""
        return (
            self.interval is not None
            and share is not None
            and not self.interval[0] <= share <= self.interval[1]
        )
