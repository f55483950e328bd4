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
