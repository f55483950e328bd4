"""What may be wrong with a version: limits one below, at and one above."""

from dataclasses import replace
from typing import Any

import pytest

from secondment.people.choices import Category
from secondment.standards.choices import Effect, IndicatorKind, Part
from secondment.standards.content import (
    LONGEST_ANCHOR,
    MOST_INDICATORS,
    Content,
    faults_for_signing,
    faults_of,
    told,
    way_to_full,
)
from secondment.standards.models import Indicator
from secondment.standards.presets import GROUP_PRESETS, LEVEL_NAMES, LEVEL_SCORES, TEMPLATES
from secondment.standards.services.creating import _from_line
from secondment.standards.sources import SOURCES_OF, Source, words_in

ANCHORS = ["弱", "可", "强"]


def rated(title: str = "指标", weight: int = 100, **given: Any) -> Indicator:
    given.setdefault("part", Part.VIRTUE)
    return Indicator(
        code=title, title=title, weight=weight, kind="rated", source="rated", anchors=[*ANCHORS], **given
    )


def counted(**given: Any) -> Indicator:
    given.setdefault("points", [[0, 0], [100, 100]])
    given.setdefault("unit_of_measure", "天")
    return Indicator(
        code="n", title="天数", weight=100, part="diligence", kind="quantitative", source="presence", **given
    )


def content(*indicators: Indicator, **given: Any) -> Content:
    whole = Content(
        ["低", "中", "高"], [40, 70, 100], {"leaders": 60, "organisation": 40}, "办法", indicators
    )
    return replace(whole, **given)


def fields(whole: Content) -> list[tuple[int | None, str]]:
    return [(one.place, one.field) for one in faults_for_signing(whole)]


def test_a_complete_version_has_no_fault() -> None:
    assert fields(content(rated())) == []


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ((59, 40), "现为 99，还差 1（德 59、廉 40）"),
        ((60, 40), ""),
        ((61, 40), "现为 101，多出 1（德 61、廉 40）"),
    ],
)
def test_weights_sum_to_100_and_the_gap_is_named_with_its_place(weights: tuple[int, int], said: str) -> None:
    whole = content(rated("一", weights[0]), rated("二", weights[1], part=Part.INTEGRITY))
    texts = [one.text for one in faults_for_signing(whole)]
    assert (said in texts[0] and len(texts) == 1) if said else texts == []


@pytest.mark.parametrize(("home", "said"), [(39, "还差 1（领导 60、派出单位 39）"), (40, ""), (41, "多出 1")])
def test_weights_of_groups_sum_to_100(home: int, said: str) -> None:
    texts = [
        one.text for one in faults_for_signing(content(rated(), group_weights={"leaders": 60, "home": home}))
    ]
    assert (said in texts[0]) if said else texts == []


def test_nothing_filled_in_is_said_without_a_list() -> None:
    whole = content(rated(weight=0), group_weights={}, group_basis="")
    texts = [told(one, whole.indicators) for one in faults_for_signing(whole)]
    assert texts[0] == "指标：没有权重。请填写 1 至 100 的整数。"
    assert "现为 0，还差 100（都没有填）" in texts[1]
    assert "现为 0，还差 100（都没有填）" in texts[2]
    assert texts[3] == "没有写评议主体权重的依据。请填写文件或理由。"


def test_a_version_without_scored_indicators_is_not_signed() -> None:
    gate = Indicator(
        code="g",
        title="政治表现合格",
        part="virtue",
        kind="gate",
        source="conclusion",
        effect=Effect.LOWEST,
    )
    assert fields(content(gate)) == [(None, "")]
    gate.effect = ""
    assert fields(content(gate)) == [(None, ""), (0, "effect")]


@pytest.mark.parametrize(("n", "is_fine"), [(5, True), (6, True), (7, False)])
def test_the_ballot_of_the_masses_has_six_items(n: int, is_fine: bool) -> None:
    indicators = [rated(f"指标{place}", 10, for_masses=place < n) for place in range(10)]
    whole = content(*indicators, group_weights={"masses": 60, "leaders": 40})
    assert fields(whole) == ([] if is_fine else [(None, "for_masses")])
    if not is_fine:
        assert next(faults_for_signing(whole)).text == "群众票最多 6 项，现有 7 项。请减去 1 项。"


def test_masses_with_a_weight_are_asked_something() -> None:
    assert fields(content(rated(), group_weights={"masses": 60, "leaders": 40})) == [(None, "for_masses")]


@pytest.mark.parametrize("field", ["title", "masses_title"])
@pytest.mark.parametrize(("n", "is_fine"), [(29, True), (30, True), (31, False)])
def test_titles_have_at_most_30_characters(field: str, n: int, is_fine: bool) -> None:
    one = rated(for_masses=True)
    setattr(one, field, "好" * n)
    assert fields(content(one)) == ([] if is_fine else [(0, field)])


@pytest.mark.parametrize(("n", "is_fine"), [(LONGEST_ANCHOR, True), (LONGEST_ANCHOR + 1, False)])
def test_anchors_have_their_length(n: int, is_fine: bool) -> None:
    one = rated()
    one.anchors[1] = "好" * n
    assert fields(content(one)) == ([] if is_fine else [(0, "anchors")])


@pytest.mark.parametrize(("anchors", "n_faults"), [(ANCHORS[:2], 1), (ANCHORS, 0), ([*ANCHORS, "超"], 1)])
def test_there_is_one_anchor_for_each_level(anchors: list[str], n_faults: int) -> None:
    one = rated()
    one.anchors = anchors
    assert fields(content(one)) == [(0, "anchors")] * n_faults


def test_the_levels_without_anchor_are_named() -> None:
    one = rated()
    one.anchors = ["", "可", ""]
    assert next(faults_for_signing(content(one))).text.startswith("“低、高”档没有行为描述")


@pytest.mark.parametrize(("weight", "n_faults"), [(-1, 1), (0, 0), (100, 0), (101, 1)])
def test_a_weight_is_a_percent(weight: int, n_faults: int) -> None:
    assert len(list(faults_of(content(rated(weight=weight))))) == n_faults


@pytest.mark.parametrize("kind", [IndicatorKind.GATE, IndicatorKind.VETO])
def test_gates_and_vetoes_have_no_weight(kind: IndicatorKind) -> None:
    one = Indicator(
        code="g", title="门槛", weight=1, part="virtue", kind=kind, source="conclusion", effect="lowest"
    )
    assert fields(content(rated(), one)) == [(1, "weight")]


@pytest.mark.parametrize("kind", IndicatorKind)
@pytest.mark.parametrize("source", Source)
def test_each_kind_is_read_from_its_sources_alone(kind: IndicatorKind, source: Source) -> None:
    one = Indicator(code="x", title="指标", part="virtue", kind=kind, source=source)
    found = [fault.field for fault in faults_of(content(one))]
    assert found == ([] if source in SOURCES_OF[kind] else ["source"])


@pytest.mark.parametrize(
    ("points", "n_faults"),
    [
        ([[0, 0]], 1),
        ([[0, 0], [100, 100]], 0),
        ([[0, 0], [50, 50], [60, 50], [100, 100]], 0),
        ([[0, 50], [100, 50]], 1),
        ([[0, 50], [100, 40]], 1),
        ([[50, 0], [50, 100]], 1),
        ([[0, 0], [100, 101]], 1),
        ([[0, -1], [100, 100]], 1),
        ([[n, n] for n in range(8)], 0),
        ([[n, n] for n in range(9)], 1),
    ],
)
def test_scoring_rules_rise_with_two_to_eight_points(points: list[list[float]], n_faults: int) -> None:
    assert fields(content(counted(points=points))) == [(0, "points")] * n_faults


def test_a_quantitative_indicator_has_a_rule_and_a_unit_and_is_not_voted_on() -> None:
    assert fields(content(counted(points=[], unit_of_measure=""))) == [
        (0, "points"),
        (0, "unit_of_measure"),
    ]
    assert fields(content(counted(for_masses=True))) == [(0, "for_masses")]
    assert fields(content(rated(points=[[0, 0], [1, 1]]))) == [(0, "points")]


@pytest.mark.parametrize(
    ("names", "scores", "is_fine"),
    [
        (["低", "高"], [40, 100], False),
        (["低", "中", "高"], [0, 50, 100], True),
        (list("一二三四五"), [10, 20, 30, 40, 50], True),
        (list("一二三四五六"), [10, 20, 30, 40, 50, 60], False),
        (["低", "中", "高"], [40, 100], False),
        (["低", "低", "高"], [0, 50, 100], False),
        (["低", "", "高"], [0, 50, 100], False),
        (["低", "中", "高"], [0, 50, 50], False),
        (["低", "中", "高"], [-1, 50, 100], False),
        (["低", "中", "高"], [0, 50, 101], False),
    ],
)
def test_levels_rise_and_are_three_to_five(names: list[str], scores: list[int], is_fine: bool) -> None:
    found = [one.field for one in faults_of(content(level_names=names, level_scores=scores))]
    assert found == ([] if is_fine else ["levels"])


def test_groups_are_known_and_weigh_a_percent() -> None:
    found = [one.field for one in faults_of(content(group_weights={"friends": 10, "leaders": 101}))]
    assert found == ["group_friends", "group_leaders"]


@pytest.mark.parametrize(("n", "is_fine"), [(MOST_INDICATORS, True), (MOST_INDICATORS + 1, False)])
def test_a_standard_has_at_most_so_many_indicators(n: int, is_fine: bool) -> None:
    whole = content(*(rated(f"指标{place}") for place in range(n)))
    assert [one.field for one in faults_of(whole)] == ([] if is_fine else [""])


def test_two_of_a_part_have_different_titles() -> None:
    assert [(one.place, one.field) for one in faults_of(content(rated(), rated()))] == [(1, "title")]
    assert list(faults_of(content(rated(), rated(part=Part.INTEGRITY)))) == []


def test_an_indicator_without_a_title_is_told_by_its_place() -> None:
    whole = content(rated(""))
    assert told(next(faults_of(whole)), whole.indicators) == "第 1 项指标：没有写指标名称。请填写。"


@pytest.mark.parametrize(
    "word",
    ["台账", "痕迹", "照片", "截图", "会议次数", "简报", "宣传报道", "领导批示"],
)
@pytest.mark.parametrize("place", ["title", "masses_title", "anchor"])
def test_words_of_formalism_are_asked_about_with_rule_and_basis(word: str, place: str) -> None:
    one = rated(for_masses=True)
    if place == "anchor":
        one.anchors[2] = f"有{word}"
    else:
        setattr(one, place, f"{word}情况")
    (fault,) = faults_of(content(one))
    assert (fault.place, fault.field) == (0, "word_reason")
    assert f"“{word}”" in fault.text
    assert "整治形式主义为基层减负若干规定" in fault.text
    one.word_reason = "指公益岗位工资台账"
    assert fields(content(one)) == []


def test_a_word_inside_a_longer_one_counts_once() -> None:
    assert words_in(["领导批示两次", "上传照片"]) == ["照片", "领导批示"]
    assert words_in(["目标任务书完成"]) == []


@pytest.mark.parametrize(("total", "words"), [(99, "还差 1"), (101, "多出 1")])
def test_what_is_missing_or_too_much(total: int, words: str) -> None:
    assert way_to_full(total) == words


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.code)
def test_every_template_can_be_signed_unchanged(template: Any) -> None:
    groups = GROUP_PRESETS[template.groups]
    indicators = tuple(_from_line(line) for line in template.lines)
    whole = Content(LEVEL_NAMES, LEVEL_SCORES, groups.weights, groups.basis, indicators)
    assert list(faults_for_signing(whole)) == []


def test_the_templates_are_of_the_three_categories_with_the_weights_of_their_parts() -> None:
    parts = {
        one.category: [sum(line.weight for line in one.lines if line.part == part) for part in Part]
        for one in TEMPLATES
    }
    assert parts == {
        Category.PARTY_GOVERNMENT: [20, 20, 15, 30, 15],
        Category.SPECIALIST: [15, 20, 15, 40, 10],
        Category.ENTERPRISE: [15, 20, 10, 40, 15],
    }


@pytest.mark.parametrize("preset", GROUP_PRESETS.values(), ids=lambda one: one.code)
def test_every_preset_of_groups_sums_to_100_and_has_a_basis(preset: Any) -> None:
    assert sum(preset.weights.values()) == 100
    assert preset.basis
