"""How each dimension is read from the database: raw values to group by, and what they mean.

What a value means stands in `files.structure.cells`, where rosters are read: the same function decodes both, so that a
figure of a page and of `secondment structure` cannot differ.
"""

import datetime as dt
from calendar import monthrange
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from secondment.algorithms.structure.dimensions import Dimension, age_dimension
from secondment.files.codes.abilities import LEVELS
from secondment.files.structure import cells
from secondment.files.structure import dimensions as defined
from secondment.people.choices import Ability, Grade
from secondment.people.latest import BELIEVED
from secondment.people.models import AbilityValue, AnnualGrade, CareerEntry, Specialty
from secondment.people.queries import WORK_LINES

Raw = Mapping[str, Any]
AGE = age_dimension()
NOT_STATED_INDEX = -1
_LAST_GRADES = 3


@dataclass(frozen=True)
class Measure:
    """One dimension of people in the database.

    `raw` gives the expressions to group by on a day, by name; `decode` turns their values into the place of a bucket,
    -1 for “not stated”.
    """

    dimension: Dimension
    raw: Callable[[dt.date], Raw]
    decode: Callable[..., int]

    def place_of(self, values: Sequence[Any]) -> int:
        """The place of the bucket of these raw values; what no list knows has the place behind the last bucket."""
        try:
            return self.decode(*values)
        except cells.UnknownTextError:
            return len(self.dimension.buckets)


def _fields(*names: str) -> Callable[[dt.date], Raw]:
    return lambda _on: {name: name for name in names}


def latest_birth(on: dt.date, years: int) -> dt.date:
    """The last birth date of those who have completed so many years by the month of `on` (按月)."""
    year = on.year - years
    return dt.date(year, on.month, monthrange(year, on.month)[1])


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
    return Case(*bands, known, default=Value(NOT_STATED_INDEX), output_field=IntegerField())


def _span(name: str, field: str, dimension: Dimension) -> Measure:
    return Measure(dimension, lambda on: {name: banded(field, dimension, on)}, int)


def _count_of(rows: QuerySet[Any]) -> Coalesce:
    """How many rows a person has, as a subquery; 0 for none."""
    counted = rows.filter(person=OuterRef("pk")).order_by().values("person").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0, output_field=IntegerField())


def _ability(code: str, dimension: Dimension) -> Measure:
    """The level of the latest value on or before the day; of one day, the source that is believed most."""
    believed = Case(*(When(source=source, then=Value(place)) for source, place in BELIEVED.items()))

    def raw(on: dt.date) -> Raw:
        rows = AbilityValue.objects.filter(person=OuterRef("pk"), ability=code, as_of__lte=on)
        latest = rows.annotate(believed=believed).order_by("-as_of", "-believed", "-pk")
        return {
            f"points_{code}": Coalesce(Subquery(latest.values("value")[:1], output_field=IntegerField()), -1)
        }

    return Measure(dimension, raw, level_place)


def level_place(points: int) -> int:
    """The place of the level of so many points; -1 for none."""
    if points < 0:
        return NOT_STATED_INDEX
    return next(place for place, (_word, least) in enumerate(LEVELS) if points >= least)


def _excellent(on: dt.date) -> Raw:
    """How many annual grades are on record, and how many of the last three are excellent."""
    rows = AnnualGrade.objects.filter(person=OuterRef("person"), year__lte=on.year).order_by("-year")
    third = Coalesce(Subquery(rows.values("year")[_LAST_GRADES - 1 : _LAST_GRADES]), 0)
    return {
        "n_grades": _count_of(AnnualGrade.objects.filter(year__lte=on.year)),
        "n_excellent": _count_of(
            AnnualGrade.objects.filter(grade=Grade.EXCELLENT, year__gte=third, year__lte=on.year)
        ),
    }


def _rank_place(rank: str, grade: str) -> int:
    """The level of the leading post, else of the civil grade."""
    found = cells.rank_cell(rank)
    return found if found >= 0 else cells.rank_cell(grade)


def _mode_place(code: str, full_time: str, on_job: str) -> int:
    """Full-time where that led to the highest education, else on the job; -1 where neither is stated."""
    highest, *ways = (_level(text) for text in (code, full_time, on_job))
    known = enumerate(ways if highest >= 0 else ())
    return next((place for place, level in known if level == highest), NOT_STATED_INDEX)


def _level(text: str) -> int:
    """The level of an education; of one that no list knows, none."""
    try:
        return cells.education_cell(text)
    except cells.UnknownTextError:
        return NOT_STATED_INDEX


def _discipline_place(full_time: str, on_job: str) -> int:
    found = cells.discipline_cell(full_time)
    return found if found >= 0 else cells.discipline_cell(on_job)


def _specialty_place(tag: str | None) -> int:
    return -1 if tag is None else _TAG_PLACES[tag]


def _many(n: int, edges: tuple[int, ...]) -> int:
    """-1 for none, else in which band of counts `n` lies; `edges` begin the bands."""
    return sum(n >= edge for edge in edges) - 1


_TAG_PLACES = {bucket.key: place for place, bucket in enumerate(defined.SPECIALTY.buckets)}
_ABILITIES = [
    _ability(code, dimension)
    for code, dimension in zip(Ability.values, defined.ABILITY_DIMENSIONS, strict=True)
]
_ALL = (
    _span("age", "born_on", AGE),
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
    Measure(defined.DISCIPLINE, _fields("full_time_degree", "on_job_degree"), _discipline_place),
    Measure(defined.CATEGORY, _fields("category"), cells.category_cell),
    Measure(defined.RANK, _fields("rank", "grade_rank"), _rank_place),
    Measure(defined.TITLE, _fields("title_level"), cells.title_cell),
    Measure(defined.PARTY, _fields("political_status"), cells.party_cell),
    Measure(defined.MINORITY, _fields("ethnicity"), cells.minority_cell),
    _span("years_in_rank", "rank_since", defined.YEARS_IN_RANK),
    Measure(
        defined.GRASS_ROOTS,
        lambda _on: {"has_two": Case(When(grassroots_years__gte=2, then=Value(1)), default=Value(0))},
        int,
    ),
    Measure(defined.SPECIALTY, _fields("specialties__tag"), _specialty_place),
    Measure(
        defined.BREADTH,
        lambda _on: {"n_tags": _count_of(Specialty.objects.all())},
        lambda n: _many(n, (1, 2, 3)),
    ),
    *_ABILITIES,
    Measure(
        defined.RESERVE,
        lambda _on: {"reserve": Case(When(is_reserve=True, then=Value(0)), default=Value(1))},
        int,
    ),
    Measure(defined.EXCELLENT_YEARS, _excellent, lambda n, excellent: excellent if n else NOT_STATED_INDEX),
    Measure(
        defined.POSTS_HELD,
        lambda _on: {"n_posts": _count_of(CareerEntry.objects.filter(WORK_LINES))},
        lambda n: _many(n, (1, 2, 4)),
    ),
)
MEASURES: Mapping[str, Measure] = {one.dimension.key: one for one in _ALL}
