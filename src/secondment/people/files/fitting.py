"""Texts fitted into the cells of a printed form: smaller step by step, and what no readable size can hold is cut."""

import math
import re
import unicodedata
from dataclasses import dataclass

# Sizes in points, the last one (六号) being the smallest that a reader of a printed form is asked to read.
SIZES = (11.0, 10.0, 9.0, 8.0, 7.5)
PITCH = 1.25  # height of a line in sizes; set exactly, so that no font makes lines higher
POINTS_A_MM = 72 / 25.4
INSET = 4.0  # millimetres left and right of a text in its cell
_NARROW = 0.56  # width of a Latin sign in sizes; that of a Chinese one is 1
_TOKEN = re.compile(r"[!-~]+|.", re.DOTALL)
CUT = "……（全文见另附）"


@dataclass(frozen=True)
class Fitted:
    """A text as its cell shows it."""

    text: str
    size: float
    is_cut: bool = False


def fitted(text: str, width: float, height: float) -> Fitted:
    """The text at the largest size at which a cell of so many millimetres holds it, or its beginning at the smallest."""
    for size in SIZES:
        if height_of(text, width, size) <= height:
            return Fitted(text, size)
    return Fitted(_beginning(text, width, height), SIZES[-1], is_cut=True)


def height_of(text: str, width: float, size: float) -> float:
    """Millimetres that a text needs in a cell of this width, as any common program breaks its lines."""
    room = (width - INSET) * POINTS_A_MM / size
    return sum(_n_lines(line, room) for line in text.split("\n")) * size * PITCH / POINTS_A_MM


def _beginning(text: str, width: float, height: float) -> str:
    """As much of the text as leaves room for the note that it goes on elsewhere."""
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if height_of(text[:middle] + CUT, width, SIZES[-1]) <= height:
            low = middle
        else:
            high = middle - 1
    return text[:low] + CUT


def _n_lines(line: str, room: float) -> int:
    """Lines of a paragraph: Latin words are kept together where a line can hold them."""
    n, used = 1, 0.0
    for token in _TOKEN.findall(line):
        wide = sum(_width(sign) for sign in token)
        if used + wide <= room:
            used += wide
        elif wide <= room:
            n, used = n + 1, wide
        else:
            n, used = n + math.floor((used + wide) / room), (used + wide) % room
    return n


def _width(sign: str) -> float:
    return 1.0 if unicodedata.east_asian_width(sign) in "WFA" else _NARROW
