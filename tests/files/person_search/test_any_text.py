"""Any text at all: it is read without a fault, and every letter of it is accounted for."""

import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from secondment.files.person_search.amounts import number_of
from secondment.files.person_search.reading import Vocabulary, read_sentence
from secondment.files.person_search.words import words

PARTS = (
    "35岁以下",
    "女",
    "农学",
    "或",
    "非",
    "除",
    "外",
    "、",
    " ",
    "火星",
    "基层两年以上",
    "80后",
    "市水务局",
    "2年",
    "以上",
    "0",
)
NAMES = Vocabulary(units={"市水务局": ("7",)}, people=frozenset({"李四"}))
made = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)


@given(st.text(max_size=60) | made | st.text(string.printable, max_size=40))
@example("İ" * 3)
@example("ﬁ女㎏")
@example("\x00女\ud7ff")
def test_every_letter_is_a_condition_passed_over_or_named(text: str) -> None:
    reading = read_sentence(text, NAMES)
    covered = [False] * len(text)
    spans = [span for one in reading.conditions for span in one.spans]
    for span in (*spans, *(one.span for one in reading.unread), *reading.passed):
        assert 0 <= span.start < span.end <= len(text)
        covered[span.start : span.end] = [True] * (span.end - span.start)
    assert all(covered)


@given(made)
def test_the_same_text_is_read_the_same_way_again(text: str) -> None:
    assert read_sentence(text, NAMES) == read_sentence(text, NAMES)


@pytest.mark.parametrize("word", sorted(words()))
def test_every_word_of_the_lists_is_understood_alone(word: str) -> None:
    reading = read_sentence(word)
    assert reading.unread == ()
    assert words()[word].value in reading.parameters.values()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("35", 35),
        ("2.5", 2.5),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("四十五", 45),
        ("两", 2),
        ("一百", 100),
        ("一百零五", 105),
        ("八五", 85),
    ],
)
def test_numbers_as_people_write_them(text: str, number: float) -> None:
    assert float(number_of(text)) == number


@pytest.mark.parametrize("text", ["十百", "百十百"])
def test_characters_that_make_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"[十百]"):
        number_of(text)
