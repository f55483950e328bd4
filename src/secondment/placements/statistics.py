"""挂职工作统计表: who was in post when a period began, who was sent and who ended in it, who was in post when it ended.

A placement counts as in post on a day from its first day to its last. So the four figures hold together:
at the start + sent − ended = at the end.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.algorithms.periods import full_years
from secondment.campaigns.models import Programme
from secondment.files.codes.ranks import RANKS
from secondment.people.choices import Sex
from secondment.people.filters import AGE_BANDS, EDUCATION_LEVELS
from secondment.people.labels import political_label, rank_label
from secondment.placements.choices import Destination, Ending, PlacementState
from secondment.placements.models import Placement
from secondment.posts.choices import Direction
from secondment.units.choices import UnitLevel

HAN = "01"
UNKNOWN = ""
FIELDS = (
    *(
        "pk",
        "starts_on",
        "ends_on",
        "ending",
        "destination",
        "person__name",
        "person__sex",
        "person__born_on",
    ),
    *("person__ethnicity", "person__political_status", "person__education_code", "person__rank"),
    *("programme_version__programme", "post__direction", "home_unit__level", "host_unit__level"),
    "person__unit__path",
)
Reads = Callable[[str], bool]
"""Whether the reader may read the file of people whose unit has this path."""
Facts = Mapping[str, Any]
Label = Callable[[str], str | Promise]


class Measure(models.TextChoices):
    """The four figures of each row."""

    AT_START = "at_start", gettext_lazy("期初在挂")
    SENT = "sent", gettext_lazy("本期派出")
    ENDED = "ended", gettext_lazy("本期结束")
    AT_END = "at_end", gettext_lazy("期末在挂")


@dataclass(frozen=True)
class Period:
    """From the first to the last day, both in it."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Dimension:
    """One way to divide people: the code of each, what codes are called, and their order."""

    key: str
    label: Promise
    code_of: Callable[[Facts, Period], str]
    label_of: Label
    order: Sequence[str] = ()
    is_of_file: bool = False
    """Whether it tells what stands in the file of a person, which not everybody reads who sees the placement."""
    measures: Sequence[Measure] = tuple(Measure)
    names: Callable[[], Mapping[str, str]] | None = None
    """What codes are called where that stands in the database; read once for all of them."""

    def labels(self) -> Label:
        """What each code is called."""
        return self.names().__getitem__ if self.names else self.label_of


@dataclass(frozen=True)
class Counted:
    """One placement of the period: which figures it counts in, and its code in every dimension."""

    pk: int
    name: str
    measures: frozenset[str]
    codes: Mapping[str, str]
    reads_file: bool = True


def placements_of(placements: QuerySet[Placement], period: Period) -> QuerySet[Placement]:
    """Those that count in one of the figures: in post, or ended; whoever never arrived was in no post."""
    states = (PlacementState.IN_POST, PlacementState.ENDED)
    return placements.filter(state__in=states, starts_on__lte=period.last, ends_on__gte=period.first)


def count(placements: QuerySet[Placement], period: Period, reads: Reads) -> list[Counted]:
    """Everybody who counts, by name; one query. What the reader may not read of a person counts as not provided."""
    rows = placements_of(placements, period).order_by("person__name_key", "pk").values(*FIELDS)
    return [
        Counted(
            row["pk"],
            row["person__name"],
            measures_of(row["starts_on"], row["ends_on"], period),
            {
                one.key: one.code_of(row, period) if reads_file or not one.is_of_file else UNKNOWN
                for one in DIMENSIONS
            },
            reads_file,
        )
        for row in rows
        for reads_file in [reads(row["person__unit__path"])]
    ]


def measures_of(starts_on: dt.date, ends_on: dt.date, period: Period) -> frozenset[str]:
    """The figures in which a half-open term counts."""
    is_in = {
        Measure.AT_START: starts_on < period.first <= ends_on,
        Measure.SENT: period.first <= starts_on <= period.last,
        Measure.ENDED: period.first <= ends_on <= period.last,
        Measure.AT_END: starts_on <= period.last < ends_on,
    }
    return frozenset(measure.value for measure, counts in is_in.items() if counts)


@dataclass(frozen=True)
class Row:
    """One line of a table: its code and label, and the four figures."""

    code: str
    label: str | Promise
    figures: Mapping[str, int]


@dataclass(frozen=True)
class Table:
    """One dimension: its rows in order."""

    dimension: Dimension
    rows: Sequence[Row]


def total_of(counted: Iterable[Counted]) -> Counter[str]:
    """Figure → how many."""
    return Counter(measure for one in counted for measure in one.measures)


def is_balanced(total: Mapping[str, int]) -> bool:
    """At the start + sent − ended = at the end."""
    at_start, sent, ended, at_end = (total.get(measure, 0) for measure in Measure)
    return at_start + sent - ended == at_end


def tables_of(counted: Sequence[Counted]) -> list[Table]:
    """Every dimension; codes that nobody has are left out, unknown ones stand last."""
    return [Table(one, _rows(one, counted)) for one in DIMENSIONS]


def _rows(dimension: Dimension, counted: Sequence[Counted]) -> list[Row]:
    figures: dict[str, Counter[str]] = {}
    for one in counted:
        measures = one.measures & set(dimension.measures)
        if measures:
            figures.setdefault(one.codes[dimension.key], Counter()).update(measures)
    place = {code: at for at, code in enumerate(dimension.order)}
    codes = sorted(figures, key=lambda code: (code == UNKNOWN, place.get(code, len(place)), code))
    label_of = dimension.labels()
    return [Row(code, label_of(code) if code else _("未填"), figures[code]) for code in codes]


def _age_band(row: Facts, period: Period) -> str:
    born = row["person__born_on"]
    if born is None:
        return UNKNOWN
    age = full_years(born, period.last)
    return next((key for key, _words, low, high in AGE_BANDS if low <= age <= high), UNKNOWN)


def _education(row: Facts, _period: Period) -> str:
    level = row["person__education_code"][:1]
    return level if level in {"", "1", "2", "3"} else "4"


def _ethnicity(row: Facts, _period: Period) -> str:
    code = row["person__ethnicity"]
    return code if code in {UNKNOWN, HAN} else "minority"


def _plain(field: str) -> Callable[[Facts, Period], str]:
    return lambda row, _period: str(row[field])


def _programme_names() -> dict[str, str]:
    return {str(pk): name for pk, name in Programme.objects.values_list("pk", "name")}


def _choice(choices: type[models.TextChoices]) -> Label:
    return lambda code: choices(code).label


DIMENSIONS: tuple[Dimension, ...] = (
    Dimension(
        "programme",
        gettext_lazy("挂职项目"),
        _plain("programme_version__programme"),
        str,
        names=_programme_names,
    ),
    Dimension(
        "direction", gettext_lazy("挂职方向"), _plain("post__direction"), _choice(Direction), list(Direction)
    ),
    Dimension("rank", gettext_lazy("职务层次"), _plain("person__rank"), rank_label, RANKS.codes),
    Dimension("sex", gettext_lazy("性别"), _plain("person__sex"), _choice(Sex), list(Sex)),
    Dimension(
        "ethnicity",
        gettext_lazy("民族"),
        _ethnicity,
        lambda code: _("汉族") if code == HAN else _("少数民族"),
        (HAN, "minority"),
    ),
    Dimension("political", gettext_lazy("政治面貌"), _plain("person__political_status"), political_label),
    Dimension(
        "education",
        gettext_lazy("最高学历"),
        _education,
        lambda code: dict(EDUCATION_LEVELS)[code],
        [code for code, _words in EDUCATION_LEVELS],
        is_of_file=True,
    ),
    Dimension(
        "age",
        gettext_lazy("年龄（期末）"),
        _age_band,
        lambda code: next(words for key, words, _low, _high in AGE_BANDS if key == code),
        list(map(itemgetter(0), AGE_BANDS)),
        is_of_file=True,
    ),
    Dimension(
        "home_level",
        gettext_lazy("派出单位层级"),
        _plain("home_unit__level"),
        _choice(UnitLevel),
        list(UnitLevel),
    ),
    Dimension(
        "host_level",
        gettext_lazy("接收单位层级"),
        _plain("host_unit__level"),
        _choice(UnitLevel),
        list(UnitLevel),
    ),
    Dimension(
        "ending",
        gettext_lazy("结束方式"),
        _plain("ending"),
        _choice(Ending),
        list(Ending),
        measures=(Measure.ENDED,),
    ),
    Dimension(
        "destination",
        gettext_lazy("去向"),
        _plain("destination"),
        _choice(Destination),
        list(Destination),
        measures=(Measure.ENDED,),
    ),
)
BY_KEY = {one.key: one for one in DIMENSIONS}


@dataclass(frozen=True)
class Difference:
    """One placement that counts otherwise than it was reported."""

    pk: int
    name: str
    sentences: Sequence[str]


def differences(reported: Sequence[Counted], now: Sequence[Counted]) -> list[Difference]:
    """Person by person, what has changed since a report of the same period."""
    before, after = ({one.pk: one for one in counted} for counted in (reported, now))
    found = [
        Difference(pk, (after.get(pk) or before[pk]).name, sentences)
        for pk in [*before, *(pk for pk in after if pk not in before)]
        if (sentences := list(_changes(before.get(pk), after.get(pk))))
    ]
    return sorted(found, key=lambda one: one.name)


def _changes(before: Counted | None, after: Counted | None) -> Iterable[str]:
    if before is None or after is None:
        counted = before or after
        words = "、".join(str(one.label) for one in Measure if counted and one in counted.measures)
        yield (_("原报无，现计入%(measures)s") if before is None else _("原报计入%(measures)s，现无")) % {
            "measures": words
        }
        return
    for measure in Measure:
        if measure in after.measures - before.measures:
            yield _("现计入%(measure)s") % {"measure": measure.label}
        if measure in before.measures - after.measures:
            yield _("不再计入%(measure)s") % {"measure": measure.label}
    for one in DIMENSIONS:
        if one.is_of_file and not after.reads_file:
            continue
        old, new = before.codes.get(one.key, UNKNOWN), after.codes[one.key]
        if old != new:
            label_of = one.labels()
            labels = [label_of(code) if code else _("未填") for code in (old, new)]
            yield _("%(dimension)s：%(old)s→%(new)s") % {
                "dimension": one.label,
                "old": labels[0],
                "new": labels[1],
            }
