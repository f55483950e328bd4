"""What may be wrong with a version, and why: the same for the editor and for a workbook."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.translation import gettext as _

from secondment.common.sentences import labelled, listed
from secondment.standards.choices import RATED_OR_COUNTED, IndicatorKind, Part, RaterGroup
from secondment.standards.models import CONTENT, Indicator, StandardVersion
from secondment.standards.sources import BASIS, SOURCES_OF, words_in

FULL = 100
LEAST_LEVELS, MOST_LEVELS = 3, 5
MOST_INDICATORS = 40
MOST_FOR_MASSES, LONGEST_FOR_MASSES = 6, 30
LONGEST_ANCHOR = 120
LEAST_POINTS, MOST_POINTS = 2, 8
PARTS = tuple(Part.values)


@dataclass(frozen=True)
class Fault:
    """What is wrong: with the indicator at this place, or with all of them together."""

    place: int | None
    field: str
    text: str


@dataclass(frozen=True)
class Content:
    """Everything of a version that is signed."""

    level_names: Sequence[str]
    level_scores: Sequence[int]
    group_weights: Mapping[str, int]
    group_basis: str
    indicators: Sequence[Indicator] = field(default_factory=tuple)


def content_of(version: StandardVersion) -> Content:
    """A version with its indicators."""
    return Content(
        version.level_names,
        version.level_scores,
        version.group_weights,
        version.group_basis,
        tuple(version.indicators.all()),
    )


def values_of(indicator: Indicator) -> dict[str, object]:
    """What of an indicator is signed."""
    return {name: getattr(indicator, name) for name in CONTENT}


def in_order(indicators: Iterable[Indicator]) -> list[Indicator]:
    """By part, within a part as they stand."""
    return sorted(indicators, key=lambda one: PARTS.index(one.part))


def is_scored(indicator: Indicator) -> bool:
    """Whether it has a weight: gates and vetoes stand apart from any score."""
    return indicator.kind in RATED_OR_COUNTED


def normalise(one: Indicator, n_levels: int) -> None:
    """What a kind does not have is empty, and anchors are as many as levels."""
    one.title, one.masses_title = one.title.strip(), one.masses_title.strip()
    if one.kind == IndicatorKind.RATED:
        kept = max([n_levels, *(place for place, text in enumerate(one.anchors, 1) if text)])
        one.anchors = [*one.anchors, *[""] * n_levels][:kept]
    else:
        one.anchors, one.ability = [], ""
    if one.kind != IndicatorKind.QUANTITATIVE:
        one.unit_of_measure = ""
    if is_scored(one):
        one.effect = ""
    if not one.for_masses:
        one.masses_title = ""


def ballot_title(indicator: Indicator) -> str:
    """How the masses are asked."""
    return indicator.masses_title or indicator.title


def indicator_faults(one: Indicator, n_levels: int) -> Iterator[tuple[str, str]]:
    """What no draft may have: field and sentence."""
    if not one.title:
        yield "title", _("没有写指标名称。请填写。")
    yield from _too_long(one)
    if not 0 <= one.weight <= FULL:
        yield "weight", _("权重应为 0 至 100 的整数。请改正。")
    if one.weight and not is_scored(one):
        yield "weight", _("“%(kind)s”单独判断，不计权重。请把权重改为 0。") % {"kind": one.get_kind_display()}
    if one.source not in SOURCES_OF[one.kind]:
        allowed = listed(source.label for source in SOURCES_OF[one.kind])
        yield (
            "source",
            _("“%(kind)s”指标的依据来源只能是：%(allowed)s。请从中选择。")
            % {"kind": one.get_kind_display(), "allowed": allowed},
        )
    if one.kind == IndicatorKind.RATED and len(one.anchors) > n_levels:
        yield (
            "anchors",
            _("行为描述有 %(n)s 条，评价档次只有 %(levels)s 档。请删去多余的。")
            % {
                "n": len(one.anchors),
                "levels": n_levels,
            },
        )
    if one.for_masses and one.kind != IndicatorKind.RATED:
        yield "for_masses", _("群众票只列评议指标。请去掉“列入群众票”。")
    yield from _points_faults(one)
    words = words_in([one.title, one.masses_title, one.unit_of_measure, *one.anchors])
    if words and not one.word_reason:
        yield (
            "word_reason",
            _("其中有“%(words)s”。%(basis)s。请改用实际成效；确属必要的，写明理由后保存，由签批人审看。")
            % {"words": listed(words), "basis": BASIS},
        )


def faults_of(content: Content) -> Iterator[Fault]:
    """What no draft may have, in all of it."""
    yield from _level_faults(content)
    if len(content.indicators) > MOST_INDICATORS:
        text = _("一套标准最多 %(most)s 项指标，现有 %(n)s 项。请合并或删去。")
        yield Fault(None, "", text % {"most": MOST_INDICATORS, "n": len(content.indicators)})
    seen: dict[tuple[str, str], int] = {}
    for place, one in enumerate(content.indicators):
        for name, text in indicator_faults(one, len(content.level_names)):
            yield Fault(place, name, text)
        if seen.setdefault((one.part, one.title), place) != place:
            yield Fault(place, "title", _("同一部分已有同名指标。请改名或合并。"))
    for group, weight in content.group_weights.items():
        if group not in RaterGroup.values or not 0 <= weight <= FULL:
            text = _("评议主体权重应为 0 至 100 的整数。请改正。")
            yield Fault(None, f"group_{group}", text)


def faults_for_signing(content: Content) -> Iterator[Fault]:
    """What nobody signs: besides the above, whatever is still missing, and weights that do not sum to 100."""
    yield from faults_of(content)
    scored = [one for one in content.indicators if is_scored(one)]
    if not scored:
        yield Fault(None, "", _("还没有计分的指标。请至少写一项。"))
    for place, one in enumerate(content.indicators):
        for name, text in _missing(one, content):
            yield Fault(place, name, text)
    if scored and (text := sum_fault(scored)):
        yield Fault(None, "weight", text)
    yield from _group_faults(content)
    yield from _masses_faults(content)


def told(fault: Fault, indicators: Sequence[Indicator]) -> str:
    """A fault in a list of faults, with the indicator that it is about."""
    if fault.place is None:
        return fault.text
    one = indicators[fault.place]
    name = one.title or _("第 %(n)s 项指标") % {"n": fault.place + 1}
    return labelled(name, fault.text)


def part_weights(indicators: Iterable[Indicator]) -> dict[str, int]:
    """The weight of each part that has one, in order."""
    found: Counter[str] = Counter()
    for one in indicators:
        found[one.part] += one.weight
    return {part: found[part] for part in PARTS if found[part]}


def sum_fault(indicators: Iterable[Indicator]) -> str:
    """By how much the weights miss 100, and where they stand; nothing where they sum to 100."""
    parts = part_weights(indicators)
    total = sum(parts.values())
    if total == FULL:
        return ""
    where = listed(f"{Part(part).label} {weight}" for part, weight in parts.items()) or _("都没有填")
    return _("各项权重合计应为 100，现为 %(total)s，%(way)s（%(where)s）。请调整。") % {
        "total": total,
        "way": way_to_full(total),
        "where": where,
    }


def way_to_full(total: int) -> str:
    """What is missing or too much."""
    gap = FULL - total
    return _("还差 %(n)s") % {"n": gap} if gap > 0 else _("多出 %(n)s") % {"n": -gap}


def _too_long(one: Indicator) -> Iterator[tuple[str, str]]:
    for name, longest in (("title", LONGEST_FOR_MASSES), ("masses_title", LONGEST_FOR_MASSES)):
        if (n := len(getattr(one, name))) > longest:
            text = _("%(n)s 字，超过 %(longest)s 字。请压缩。")
            yield name, text % {"n": n, "longest": longest}
    for level, anchor in enumerate(one.anchors, 1):
        if len(anchor) > LONGEST_ANCHOR:
            text = _("第 %(level)s 档的行为描述 %(n)s 字，超过 %(longest)s 字。请压缩。")
            yield "anchors", text % {"level": level, "n": len(anchor), "longest": LONGEST_ANCHOR}


def _points_faults(one: Indicator) -> Iterator[tuple[str, str]]:
    if not one.points:
        return
    if one.kind != IndicatorKind.QUANTITATIVE:
        yield "points", _("只有量化指标才有计分规则。请删去。")
        return
    if not LEAST_POINTS <= len(one.points) <= MOST_POINTS:
        text = _("计分规则应有 %(least)s 至 %(most)s 个点，现有 %(n)s 个。请改正。")
        yield "points", text % {"least": LEAST_POINTS, "most": MOST_POINTS, "n": len(one.points)}
    if any(not 0 <= score <= FULL for _value, score in one.points):
        yield "points", _("计分规则的得分应在 0 至 100 之间。请改正。")
    steps = list(pairwise(one.points))
    if any(after[0] <= before[0] or after[1] < before[1] for before, after in steps) or (
        steps and one.points[-1][1] <= one.points[0][1]
    ):
        yield "points", _("计分规则应逐点上升：数值一个比一个大，得分不减，末点得分高于首点。请改正。")


def _missing(one: Indicator, content: Content) -> Iterator[tuple[str, str]]:
    if is_scored(one) and not one.weight:
        yield "weight", _("没有权重。请填写 1 至 100 的整数。")
    if one.kind == IndicatorKind.RATED:
        anchors = [*one.anchors, *[""] * len(content.level_names)][: len(content.level_names)]
        empty = [name for name, text in zip(content.level_names, anchors, strict=True) if not text]
        if empty:
            yield "anchors", _("“%(levels)s”档没有行为描述。请每档写一条。") % {"levels": listed(empty)}
    if one.kind == IndicatorKind.QUANTITATIVE:
        if not one.points:
            yield "points", _("没有计分规则。请至少写两个点，例如 0:0；100:100。")
        if not one.unit_of_measure:
            yield "unit_of_measure", _("没有计量单位。请填写，例如天、万元、百分比。")
    if not is_scored(one) and not one.effect:
        yield "effect", _("没有写明不合格（出现）时怎么办。请选择影响。")


def _level_faults(content: Content) -> Iterator[Fault]:
    names, scores = content.level_names, content.level_scores
    if not LEAST_LEVELS <= len(names) <= MOST_LEVELS or len(scores) != len(names):
        text = _("评价档次应有 %(least)s 至 %(most)s 档，每档有名称和分值。请改正。")
        yield Fault(None, "levels", text % {"least": LEAST_LEVELS, "most": MOST_LEVELS})
        return
    if not all(names) or len(set(names)) < len(names):
        yield Fault(None, "levels", _("档次名称不能为空，也不能相同。请改正。"))
    is_rising = all(before < after for before, after in pairwise(scores))
    if not is_rising or scores[0] < 0 or scores[-1] > FULL:
        yield Fault(None, "levels", _("档次分值应从低到高逐档上升，在 0 至 100 之间。请改正。"))


def _group_faults(content: Content) -> Iterator[Fault]:
    weights = {group: content.group_weights.get(group, 0) for group in RaterGroup.values}
    total = sum(weights.values())
    if total != FULL:
        where = listed(f"{RaterGroup(one).label} {n}" for one, n in weights.items() if n) or _("都没有填")
        text = _("评议主体权重合计应为 100，现为 %(total)s，%(way)s（%(where)s）。请调整。")
        words = text % {"total": total, "way": way_to_full(total), "where": where}
        yield Fault(None, "groups", words)
    if not content.group_basis:
        yield Fault(None, "group_basis", _("没有写评议主体权重的依据。请填写文件或理由。"))


def _masses_faults(content: Content) -> Iterator[Fault]:
    asked = [one for one in content.indicators if one.for_masses]
    if len(asked) > MOST_FOR_MASSES:
        text = _("群众票最多 %(most)s 项，现有 %(n)s 项。请减去 %(more)s 项。")
        more = len(asked) - MOST_FOR_MASSES
        yield Fault(None, "for_masses", text % {"most": MOST_FOR_MASSES, "n": len(asked), "more": more})
    if content.group_weights.get(RaterGroup.MASSES) and not asked:
        yield Fault(None, "for_masses", _("群众有权重，群众票上却没有指标。请至少列入一项。"))
