"""What counts as a number is the same in every table."""

import pytest

from secondment.files.numbers import finite_number


@pytest.mark.parametrize(
    ("text", "value"), [("87.5", 87.5), ("-1e3", -1000.0), ("+5", 5.0), (".5", 0.5), ("5.", 5.0)]
)
def test_plain_numbers_are_read(text: str, value: float) -> None:
    assert finite_number(text) == value


@pytest.mark.parametrize(
    "text", ["", "1,5", "９", "٣", "1_000", "1 000", "NaN", "inf", "-inf", "1e400", "0x10", "5%", "−5", "1\n"]
)
def test_nothing_is_guessed(text: str) -> None:
    assert finite_number(text) is None
