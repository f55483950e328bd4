"""Reasons that stay in the trail: long enough to say something, short enough for a line of it."""

import pytest

from secondment.people.errors import ReasonMissingError
from secondment.people.services.protected import checked_reason


@pytest.mark.parametrize("reason", ["", "   ", "核对号"])
def test_three_characters_are_too_few(reason) -> None:
    with pytest.raises(ReasonMissingError):
        checked_reason(reason)


@pytest.mark.parametrize(("n", "kept"), [(4, 4), (199, 199), (200, 200), (201, 200)])
def test_the_rest_beyond_two_hundred_is_left_out(n, kept) -> None:
    assert checked_reason(f" {'核' * n} ") == "核" * kept
