"""Few passwords are hashed at a time; whoever finds no room hears it at once."""

import threading

import pytest

from secondment.accounts import hashing
from secondment.accounts.errors import SignInBusyError
from secondment.accounts.hashing import Slots, SlottedArgon2


def test_the_slot_the_waiting_place_and_nobody_more() -> None:
    """One works, one waits, the third is refused; then the waiting one works."""
    slots, done = Slots(1, 1, 60.0), threading.Event()

    def wait_for_it() -> None:
        with slots.take():
            done.set()

    with slots.take():
        waiting = threading.Thread(target=wait_for_it)
        waiting.start()
        while slots._room._value:  # until the thread stands in the waiting place
            waiting.join(0.01)
        with pytest.raises(SignInBusyError, match="请稍后重试"), slots.take():
            pass
        assert not done.is_set()
    waiting.join(60)
    assert done.is_set()
    with slots.take():
        pass


def test_whoever_waits_too_long_gives_the_place_back() -> None:
    slots = Slots(1, 1, 0.0)
    with slots.take():
        for _ in range(2):
            with pytest.raises(SignInBusyError), slots.take():
                pass
    assert (slots._room._value, slots._work._value) == (2, 1)


def test_setting_and_comparing_both_take_a_slot(monkeypatch: pytest.MonkeyPatch) -> None:
    hasher = SlottedArgon2()
    encoded = hasher.encode("a-good-password", "saltsalt")
    assert encoded.startswith("argon2$argon2id$")
    assert hasher.verify("a-good-password", encoded)
    assert not hasher.verify("a-bad-password", encoded)
    monkeypatch.setattr(hashing, "SLOTS", Slots(0, 0, 0.0))
    with pytest.raises(SignInBusyError):
        hasher.encode("a-good-password", "saltsalt")
    with pytest.raises(SignInBusyError):
        hasher.verify("a-good-password", encoded)


def test_the_product_hashes_in_slots() -> None:
    from secondment.config import settings as product

    assert product.PASSWORD_HASHERS[0] == "secondment.accounts.hashing.SlottedArgon2"
