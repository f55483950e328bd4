"""The key that an address or a form names, whatever stands there."""

import pytest

from secondment.common.keys import number_in


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, 0),  # no column holds it
        ("9" * 5_000, 0),  # and Python refuses to read it
        ("0", 0),
        *((text, 0) for text in ("", "-1", "+1", "1e3", " 1", "²", "٣", "１")),
    ],
)
def test_a_key_is_a_number_that_a_column_holds(text: str, number: int) -> None:
    assert number_in(text) == number
