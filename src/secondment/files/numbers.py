"""What counts as a number in a cell: digits, a point, an exponent; nothing is guessed."""

import math
import re

NUMBER = r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?"


def finite_number(text: str) -> float | None:
    """The finite number a text holds, or None; “1_000”, “９” and “nan” are none."""
    if not re.fullmatch(NUMBER, text):
        return None
    value = float(text)
    return value if math.isfinite(value) else None


def range_words(least: float, most: float) -> str:
    """The bounds of a number in words; nothing where there are none."""
    if math.isinf(least):
        return ""
    return f"of at least {least:g}" if math.isinf(most) else f"from {least:g} to {most:g}"
