"""A scoring rule as people type it: 60:0；80:60；95:100."""

import re
from collections.abc import Iterable, Sequence

BETWEEN = re.compile(r"[；;，,、\s]+")
POINT = re.compile(r"(-?\d{1,9}(?:\.\d{1,4})?)[:：](\d{1,3}(?:\.\d{1,2})?)")


def read_points(text: str) -> list[list[float]]:
    """Value and score of each point; `ValueError` names what cannot be read."""
    points = []
    for one in filter(None, BETWEEN.split(text.strip())):
        found = POINT.fullmatch(one)
        if found is None:
            raise ValueError(one)
        points.append([_plain(found[1]), _plain(found[2])])
    return points


def write_points(points: Iterable[Sequence[float]]) -> str:
    """The same as text, which `read_points` reads back."""
    return "；".join(f"{_plain(value)}:{_plain(score)}" for value, score in points)


def _plain(number: float | str) -> float:
    """Whole numbers without a point."""
    value = float(number)
    return int(value) if value.is_integer() else value
