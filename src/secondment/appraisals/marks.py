"""Marks of the organisation group before they are written: the scale of each candidate, and what is wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from secondment.appraisals.models import Appraisal, Candidate
from secondment.appraisals.queries import marks_of, rated_indicators, with_people
from secondment.appraisals.recusal import BarredNames, barred_names, spelt
from secondment.common.file_faults import told_whole
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.standards.choices import RaterGroup
from secondment.standards.models import Indicator


@dataclass(frozen=True)
class NewMark:
    """One mark as it is typed: a level from 1, None for 不了解, or blank, which takes back what was marked."""

    rater: str
    candidate: int
    indicator: str
    level: int | None = None
    is_blank: bool = False

    @property
    def key(self) -> tuple[int, str, str]:
        """Which mark it is."""
        return self.candidate, self.indicator, self.rater


@dataclass(frozen=True)
class MarkFault:
    """What is wrong with one of the marks (by its place in the sequence): in which field, and what to do."""

    place: int
    field: str
    fault: Fault

    def __str__(self) -> str:
        return told_whole(self.fault)


@dataclass(frozen=True)
class Scale:
    """Who is marked by whom on what: read once for an appraisal."""

    candidates: Mapping[int, Candidate]
    indicators: Mapping[int, Mapping[str, Indicator]]
    team: frozenset[str]
    barred: BarredNames

    def of(self, candidate: Candidate) -> Mapping[str, Indicator]:
        """The indicators of a candidate's standard that are marked, by code."""
        return self.indicators[candidate.standard_id]


def scale_of(appraisal: Appraisal) -> Scale:
    """A handful of queries at any number."""
    rows = list(with_people(appraisal.candidates.all()))
    rated = rated_indicators(sorted({one.standard_id for one in rows}))
    return Scale(
        {one.pk: one for one in rows},
        {key: {one.code: one for one in indicators} for key, indicators in rated.items()},
        frozenset(one["name"] for one in appraisal.team),
        barred_names(rows),
    )


@dataclass(frozen=True)
class MarksDue:
    """How many marks the organisation group is to give, and has given; without a team nobody can."""

    has_team: bool
    n_due: int
    n_given: int


def marks_due(appraisal: Appraisal) -> MarksDue | None:
    """What counts once the box is sealed; none where no standard gives the group a weight."""
    scale = scale_of(appraisal)
    counted = [
        one for one in scale.candidates.values() if one.standard.group_weights.get(RaterGroup.ORGANISATION)
    ]
    if not counted:
        return None
    kept_out = {
        (name, each.candidate.pk) for name in scale.team for each in scale.barred.get(spelt(name), ())
    }
    n_due = sum(
        len(scale.of(one)) for one in counted for name in scale.team if (name, one.pk) not in kept_out
    )
    given = marks_of(appraisal).filter(candidate__in=[one.pk for one in counted], rater__in=scale.team)
    return MarksDue(bool(scale.team), n_due, given.count())


def faults_of(marks: Sequence[NewMark], scale: Scale) -> Iterator[MarkFault]:
    """Everything that is wrong, each with its remedy."""
    for place, one in enumerate(marks):
        found = _fault_of(one, scale)
        if found is not None:
            yield MarkFault(place, *found)


def _fault_of(one: NewMark, scale: Scale) -> tuple[str, Fault] | None:
    candidate = scale.candidates.get(one.candidate)
    if candidate is None:
        found = gettext_noop("评分对象不在本次测评中")
        return "key", in_chinese(found, gettext_noop("请刷新页面或重新下载评分表后再填"))
    if one.rater not in scale.team:
        found = gettext_noop("“{rater}”不是考核组成员")
        remedy = gettext_noop("请先在考核组成员中加入，或核对姓名")
        return "rater", in_chinese(found, remedy, rater=one.rater)
    name = candidate.placement.person.name
    indicator = scale.of(candidate).get(one.indicator)
    if indicator is None:
        found = gettext_noop("{name}的测评标准中没有评分指标“{indicator}”")
        remedy = gettext_noop("请重新下载评分表后再填")
        return "indicator", in_chinese(found, remedy, name=name, indicator=one.indicator)
    return _fault_of_level(one, candidate, indicator, scale)


def _fault_of_level(
    one: NewMark, candidate: Candidate, indicator: Indicator, scale: Scale
) -> tuple[str, Fault] | None:
    name = candidate.placement.person.name
    is_barred = any(each.candidate.pk == candidate.pk for each in scale.barred.get(spelt(one.rater), ()))
    if is_barred and not one.is_blank:
        found = gettext_noop("{rater}须回避，不能给{name}评分")
        remedy = gettext_noop("请清空，由其他成员评分")
        return "rater", in_chinese(found, remedy, rater=one.rater, name=name)
    highest = len(candidate.standard.level_names)
    if one.level is not None and not 1 <= one.level <= highest:
        found = gettext_noop("{name}“{title}”的档次超出范围")
        remedy = gettext_noop("请填 1 至 {highest}，不了解的填 0")
        values = {"name": name, "title": indicator.title, "highest": highest}
        return "level", in_chinese(found, remedy, **values)
    return None
