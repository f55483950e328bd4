"""A sentence in the terms of one reader: the names it may hold, the address it leads to, the parts to be told about."""

import re
from collections.abc import Iterable

from django.db.models import CharField, F, Q, Value
from django.http import QueryDict

from secondment.accounts.models import User
from secondment.accounts.scopes import units_within
from secondment.files.person_search.conditions import LONGEST, Reading
from secondment.files.person_search.reading import Vocabulary, read_sentence, words_left
from secondment.people.queries import visible_to
from secondment.people.sections import CLERKS, LEADER

MOST_UNITS = 20
MOST_WORDS = 6
_NAME_LENGTHS = (2, 3, 4)
_HAN = re.compile("[一-鿿·]{2,}")
# What belongs to one page of a list and not to what it shows.
_OF_THE_PAGE = ("page", "export", "print", "keys", "untold", "find")


def read_for(user: User, text: str) -> Reading:
    """The sentence as this reader may ask it: names of units and persons are those within the reader's sight."""
    units = _units_named(user, text[:LONGEST])
    reading = read_sentence(text, Vocabulary(units))
    left = [word for said in words_left(reading) for word in _HAN.findall(said)][:MOST_WORDS]
    if not left:
        return reading
    people = visible_to(user).filter(name__in=_parts(left)).order_by().values_list("name", flat=True)
    return read_sentence(
        text, Vocabulary(units, frozenset(people.distinct()[:MOST_UNITS]), _units_alike(user, left))
    )


def led_to(user: User, query: QueryDict, text: str) -> QueryDict:
    """The parameters after a search: those of the sentence in the place of those of the sentence before."""
    found = query.copy()
    for name in (*_OF_THE_PAGE, *read_for(user, query.get("said", "")).parameters, "said"):
        found.pop(name, None)
    for name, value in read_for(user, text).parameters.items():
        found[name] = value
    if text:
        found["said"] = text
    return found


def _units_named(user: User, text: str) -> dict[str, tuple[str, ...]]:
    """Units in the reader's scope whose name stands in the text → their keys."""
    said = units_within(user, *CLERKS, LEADER).annotate(said=Value(text, CharField()))
    by_name = Q(said__contains=F("name")) | Q(~Q(short_name=""), said__contains=F("short_name"))
    found: dict[str, tuple[str, ...]] = {}
    for pk, name, short in (
        said.filter(by_name).order_by("path").values_list("pk", "name", "short_name")[:MOST_UNITS]
    ):
        for one in {name, short} - {""}:
            found[one] = (*found.get(one, ()), str(pk))
    return found


def _units_alike(user: User, words: Iterable[str]) -> tuple[str, ...]:
    """Names of units that hold one of the words."""
    holding = Q(pk__in=[])
    for word in words:
        holding |= Q(name__contains=word)
    units = units_within(user, *CLERKS, LEADER).filter(holding).order_by("path")
    return tuple(units.values_list("name", flat=True)[:MOST_UNITS])


def _parts(words: Iterable[str]) -> list[str]:
    """Everything in the words that is as long as a name."""
    return [word[at : at + n] for word in words for n in _NAME_LENGTHS for at in range(len(word) - n + 1)]
