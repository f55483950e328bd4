"""Intervals as lines: positions in a drawing 240 wide, the same scale for a whole table."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor

WIDTH, MARGIN, STEP = 240, 8, 5


@dataclass(frozen=True)
class Scale:
    """From the lowest to the highest figure shown, rounded to fives."""

    low: float
    high: float

    @classmethod
    def around(cls, figures: Iterable[float | None]) -> "Scale | None":
        """A scale that holds all figures; none without any."""
        known = [one for one in figures if one is not None]
        if not known:
            return None
        low, high = STEP * floor(min(known) / STEP), STEP * ceil(max(known) / STEP)
        return cls(low, max(high, low + STEP))

    def x(self, figure: float | None) -> str:
        """Where a figure stands, as SVG takes it."""
        if figure is None:
            return ""
        share = (figure - self.low) / (self.high - self.low)
        return f"{MARGIN + share * (WIDTH - 2 * MARGIN):.1f}"


@dataclass(frozen=True)
class Line:
    """One person's interval, the score in it, and the plain score beside."""

    low: str
    high: str
    score: str
    plain: str
    words: str
