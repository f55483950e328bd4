"""Tell in the language of the page what was kept in Chinese when a file was read.

What a file was found to hold stays with the rows of its import as it was said then. Rooms register their sentences;
`{0}` or `{}` stands for what was found, which is told as it was, or by its own sentence where it is one.
"""

import re
from collections.abc import Iterable
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import get_language, override

_SLOT = re.compile(r"\\\{\d?\\\}")
_registered: list[Promise] = []


def register_sentences(sentences: Iterable[Promise]) -> None:
    """Add the sentences of a room; called once, when it is ready."""
    _registered.extend(sentences)
    _patterns.cache_clear()


def retold(text: str) -> str:
    """The text in the active language; what no room has registered stays as it is."""
    if get_language() == settings.LANGUAGE_CODE:
        return text
    for pattern, sentence in _patterns():
        if match := pattern.fullmatch(text):
            return str(sentence).format(*(retold(found) for found in match.groups()))
    return text


@cache
def _patterns() -> list[tuple[re.Pattern[str], Promise]]:
    """Sentences as patterns, those that say most by themselves first."""
    with override(settings.LANGUAGE_CODE):
        said = [(str(sentence), sentence) for sentence in _registered]
    said.sort(key=lambda one: len(re.sub(r"\{\d?\}", "", one[0])), reverse=True)
    return [
        (re.compile(_SLOT.sub("(.*)", re.escape(words)), re.DOTALL), sentence) for words, sentence in said
    ]
