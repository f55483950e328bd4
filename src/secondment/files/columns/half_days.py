"""Days that are counted in halves."""

from decimal import Decimal, InvalidOperation

from secondment.files.columns.cells import Cell
from secondment.files.faults import CellError

MOST = 31


def half_days_of(words: str) -> int:
    """Half-days of a number of days such as 2.5; the word 天 may stand behind it."""
    try:
        halves = Decimal(words.removesuffix("天").strip()) * 2
    except InvalidOperation:
        halves = Decimal("NaN")
    if not halves.is_finite() or halves != halves.to_integral_value() or not 0 <= halves <= MOST * 2:
        raise CellError("no_half_days", text=words, most=MOST)
    return int(halves)


def days_words(half_days: int) -> str:
    """The days, with .5 where there is a half."""
    return f"{half_days / 2:g}"


HALF_DAYS = Cell(half_days_of, days_words)
