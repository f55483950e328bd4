"""People of the database, counted by any cross of up to three dimensions in one query; the list behind each number."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from itertools import product
from operator import or_
from typing import Any

import numpy as np
from django.db.models import Count, Q, QuerySet

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.structure.counting import MOST_DIMENSIONS, CountingError, CrossTable
from secondment.algorithms.structure.dimensions import (
    NO_HISTORY,
    NOT_STATED,
    UNRECOGNISED,
    Dimension,
    with_no_history,
    with_unrecognised,
)
from secondment.algorithms.structure.distribution import Distribution, distribution_of
from secondment.people.models import Person
from secondment.workforce.measures import (
    MEASURES,
    NO_HISTORY_PLACE,
    NOT_STATED_PLACE,
    Day,
    Measure,
    latest_birth,
)


@dataclass(frozen=True)
class Cell:
    """One bucket of one dimension, as addresses write it: `age:from_31_to_35`, `rank:not_stated`."""

    dimension: str
    bucket: str

    def __str__(self) -> str:
        return f"{self.dimension}:{self.bucket}"


def joined(cells: Iterable[Cell]) -> str:
    """Cells as one parameter of an address."""
    return ",".join(map(str, cells))


def parted(text: str) -> list[Cell]:
    """The cells of such a parameter; `CountingError` for what is none."""
    cells = []
    for part in filter(None, text.split(",")):
        dimension, colon, bucket = part.partition(":")
        if not colon:
            raise CountingError(f"“{part}” names no class")
        cells.append(Cell(dimension, bucket))
    return cells


class DatabasePeople:
    """A body of officials in the database on one day; `units` is the dimension “unit”, if any.

    `people` are narrowed by EXISTS alone, as the filters of the roster do: a join to their rows would be counted as well.
    Satisfies `algorithms.structure.counting.Countable`. Nobody is read into Python: the database groups by raw values,
    of which there are few, and those are decoded.
    """

    def __init__(self, people: QuerySet[Person], day: Day, units: Measure | None = None) -> None:
        self.day, self.on = day, day.on
        self._people = people.order_by()
        self.measures = {**MEASURES, **({units.dimension.key: units} if units else {})}
        self._distributions: dict[str, Distribution] = {}
        self.columns = frozenset(one.dimension.column for one in self.measures.values())

    @cached_property
    def n_people(self) -> int:
        """How many they are."""
        return self._people.count()

    @cached_property
    def mean_age(self) -> float | None:
        """Mean completed years, by month, of those whose birth is stated; None if no one's is."""
        born = self._people.filter(born_on__lte=latest_birth(self.on, 0)).order_by()
        by_day = list(born.values_list("born_on").annotate(n_people=Count("pk")))
        if not by_day:
            return None
        years: int = sum(n * (self.on.year - day.year - (day.month > self.on.month)) for day, n in by_day)
        return float(years / sum(n for _day, n in by_day))

    def measure(self, key: str) -> Measure:
        """How a dimension is read; `CountingError` for none of that name."""
        if key not in self.measures:
            raise CountingError(f"people cannot be counted by “{key}”")
        return self.measures[key]

    def cross(self, dimensions: Sequence[Dimension], as_of: dt.date) -> CrossTable:
        """How many people fall into each combination of buckets; one query.

        Raises
        ------
        CountingError
            No, repeated or more than three dimensions, one that is not known, or another day than that of these people.
        """
        if as_of != self.on:
            raise CountingError(f"these are the people of {self.on.isoformat()}, not of {as_of.isoformat()}")
        return self.crossed([one.key for one in dimensions])

    def crossed(self, keys: Sequence[str]) -> CrossTable:
        """The cross of dimensions by their keys."""
        if not 1 <= len(keys) <= MOST_DIMENSIONS or len(set(keys)) != len(keys):
            raise CountingError(f"give one to {MOST_DIMENSIONS} different dimensions, not “{','.join(keys)}”")
        measures = [self.measure(key) for key in keys]
        found: dict[tuple[int, ...], int] = {}
        for *places, n in self._grouped(measures):
            place = tuple(places)
            found[place] = found.get(place, 0) + n
        return _table([one.dimension for one in measures], found)

    def distribution(self, key: str) -> Distribution:
        """One dimension of them; counted once."""
        if key not in self._distributions:
            self._distributions[key] = distribution_of(self.crossed([key]), self.n_people)
        return self._distributions[key]

    def within(self, cells: Iterable[Cell]) -> QuerySet[Person]:
        """The people in all of these buckets: the list behind a number. `CountingError` for a bucket there is not."""
        people = self._people
        for cell in cells:
            people = people.filter(pk__in=self._in(cell).values("pk"))
        return people

    def _in(self, cell: Cell) -> QuerySet[Person]:
        measure = self.measure(cell.dimension)
        place = _place(measure.dimension, cell.bucket)
        people, names = self._annotated([measure])
        matching = [
            values
            for values in people.values_list(*names[0]).order_by().distinct()
            if place in measure.places_of(values)
        ]
        if not matching:
            return Person.objects.none()
        return people.filter(reduce(or_, (_equal(names[0], values) for values in matching))).distinct()

    def _grouped(self, measures: Sequence[Measure]) -> Iterator[tuple[int, ...]]:
        """The place of each dimension, and the number of people, of every combination of raw values."""
        people, names = self._annotated(measures)
        flat = [name for group in names for name in group]
        # in the form that needs no model object, without the order that would be grouped by as well
        for *values, n in people.order_by().values_list(*flat).annotate(n_people=Count("pk")):
            at, places = 0, []
            for measure, group in zip(measures, names, strict=True):
                places.append(measure.places_of(values[at : at + len(group)]))
                at += len(group)
            for place in product(*places):
                yield (*place, n)

    def _annotated(self, measures: Sequence[Measure]) -> tuple[QuerySet[Person], list[list[str]]]:
        """People with the raw values of each measure, and under which names."""
        people, names = self._people, []
        for at, measure in enumerate(measures):
            raw = measure.raw(self.day)
            people = people.annotate(**{f"raw_{at}_{name}": one for name, one in raw.items()})
            names.append([f"raw_{at}_{name}" for name in raw])
        return people, names


def _equal(names: Sequence[str], values: Sequence[Any]) -> Q:
    """All of these raw values."""
    return Q(
        **{
            (f"{name}__isnull" if value is None else name): True if value is None else value
            for name, value in zip(names, values, strict=True)
        }
    )


def _place(dimension: Dimension, bucket: str) -> int:
    keys = [one.key for one in dimension.buckets]
    if bucket in keys:
        return keys.index(bucket)
    if bucket == UNRECOGNISED:
        return len(keys)
    if bucket == NOT_STATED:
        return NOT_STATED_PLACE
    if bucket == NO_HISTORY:
        return NO_HISTORY_PLACE
    raise CountingError(f"“{bucket}” is no class of {dimension.key}")


def _table(dimensions: Sequence[Dimension], found: dict[tuple[int, ...], int]) -> CrossTable:
    """The cross as an array; a dimension gets the buckets “not recognised” and “no record” where somebody is in them."""
    places = np.array(list(found), dtype=np.int64).reshape(len(found), len(dimensions))
    widened = [_widened(one, places[:, at]) for at, one in enumerate(dimensions)]
    counts = np.zeros([len(one.buckets) + 1 for one in widened], dtype=np.int64)
    for place, n in found.items():
        # the place of “no record” is negative as well: the last bucket, before the place of those not stated
        counts[place] += n
    return CrossTable(tuple(widened), counts)


def _widened(dimension: Dimension, places: IntArray) -> Dimension:
    if np.any(places == len(dimension.buckets)):
        dimension = with_unrecognised(dimension)
    return with_no_history(dimension) if np.any(places == NO_HISTORY_PLACE) else dimension
