"""Numbers on the command line."""

import argparse
import math
from collections.abc import Callable

from secondment.files.numbers import finite_number, range_words


def number_between(least: float, most: float = math.inf, *, integer: bool = False) -> Callable[[str], float]:
    """An argparse type: a number from `least` to `most`, an integer if required."""

    def read(text: str) -> float:
        value = finite_number(text)
        if value is None or not least <= value <= most or (integer and not value.is_integer()):
            kind = "a whole number" if integer else "a number"
            raise argparse.ArgumentTypeError(f"“{text}” is not {kind} {range_words(least, most)}")
        return int(value) if integer else value

    return read
