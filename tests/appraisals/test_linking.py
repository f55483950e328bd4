"""An insider cannot name the ballot of a code; the whole attack is `reliability.linking`, 200 votes of 50."""

import math
import random
import secrets
from types import SimpleNamespace

import pytest
from reliability.linking import attack, marks_of, number_of

from secondment.appraisals.box import ballot_box

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
REPEATS, VOTERS = 12, 25


def test_a_ballot_can_say_which_one_it_is() -> None:
    assert [number_of(marks_of(number)) for number in range(60)] == list(range(60))


def test_no_order_names_more_than_chance() -> None:
    """The right ones of a vote are matches of a shuffled pack, 1 with variance 1; the best of some hundred orders lies below five sigmas."""
    _name, share = attack(REPEATS, VOTERS, random.Random(7)).worst()
    assert share <= 1 / VOTERS + 0.01 + 5 / VOTERS / math.sqrt(REPEATS)


def test_the_insider_would_find_places_that_are_filled_one_after_another(monkeypatch) -> None:
    """Otherwise the test above could not fail."""
    monkeypatch.setattr(
        ballot_box, "secrets", SimpleNamespace(**{**vars(secrets), "choice": min, "randbelow": lambda _n: 0})
    )
    name, share = attack(2, VOTERS, random.Random(7)).worst()
    assert share > 0.9, name
