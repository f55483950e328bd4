"""The picture of a forecast: a line of what is known and a band of what may be, drawn by the server, readable on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.workforce.movement import Band

WIDTH, HEIGHT = 880, 260
LEFT, RIGHT, TOP, BOTTOM = 56, 70, 16, 32


@dataclass(frozen=True)
class Mark:
    """A word at a place of the picture, as SVG takes it; `level` is the height it speaks of."""

    x: str
    y: str
    words: str
    level: str = ""


@dataclass(frozen=True)
class BandFigure:
    """Shapes in a box of `WIDTH` × `HEIGHT`; `band` is empty where there is none."""

    line: str
    band: str
    middle: str
    across: tuple[Mark, ...]
    along: tuple[Mark, ...]
    ends: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    foot: int = HEIGHT - BOTTOM


def band_figure(
    known: IntArray, months: Sequence[int], band: Band | None, words: Sequence[str]
) -> BandFigure:
    """The picture of `known` by month, and of `band` at `months`; `words` name the months by index."""
    highest = int(max(known.max(), band.high.max() if band else 0, 1))
    lowest = int(min(known.min(), band.low.min() if band else known.min()))
    room = max(1, highest - lowest)
    bottom = max(0, lowest - room // 4)
    top = highest + max(1, room // 10)
    last = max(1, known.size - 1)

    def place(month: int, n: int) -> str:
        return f"{x(month):.1f},{y(n):.1f}"

    def x(month: int) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * month / last

    def y(n: int) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (top - n) / (top - bottom)

    line = " ".join(place(month, int(n)) for month, n in enumerate(known))
    ends = [_mark(WIDTH - RIGHT + 6, y(int(known[-1])), f"{int(known[-1])}")]
    area = middle = ""
    if band is not None:
        upper = [place(month, int(n)) for month, n in zip(months, band.high, strict=True)]
        lower = [place(month, int(n)) for month, n in zip(months, band.low, strict=True)]
        area = " ".join([*upper, *reversed(lower)])
        middle = " ".join(place(month, int(n)) for month, n in zip(months, band.middle, strict=True))
        ends = [
            _mark(WIDTH - RIGHT + 6, y(int(side[-1])), f"{int(side[-1])}") for side in (band.low, band.high)
        ]
    step = max(1, -(-(top - bottom) // 4))
    across = tuple(_mark(LEFT - 8, y(n), str(n)) for n in range(bottom, top + 1, step))
    along = tuple(_mark(x(month), HEIGHT - 14, words[month]) for month in range(0, known.size, 24))
    return BandFigure(line, area, middle, across, along, tuple(ends))


def _mark(x: float, y: float, words: str) -> Mark:
    """A word beside a height, a little lower so that it stands in its middle."""
    return Mark(f"{x:.1f}", f"{y + 4:.1f}", words, f"{y:.1f}")
