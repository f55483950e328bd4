"""How each dimension is read from the database: raw values to group by, and what they mean.

What a value means stands in `files.structure.cells`, where rosters are read: the same function decodes both, so that a
figure of a page and of `secondment structure` cannot differ.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from secondment.algorithms.structure.dimensions import Dimension, age_dimension
from secondment.files.codes.abilities import LEVELS
from secondment.files.structure import cells
from secondment.files.structure import dimensions as defined
from secondment.people.choices import Ability, Grade
from secondment.people.history import NO_HISTORY, grades_on, tags_on, value_on
from secondment.people.latest import BELIEVED
from secondment.people.models import AbilityValue, CareerEntry, Specialty

Raw = Mapping[str, Any]
AGE = age_dimension()
NOT_STATED_PLACE, NO_HISTORY_PLACE = -1, -2
LASTING = frozenset({"sex", "ethnicity"})
"""What is today's on any day: a correction of it is one of the past as well."""
_LAST_GRADES = 3


@dataclass(frozen=True)
class Day:
    """The day people are counted on; a day before today is counted by what was on record of it."""

    on: dt.date
    is_past: bool

    def value(self, field: str) -> Any:
        """The expression of a field of `Person` on this day."""
        return value_on(field, self.on) if self.is_past and field not in LASTING else F(field)


@dataclass(frozen=True)
class Measure:
    """One dimension of people in the database.

    `raw` gives the expressions to group by on a day, by name; `decode` turns their values into the place of a bucket
    (-1 for “not stated”), or into several where a person can have several.
    """

    dimension: Dimension
    raw: Callable[[Day], Raw]
    decode: Callable[..., int | tuple[int, ...]]

    def places_of(self, values: Sequence[Any]) -> tuple[int, ...]:
        """The places of these raw values: behind the last bucket what no list knows, -2 where the day is not known."""
        if NO_HISTORY in values:
            return (NO_HISTORY_PLACE,)
        try:
            found = self.decode(*values)
        except cells.UnknownTextError:
            return (len(self.dimension.buckets),)
        return found if isinstance(found, tuple) else (found,)


def _fields(*names: str) -> Callable[[Day], Raw]:
    return lambda day: {name: day.value(name) for name in names}


def latest_birth(on: dt.date, years: int) -> dt.date:
    """The last birth date of those who have completed so many years by the month of `on` (按月)."""
    year = on.year - years
    return dt.date(year, on.month, monthrange(year, on.month)[1])


def _birth_band(day: Day) -> Raw:
    return {"age": banded("born_on", AGE, day.on)}


def banded(field: str, dimension: Dimension, on: dt.date) -> Case:
    """The place of the band of completed years since a date; months alone count, as in `AgeBy.MONTH`.

    A date after `on` is “not stated”: it cannot be right, and the person's page says so.
    """
    cuts = dimension.cuts
    bands = [
        When(**{f"{field}__lte": latest_birth(on, cut)}, then=Value(place))
        for place, cut in reversed(list(enumerate(cuts, start=1)))
    ]
    known = When(**{f"{field}__lte": latest_birth(on, 0)}, then=Value(0))
    return Case(*bands, known, default=Value(NOT_STATED_PLACE), output_field=IntegerField())


def _years_place(since: str | dt.date | None, on: str) -> int:
    """The place of the band of years in rank since a day, which may be text; a day after `on` is not stated."""
    if not since:
        return NOT_STATED_PLACE
    day = dt.date.fromisoformat(since) if isinstance(since, str) else since
    until = dt.date.fromisoformat(on)
    if day > latest_birth(until, 0):
        return NOT_STATED_PLACE
    return sum(day <= latest_birth(until, cut) for cut in defined.YEARS_IN_RANK.cuts)


def _rank_days(day: Day) -> Raw:
    return {"rank_since": day.value("rank_since"), "on": Value(day.on.isoformat())}


def _count_of(rows: QuerySet[Any]) -> Coalesce:
    """How many rows a person has, as a subquery; 0 for none."""
    counted = rows.filter(person=OuterRef("pk")).order_by().values("person").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0, output_field=IntegerField())


def _ability(code: str, dimension: Dimension) -> Measure:
    """The level of the latest value on or before the day; of one day, the source that is believed most."""
    believed = Case(*(When(source=source, then=Value(place)) for source, place in BELIEVED.items()))

    def raw(day: Day) -> Raw:
        rows = AbilityValue.objects.filter(person=OuterRef("pk"), ability=code, as_of__lte=day.on)
        latest = rows.annotate(believed=believed).order_by("-as_of", "-believed", "-pk")
        points = Subquery(latest.values("value")[:1], output_field=IntegerField())
        return {f"points_{code}": Coalesce(points, -1)}

    return Measure(dimension, raw, level_place)


def level_place(points: int) -> int:
    """The place of the level of so many points; -1 for none."""
    if points < 0:
        return NOT_STATED_PLACE
    return next(place for place, (_word, least) in enumerate(LEVELS) if points >= least)


def _excellent(day: Day) -> Raw:
    """How many annual grades of years then over are on record, and how many of the last three are excellent."""
    rows = grades_on(day.on)
    own = rows.filter(person=OuterRef("person")).order_by("-year")
    third = Coalesce(Subquery(own.values("year")[_LAST_GRADES - 1 : _LAST_GRADES]), 0)
    return {
        "n_grades": _count_of(rows),
        "n_excellent": _count_of(rows.filter(grade=Grade.EXCELLENT, year__gte=third)),
    }


def _rank_place(rank: str, grade: str) -> int:
    """The level of the leading post, else of the civil grade."""
    found = cells.rank_cell(rank)
    return found if found >= 0 else cells.rank_cell(grade)


def _mode_place(code: str, full_time: str, on_job: str) -> int:
    """Full-time where that led to the highest education, else on the job; -1 where neither is stated."""
    highest, *ways = (_level(text) for text in (code, full_time, on_job))
    known = enumerate(ways if highest >= 0 else ())
    return next((place for place, level in known if level == highest), NOT_STATED_PLACE)


def _level(text: str) -> int:
    """The level of an education; of one that no list knows, none."""
    try:
        return cells.education_cell(text)
    except cells.UnknownTextError:
        return NOT_STATED_PLACE


def _degrees(day: Day) -> Raw:
    """The texts of the degrees; of a past day where the degree was the same as today."""
    texts = {name: F(name) for name in ("full_time_degree", "on_job_degree")}
    if not day.is_past:
        return texts
    same = Case(When(degree_level=day.value("degree_level"), then=Value("")), default=Value(NO_HISTORY))
    return {**texts, "same": same}


def _discipline_place(full_time: str, on_job: str, _same: str = "") -> int:
    found = cells.discipline_cell(full_time)
    return found if found >= 0 else cells.discipline_cell(on_job)


def _tags(day: Day) -> Raw:
    return {"tags": tags_on(day.on)} if day.is_past else {"tag": F("specialties__tag")}


def _specialty_places(tags: str | None) -> tuple[int, ...]:
    """One tag of a joined row, or all tags of a past day with commas between."""
    return tuple(_TAG_PLACES[tag] for tag in tags.split(",")) if tags else (NOT_STATED_PLACE,)


def _n_tags(day: Day) -> Raw:
    return {"tags": tags_on(day.on)} if day.is_past else {"n_tags": _count_of(Specialty.objects.all())}


def _breadth_place(tags: int | str) -> int:
    n = tags if isinstance(tags, int) else len(tags.split(",")) if tags else 0
    return _many(n, (1, 2, 3))


def _grass_roots_place(years: Any) -> int:
    return int(float(years) >= 2)


def _reserve_place(is_reserve: object) -> int:
    return 0 if is_reserve in {True, "1"} else 1


def _work_lines(day: Day) -> QuerySet[CareerEntry]:
    """Lines in which somebody worked; of a past day those begun by then."""
    lines = CareerEntry.objects.filter(is_nested=False, is_study=False)
    return lines.filter(starts_on__lte=day.on) if day.is_past else lines


def _many(n: int, edges: tuple[int, ...]) -> int:
    """-1 for none, else in which band of counts `n` lies; `edges` begin the bands."""
    return sum(n >= edge for edge in edges) - 1


_TAG_PLACES = {bucket.key: place for place, bucket in enumerate(defined.SPECIALTY.buckets)}
_ABILITIES = [
    _ability(code, dimension)
    for code, dimension in zip(Ability.values, defined.ABILITY_DIMENSIONS, strict=True)
]
_ALL = (
    Measure(AGE, _birth_band, int),
    Measure(defined.SEX, _fields("sex"), cells.sex_cell),
    Measure(defined.EDUCATION, _fields("education_code"), cells.education_cell),
    Measure(defined.EDUCATION_FULL_TIME, _fields("full_time_education"), cells.education_cell),
    Measure(defined.EDUCATION_ON_JOB, _fields("on_job_education"), cells.education_cell),
    Measure(
        defined.EDUCATION_MODE,
        _fields("education_code", "full_time_education", "on_job_education"),
        _mode_place,
    ),
    Measure(defined.DEGREE, _fields("degree_level"), cells.degree_cell),
    Measure(defined.DISCIPLINE, _degrees, _discipline_place),
    Measure(defined.CATEGORY, _fields("category"), cells.category_cell),
    Measure(defined.RANK, _fields("rank", "grade_rank"), _rank_place),
    Measure(defined.TITLE, _fields("title_level"), cells.title_cell),
    Measure(defined.PARTY, _fields("political_status"), cells.party_cell),
    Measure(defined.MINORITY, _fields("ethnicity"), cells.minority_cell),
    Measure(defined.YEARS_IN_RANK, _rank_days, _years_place),
    Measure(defined.GRASS_ROOTS, _fields("grassroots_years"), _grass_roots_place),
    Measure(defined.SPECIALTY, _tags, _specialty_places),
    Measure(defined.BREADTH, _n_tags, _breadth_place),
    *_ABILITIES,
    Measure(defined.RESERVE, _fields("is_reserve"), _reserve_place),
    Measure(defined.EXCELLENT_YEARS, _excellent, lambda n, excellent: excellent if n else NOT_STATED_PLACE),
    Measure(
        defined.POSTS_HELD,
        lambda day: {"n_posts": _count_of(_work_lines(day))},
        lambda n: _many(n, (1, 2, 4)),
    ),
)
MEASURES: Mapping[str, Measure] = {one.dimension.key: one for one in _ALL}
