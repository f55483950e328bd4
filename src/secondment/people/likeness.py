"""Which persons may be one: the same identity number, or the same name, sex and month of birth."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from secondment.files.names import clean_name
from secondment.people.choices import Likeness, PersonState
from secondment.people.models import Person

CHUNK = 500


@dataclass(frozen=True)
class Traits:
    """What persons are compared by; `index` and `masked` are empty where no number is known."""

    name: str
    sex: str
    born_on: dt.date | None
    index: str = ""
    masked: str = ""

    @property
    def key(self) -> tuple[str, str, tuple[int, int] | None]:
        """What two records of one person share, however they were typed."""
        month = (self.born_on.year, self.born_on.month) if self.born_on else None
        return clean_name(self.name).casefold(), self.sex, month


def traits_of(person: Person) -> Traits:
    """The traits of a person on record."""
    return Traits(
        person.name, person.sex, person.born_on, person.identity_index or "", person.identity_masked
    )


def likeness_of(one: Traits, other: Traits) -> Likeness | None:
    """Why both may be the same person, or None.

    Two numbers that share neither the region nor the last digits, with other days of birth, are namesakes:
    a number corrected in one place keeps one of the three.
    """
    if one.index and one.index == other.index:
        return Likeness.NUMBER
    if one.key != other.key:
        return None
    has_both = bool(one.masked and other.masked)
    shares = (
        one.masked[:6] == other.masked[:6]
        or one.masked[-4:] == other.masked[-4:]
        or one.born_on == other.born_on
    )
    return Likeness.NAME if shares or not has_both else None


def alike_to(traits: Traits, people: QuerySet[Person]) -> list[Person]:
    """Those of `people` who may be the person with these traits."""
    candidates = on_record(people).filter(_wanted({clean_name(traits.name)}, {traits.index}))
    return [one for one in candidates.select_related("unit") if likeness_of(traits, traits_of(one))]


def alike_pairs(people: Sequence[Person]) -> Iterator[tuple[Person, Person, Likeness]]:
    """Everyone on record who may be the same as one of `people`, in pairs ordered by key, each pair once."""
    seen: set[tuple[int, int]] = set()
    for start in range(0, len(people), CHUNK):
        chunk = people[start : start + CHUNK]
        known = _Index(chunk)
        for person in chunk:
            for other in known.near(person):
                first, second = sorted((person, other), key=lambda one: one.pk)
                likeness = likeness_of(traits_of(first), traits_of(second))
                if likeness and first != second and (first.pk, second.pk) not in seen:
                    seen.add((first.pk, second.pk))
                    yield first, second, likeness


def repeated() -> list[Person]:
    """Everyone whose name or identity number is on record more than once."""
    people = on_record(Person.objects.order_by())
    more = Count("pk")
    names = people.values("name").annotate(n=more).filter(n__gt=1).values("name")
    numbers = (
        people.exclude(identity_index=None)
        .values("identity_index")
        .annotate(n=more)
        .filter(n__gt=1)
        .values("identity_index")
    )
    found = people.filter(Q(name__in=names) | Q(identity_index__in=numbers))
    return list(found.select_related("unit").order_by("pk"))


def on_record(people: QuerySet[Person]) -> QuerySet[Person]:
    """Without those who were merged into another record."""
    return people.exclude(state=PersonState.MERGED)


class _Index:
    """Persons on record by number and by what names are compared by; one query a chunk."""

    def __init__(self, people: Iterable[Person]) -> None:
        people = list(people)
        wanted = _wanted({one.name for one in people}, {one.identity_index or "" for one in people})
        self.by_number: defaultdict[str, list[Person]] = defaultdict(list)
        self.by_key: defaultdict[object, list[Person]] = defaultdict(list)
        for one in on_record(Person.objects.filter(wanted)).select_related("unit"):
            traits = traits_of(one)
            self.by_number[traits.index].append(one)
            self.by_key[traits.key].append(one)

    def near(self, person: Person) -> list[Person]:
        traits = traits_of(person)
        numbered = self.by_number[traits.index] if traits.index else []
        return [*numbered, *self.by_key[traits.key]]


def _wanted(names: set[str], indexes: set[str]) -> Q:
    wanted = Q(identity_index__in=indexes - {""})
    for name in names:
        if name.isascii():  # Latin names are the same in any case
            wanted |= Q(name__iexact=name)
    return wanted | Q(name__in=names)
