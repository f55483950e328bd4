"""English is complete: every message of every room has its English text, and templates hold no bare Chinese."""

import re
from pathlib import Path

import pytest

import secondment
from secondment.common.catalogues import catalogue_path, extract_room, read_catalogue, rooms, untranslated

PACKAGE = Path(secondment.__file__).parent
ROOMS = [path.name for path in rooms(PACKAGE)]
ROOMS_WITH_WORDS = [room for room in ROOMS if catalogue_path(PACKAGE / room).exists()]
CHINESE = re.compile(r"[\u4e00-\u9fff]")
TRANSLATED = re.compile(
    r"{%\s*(?:translate|trans)\s.*?%}|{%\s*blocktranslate.*?%}.*?{%\s*endblocktranslate\s*%}|{#.*?#}|{%\s*comment.*?endcomment\s*%}",
    re.DOTALL,
)
QUOTED_TRANSLATION = re.compile(r"_\((\"[^\"]*\"|'[^']*')\)")


@pytest.mark.parametrize("room", ROOMS_WITH_WORDS)
def test_every_message_has_english(room: str) -> None:
    catalogue = read_catalogue(PACKAGE / room)
    missing = [
        str(message.id)
        for message in extract_room(PACKAGE / room)
        if message.id and catalogue.get(message.id, message.context) is None
    ]
    assert missing == []
    assert untranslated(catalogue) == []


@pytest.mark.parametrize("room", ROOMS)
def test_templates_hold_no_bare_chinese(room: str) -> None:
    bare = []
    for path in (PACKAGE / room).glob("templates/**/*.html"):
        text = QUOTED_TRANSLATION.sub("", TRANSLATED.sub("", path.read_text())).replace("中文", "")
        bare += [f"{path.name}: {line.strip()}" for line in text.splitlines() if CHINESE.search(line)]
    assert bare == []


def test_no_message_has_two_english_texts() -> None:
    texts: dict[tuple[object, str | None], set[object]] = {}
    for room in ROOMS_WITH_WORDS:
        for message in read_catalogue(PACKAGE / room):
            if message.id:
                texts.setdefault((message.id, message.context), set()).add(message.string)
    assert {key: found for key, found in texts.items() if len(found) > 1} == {}


@pytest.mark.parametrize("room", ROOMS_WITH_WORDS)
def test_english_has_no_chinese_punctuation_and_one_word_for_post_requests(room: str) -> None:
    texts = [
        text
        for message in read_catalogue(PACKAGE / room)
        if message.id
        for text in (message.string if isinstance(message.string, tuple) else [message.string])
    ]
    assert [text for text in texts if re.search("[，。；：（）、！？]", text)] == []
    assert [text for text in texts if re.search(r"\bdemands?\b", text, re.IGNORECASE)] == []


# A number before a word in the plural; a limit is never one, and a verb is no plural.
BEFORE_PLURAL = re.compile(
    r"(?<!most )(?<!than )(?<!within )(?<!for )(?<!limit of )(?<!to )%\((?!limit|most)\w+\)[sd] "
    r"(?!as |does |has |is |its |was |needs |objects |releases |runs |sends |stands |differs )[a-z]+s\b"
)
# Two or more always: names that are alike, the rest of a long list, minutes and days that are settings, ages, differences.
NEVER_ONE = re.compile(r"are called|others, |in all|unused for|more than|years old|score\)s|loss\)s")


@pytest.mark.parametrize("room", ROOMS_WITH_WORDS)
def test_english_counts_one_as_one(room: str) -> None:
    texts = [message.string for message in read_catalogue(PACKAGE / room) if isinstance(message.string, str)]
    wrong = [text for text in texts if BEFORE_PLURAL.search(text) and not NEVER_ONE.search(text)]
    assert wrong == []
