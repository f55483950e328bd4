"""What the pages of an analysis show: lines of a distribution, its chart, its sentence, the cells of a cross."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from secondment.algorithms.structure.dimensions import (
    NO_HISTORY,
    NOT_STATED,
    Dimension,
)
from secondment.algorithms.structure.distribution import Distribution
from secondment.common.charts import Chart, ChartSeries
from secondment.common.components import Tab
from secondment.common.sentences import joined_sentences, labelled
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
