"""What the pages of an analysis show: lines of a distribution, its chart, its sentence, the cells of a cross."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Max, Min
from django.utils.translation import gettext as _

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.structure.counting import CrossTable
from secondment.algorithms.structure.dimensions import (
    NO_HISTORY,
    NOT_STATED,
    UNRECOGNISED,
    ColumnKind,
    Dimension,
)
from secondment.algorithms.structure.distribution import Distribution
from secondment.common.charts import Chart, ChartSeries
from secondment.common.components import Tab
from secondment.common.sentences import joined_sentences, labelled
from secondment.people.choices import AbilitySource
from secondment.people.models import AbilityValue
from secondment.workforce.counting import Cell, joined
from secondment.workforce.questions import QUESTIONS, Question
from secondment.workforce.scopes import Scope
from secondment.workforce.words import compared, name_of, percent, rule_of

TREND_YEARS = 5


@dataclass(frozen=True)
class Reference:
    """What a scope is compared with: its words, and the scope."""

    words: str
    scope: Scope
    is_everyone: bool = False

    def distribution(self, key: str) -> Distribution:
        """The same dimension there."""
        people = self.scope.counted_everyone if self.is_everyone else self.scope.counted
        return people.distribution(key)


@dataclass(frozen=True)
class Line:
    """One class: people, share of those known, address of their list; the same of the reference and the difference."""

    label: str
    n: int
    url: str
    share: float | None = None
    n_there: int | None = None
    share_there: float | None = None

    @property
    def points(self) -> float | None:
        """Difference of the shares in percentage points."""
        if self.share is None or self.share_there is None:
            return None
        return round(100 * (self.share - self.share_there), 1)


@dataclass(frozen=True)
class Section:
    """One dimension on a page."""

    key: str
    title: str
    rule: str
    lines: Sequence[Line]
    n_stated: int
    n_people: int
    chart: Chart

    @property
    def n_missing(self) -> int:
        """People of whom it is not known."""
        return self.n_people - self.n_stated


def section_of(scope: Scope, key: str, reference: Reference | None) -> Section:
    """A dimension with all its classes, those not stated last."""
    counted = scope.counted.distribution(key)
    there = reference.distribution(key) if reference else None
    lines = list(_lines(scope, counted, there))
    dimension = counted.dimension
    return Section(
        key,
        name_of(dimension),
        rule_of(dimension),
        lines,
        counted.n_stated,
        scope.counted.n_people,
        _bars(dimension, lines),
    )


def _lines(scope: Scope, counted: Distribution, there: Distribution | None) -> Iterator[Line]:
    key = counted.dimension.key
    for bucket, n in zip(counted.dimension.buckets, counted.counts, strict=True):
        yield Line(
            name_of(bucket),
            n,
            scope.url("people", cells=str(Cell(key, bucket.key))) if n else "",
            counted.share_of(bucket.key),
            there.n_of(bucket.key) if there else None,
            there.share_of(bucket.key) if there else None,
        )
    if counted.n_no_history or (there and there.n_no_history):
        yield Line(
            _("无历史记录"),
            counted.n_no_history,
            scope.url("people", cells=str(Cell(key, NO_HISTORY))) if counted.n_no_history else "",
            n_there=there.n_no_history if there else None,
        )
    if counted.n_not_stated or (there and there.n_not_stated):
        yield Line(
            _("未填"),
            counted.n_not_stated,
            scope.url("people", cells=str(Cell(key, NOT_STATED))) if counted.n_not_stated else "",
            n_there=there.n_not_stated if there else None,
        )


def _bars(dimension: Dimension, lines: Sequence[Line]) -> Chart:
    return Chart(
        kind="horizontal_bar",
        title=name_of(dimension),
        categories=[line.label for line in lines],
        series=[ChartSeries(_("人数"), [line.n for line in lines], [line.url for line in lines])],
        unit=_("人"),
    )


def pyramid(scope: Scope) -> Chart:
    """Men and women back to back, the oldest on top; those of no stated sex or birth are in the table below."""
    cross = scope.counted.crossed(["age", "sex"])
    ages, sexes = cross.dimensions
    order = range(len(ages.buckets))
    series = [
        ChartSeries(
            name_of(sex),
            [int(cross.counts[age, at]) for age in order],
            [
                scope.url("people", cells=joined([Cell("age", ages.buckets[age].key), Cell("sex", sex.key)]))
                for age in order
            ],
        )
        for at, sex in enumerate(sexes.buckets[:2])
    ]
    return Chart(
        kind="pyramid",
        title=_("年龄与性别"),
        categories=[name_of(bucket) for bucket in ages.buckets],
        series=series,
        unit=_("人"),
    )


def told_share(counted: Distribution, question: Question) -> float | None:
    """The share of the classes that a question's sentence is about; None where nothing is stated."""
    n = sum(counted.n_of(key) for key in question.told)
    return n / counted.n_stated if counted.n_stated else None


def lead_of(scope: Scope, question: Question) -> str:
    """The dimension that a question's sentence and chart are about: the first, of abilities the weakest."""
    if not question.leads_with_most:
        return question.dimensions[0]
    shares = {key: told_share(scope.counted.distribution(key), question) for key in question.dimensions}
    return max(question.dimensions, key=lambda key: shares[key] or 0)


def sentence(scope: Scope, question: Question, reference: Reference | None) -> str:
    """The sentence that a clerk would write under the chart; it says on how many people it rests."""
    lead = lead_of(scope, question)
    counted = scope.counted.distribution(lead)
    n_people = scope.counted.n_people
    if not n_people:
        return _("所选范围内没有人员。")
    share = told_share(counted, question)
    if share is None:
        return _("%(n)d 人的这一项均未填写，无法分析。") % {"n": n_people}
    n = sum(counted.n_of(key) for key in question.told)
    values = {"what": question.told_words, "n": n, "share": percent(share)}
    parts = [_("%(what)s %(n)d 人，占已填人员的 %(share)s") % values]
    if question.leads_with_most:
        parts[0] = labelled(name_of(counted.dimension), parts[0])
    if reference is not None:
        other = told_share(reference.distribution(lead), question)
        parts += [] if other is None else [compared(share, other, reference.words)]
    if question.key == "age" and scope.counted.mean_age is not None:
        parts.insert(0, _("平均年龄 %(age)s 岁") % {"age": f"{scope.counted.mean_age:.1f}"})
    if counted.n_not_stated:
        parts.append(_("另有 %(n)d 人（共 %(all)d 人）未填") % {"n": counted.n_not_stated, "all": n_people})
    if counted.n_no_history:
        parts.append(_("%(n)d 人该日期的情况没有记录") % {"n": counted.n_no_history})
    return joined_sentences(parts)


@dataclass(frozen=True)
class CrossCell:
    """A number of a cross: its column, people here, and with a reference there."""

    head: str
    n: int
    url: str
    n_there: int | None = None

    @property
    def change(self) -> str:
        """How many more or fewer there are here, with its sign; empty where nothing is compared."""
        return "" if self.n_there is None else f"{self.n - self.n_there:+d}"


@dataclass(frozen=True)
class CrossBlock:
    """A table of two dimensions; of three, one for each class of the third.

    Totals are given where nobody is counted twice on the way.
    """

    title: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[CrossCell], int | None]]
    has_row_totals: bool
    totals: Sequence[int] = ()
    total: int | None = None


def cross_blocks(scope: Scope, keys: Sequence[str], reference: Scope | None) -> list[CrossBlock]:
    """The cross of two or three dimensions as tables of links; empty rows and columns are left out."""
    table = scope.counted.crossed(keys)
    other = _aligned(reference.counted.crossed(keys), table) if reference else None
    layers: list[int | None] = [None] if len(keys) == 2 else list(range(table.counts.shape[2]))
    blocks = (_block(scope, table, other, layer) for layer in layers)
    return [block for block in blocks if block is not None]


def _aligned(cross: CrossTable, like: CrossTable) -> IntArray:
    """The counts of a cross in the places of another, whose classes may be more or fewer."""
    counts = np.zeros(like.counts.shape, dtype=np.int64)
    axes = [[bucket.key for bucket in one.buckets] for one in like.dimensions]
    for place in np.argwhere(cross.counts):
        keys = (_key(one, int(at)) for one, at in zip(cross.dimensions, place, strict=True))
        target = tuple(axis.index(key) if key in axis else -1 for axis, key in zip(axes, keys, strict=True))
        counts[target] += cross.counts[tuple(place)]
    return counts


def _block(scope: Scope, table: CrossTable, other: IntArray | None, layer: int | None) -> CrossBlock | None:
    pick = (slice(None), slice(None), *(() if layer is None else (layer,)))
    here, there = table.counts[pick], None if other is None else other[pick]
    seen = here if there is None else here + there
    if not seen.any():
        return None
    down, across = table.dimensions[:2]
    rows, columns = ([int(at) for at in np.flatnonzero(seen.sum(axis=axis))] for axis in (1, 0))
    fixed = [] if layer is None else [Cell(table.dimensions[2].key, _key(table.dimensions[2], layer))]

    def cell(row: int, column: int) -> CrossCell:
        n = int(here[row, column])
        cells = [Cell(down.key, _key(down, row)), Cell(across.key, _key(across, column)), *fixed]
        url = scope.url("people", cells=joined(cells)) if n else ""
        return CrossCell(_label(across, column), n, url, None if there is None else int(there[row, column]))

    has_row_totals, has_totals = (one.kind is not ColumnKind.TAGS for one in (across, down))
    return CrossBlock(
        "" if layer is None else _label(table.dimensions[2], layer),
        [_label(across, at) for at in columns],
        [
            (
                _label(down, at),
                [cell(at, column) for column in columns],
                int(here[at].sum()) if has_row_totals else None,
            )
            for at in rows
        ],
        has_row_totals,
        [int(here[:, at].sum()) for at in columns] if has_totals else (),
        int(here.sum()) if has_totals and has_row_totals else None,
    )


def _key(dimension: Dimension, at: int) -> str:
    return dimension.buckets[at].key if at < len(dimension.buckets) else NOT_STATED


def _label(dimension: Dimension, at: int) -> str:
    return name_of(dimension.buckets[at]) if at < len(dimension.buckets) else _("未填")


@dataclass(frozen=True)
class Card:
    """One question on the overview."""

    question: Question
    sentence: str
    chart: Chart
    url: str


def card(scope: Scope, question: Question, reference: Reference | None) -> Card:
    """A question with its sentence and the chart of its first dimension."""
    first = section_of(scope, lead_of(scope, question), None)
    return Card(
        question, sentence(scope, question, reference), first.chart, scope.url("question", question.key)
    )


def tabs_of(scope: Scope, current: Question) -> list[Tab]:
    """The six questions about the same scope."""
    return [Tab(one.title, scope.url("question", one.key), one is current) for one in QUESTIONS]


@dataclass(frozen=True)
class Trend:
    """One dimension on several days: a line of shares for each class, and the table behind it."""

    title: str
    chart: Chart
    days: Sequence[str]
    rows: Sequence[tuple[str, Sequence[tuple[str, int, float | None]]]]
    n_people: Sequence[int]


def trend_of(scopes: Sequence[Scope], key: str) -> Trend:
    """How a dimension changed from day to day; classes nobody was in are left out."""
    counted = [scope.counted.distribution(key) for scope in scopes]
    days = [scope.on.isoformat() for scope in scopes]
    latest = counted[-1].dimension
    used = [one for one in latest.buckets if any(day.n_of(one.key) for day in counted)]
    series = [
        ChartSeries(
            name_of(one),
            [None if (share := day.share_of(one.key)) is None else round(100 * share, 1) for day in counted],
        )
        for one in used
    ]
    chart = Chart(
        kind="line", title=name_of(latest), categories=days, series=series, unit="%", decimals=1, labels=False
    )
    rows = [
        (
            name_of(one),
            [(on, day.n_of(one.key), day.share_of(one.key)) for on, day in zip(days, counted, strict=True)],
        )
        for one in used
    ]
    unknown: list[tuple[str, int, float | None]] = [
        (on, day.n_not_stated + day.n_no_history, None) for on, day in zip(days, counted, strict=True)
    ]
    if any(n for _on, n, _share in unknown):
        rows.append((_("未填或无历史记录"), unknown))
    return Trend(name_of(latest), chart, days, rows, [scope.counted.n_people for scope in scopes])


def cell_words(scope: Scope, cells: Sequence[Cell]) -> list[tuple[str, str]]:
    """Dimension and class of each cell, as the heading of the list behind a number."""
    words = []
    for cell in cells:
        dimension = scope.counted.measure(cell.dimension).dimension
        labels = {bucket.key: name_of(bucket) for bucket in dimension.buckets}
        labels |= {NOT_STATED: _("未填"), UNRECOGNISED: _("无法识别"), NO_HISTORY: _("无历史记录")}
        words.append((name_of(dimension), labels[cell.bucket]))
    return words


@dataclass(frozen=True)
class Known:
    """Of one fact: how many have a value, and the share."""

    key: str
    label: str
    n_known: int
    n_people: int
    url: str

    @property
    def n_missing(self) -> int:
        """Of how many it is not known."""
        return self.n_people - self.n_known

    @property
    def share(self) -> float | None:
        """None of nobody."""
        return self.n_known / self.n_people if self.n_people else None


def known_facts(scope: Scope) -> list[tuple[Question, list[Known]]]:
    """Each structure with the facts it rests on, and how many people have them."""
    return [(one, [_known(scope, key) for key in one.dimensions]) for one in QUESTIONS]


def _known(scope: Scope, key: str) -> Known:
    counted = scope.counted.distribution(key)
    url = scope.url("people", cells=str(Cell(key, NOT_STATED))) if counted.n_not_stated else ""
    return Known(key, name_of(counted.dimension), counted.n_stated, scope.counted.n_people, url)


@dataclass(frozen=True)
class UnitKnown:
    """Of one unit: the share of people with a value, of each structure's first fact."""

    name: str
    pk: int
    n_people: int
    titled: Sequence[tuple[object, float]]


def known_by_unit(scope: Scope) -> list[UnitKnown]:
    """The parts of the unit asked about, with how much is known of each; one query a structure."""
    tables = [scope.counted.crossed(["unit", one.dimensions[0]]) for one in QUESTIONS]
    people = scope.counted.crossed(["unit"])
    rows = []
    for at, bucket in enumerate(people.dimensions[0].buckets):
        n = int(people.counts[at])
        if n:
            titled = [
                (one.title, _share_known(table, at, n)) for one, table in zip(QUESTIONS, tables, strict=True)
            ]
            rows.append(UnitKnown(name_of(bucket), int(bucket.key.removeprefix("unit_")), n, titled))
    return rows


def _share_known(table: CrossTable, at: int, n: int) -> float:
    """Whoever is under “not stated” is not known; of tags a person may stand in several places, there not."""
    return 1 - int(table.counts[at, -1]) / n


@dataclass(frozen=True)
class SourceCount:
    """Values of abilities from one source: how many, of how many people, from when to when."""

    source: str
    n_values: int
    n_people: int
    first: dt.date
    last: dt.date


def ability_sources(scope: Scope) -> list[SourceCount]:
    """Where the ability values of the people come from, and how old they are."""
    rows = AbilityValue.objects.filter(person__in=scope.people.values("pk"), as_of__lte=scope.on)
    counted = (
        rows.order_by()
        .values_list("source")
        .annotate(Count("pk"), Count("person", distinct=True), Min("as_of"), Max("as_of"))
    )
    labels = dict(AbilitySource.choices)
    found = {source: SourceCount(str(labels[source]), *figures) for source, *figures in counted}
    return [found[source] for source in AbilitySource.values if source in found]
