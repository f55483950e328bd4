"""Sentences that are stored and shown later, in each reader's language; and lists within sentences.

A to-do, a message or the result of a job outlives the request that made it. What is kept is the Chinese pattern
with its parts, and the words are found when it is read. Text typed by people is kept and read as it is.
"""

import json
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.utils.translation import gettext, ngettext, override, pgettext

# A character that no keyboard types precedes the stored form, as RFC 7464 marks JSON in a run of text.
MARK = "\x1e"
Part = str | int | list[str]


class Sentence(str):
    """Words in the language of the moment, which know how to be said in another."""

    __slots__ = ("is_counted", "parts", "pattern")

    pattern: str
    parts: dict[str, Part]
    is_counted: bool

    def __new__(cls, pattern: str, parts: dict[str, Part], *, is_counted: bool = False) -> Self:
        """`parts` fill the pattern; with `is_counted` the part `n` decides between singular and plural."""
        words = ngettext(pattern, pattern, int(str(parts["n"]))) if is_counted else gettext(pattern)
        made = super().__new__(cls, words % {name: _said(part) for name, part in parts.items()})
        made.pattern, made.parts, made.is_counted = pattern, parts, is_counted
        return made


def say(pattern: str, **parts: Part) -> Sentence:
    """A sentence to be kept; catalogues read the pattern like that of `gettext`."""
    return Sentence(pattern, parts)


def counted(pattern: str, n: int, **parts: Part) -> Sentence:
    """The same with a number `n` that English declines by."""
    return Sentence(pattern, {"n": n, **parts}, is_counted=True)


def say_label(label: object) -> Sentence:
    """The label of a choice, as a part of a sentence to be kept."""
    with override(settings.LANGUAGE_CODE):
        return say(str(label))


def listed(items: Iterable[object]) -> str:
    """Items in one line, parted as the language of the moment parts them."""
    return pgettext("between items", "、").join(str(one) for one in items)


def joined_sentences(sentences: Iterable[object]) -> str:
    """Short sentences in one line."""
    return pgettext("between sentences", "；").join(str(one) for one in sentences)


def labelled(label: object, value: object) -> str:
    """A value behind its name."""
    return pgettext("name and value", "%(label)s：%(value)s") % {"label": label, "value": value}


class SentenceField(models.TextField[str, str]):
    """Keeps a `Sentence` intact and a plain text unchanged."""

    def get_prep_value(self, value: Any) -> Any:
        """The kept form of a sentence."""
        return MARK + json.dumps(kept(value), ensure_ascii=False) if isinstance(value, Sentence) else value

    def from_db_value(
        self, value: str | None, _expression: Expression, _connection: BaseDatabaseWrapper
    ) -> str | None:
        """The sentence in the reader's language."""
        return told_again(json.loads(value[1:])) if value and value.startswith(MARK) else value


def _said(part: Part) -> str | int:
    return listed(part) if isinstance(part, list) else part


def kept(part: Part) -> Any:
    """A part in JSON: sentences intact, also within lists."""
    if isinstance(part, Sentence):
        parts = {name: kept(one) for name, one in part.parts.items()}
        return {"pattern": part.pattern, "parts": parts, "counted": part.is_counted}
    return [kept(one) for one in part] if isinstance(part, list) else part


def told_again(kept: Any) -> Any:
    """What was kept in JSON, in the language of the moment."""
    if isinstance(kept, dict):
        parts = {name: told_again(one) for name, one in kept["parts"].items()}
        return Sentence(kept["pattern"], parts, is_counted=kept["counted"])
    return [told_again(one) for one in kept] if isinstance(kept, list) else kept
