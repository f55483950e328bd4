"""Codes: long enough, easy to read, and a slip of the finger is named as such."""

import itertools
import math

import pytest

from secondment.appraisals.box.codes import (
    ALPHABET,
    GROUP,
    LENGTH,
    N_RANDOM,
    in_groups,
    new_code,
    new_receipt,
    plain,
    read_code,
    receipt_in_groups,
)
from secondment.appraisals.box.errors import MistypedError


def test_a_code_has_80_bits_and_no_look_alikes() -> None:
    assert N_RANDOM * math.log2(len(ALPHABET)) >= 80
    assert not set(ALPHABET) & set("0O1IL2Z5S8BUV")
    assert len(set(ALPHABET)) == 23


def test_codes_differ_and_are_read_back_as_printed_or_scanned() -> None:
    codes = {new_code() for _n in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert len(code) == LENGTH
        assert read_code(in_groups(code)) == code
        assert read_code(f"  {in_groups(code).lower().replace('-', ' ')}\n") == code


def test_groups_of_four_and_letters_of_full_width() -> None:
    code = new_code()
    assert [len(group) for group in in_groups(code).split("-")] == [GROUP] * 5
    wide = "".join(chr(ord(one) + 0xFEE0) for one in code)
    assert plain(wide) == code
    assert read_code("\ufeff" + code[:4] + "\u200b" + code[4:]) == code  # pasted from a message


def test_every_single_wrong_character_is_noticed() -> None:
    code = new_code()
    for at, other in itertools.product(range(LENGTH), ALPHABET):
        typed = code[:at] + other + code[at + 1 :]
        if typed == code:
            continue
        with pytest.raises(MistypedError, match="有一处输错"):
            read_code(typed)


def test_two_characters_that_changed_places_are_noticed() -> None:
    code = new_code()
    for a, b in itertools.combinations(range(LENGTH), 2):
        letters = list(code)
        letters[a], letters[b] = letters[b], letters[a]
        typed = "".join(letters)
        if typed != code:
            with pytest.raises(MistypedError):
                read_code(typed)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "共 20 个字符，您输入了 0 个"),
        ("3467", "您输入了 4 个"),
        ("0" * 20, "没有“0”这样的字符"),
        ("票" * 20, "没有“票”这样的字符"),
    ],
)
def test_what_cannot_be_a_code_says_why(typed: str, words: str) -> None:
    with pytest.raises(MistypedError, match=words):
        read_code(typed)


def test_one_character_too_few_or_too_many() -> None:
    code = new_code()
    for typed, n in ((code[:-1], 19), (f"{code}3", 21)):
        with pytest.raises(MistypedError, match=f"您输入了 {n} 个"):
            read_code(typed)


def test_receipts_are_short_and_of_the_same_letters() -> None:
    assert len(new_receipt()) == 10
    assert receipt_in_groups("3467934679") == "34679-34679"
    assert set(new_receipt()) <= set(ALPHABET)
