"""Weights by pairwise comparison."""

from itertools import combinations

import pytest
from tests.makers import AT
from tests.standards.scene import Scene

from secondment.standards import services
from secondment.standards.editing import known_judgements
from secondment.standards.errors import ContradictionError
from secondment.standards.models import Indicator, StandardVersion
from secondment.standards.services import Comparison, compared_weights
from secondment.standards.services.weighing import (
    Doubt,
    contradiction_words,
    judgement_words,
    on_scale,
    to_compare,
)


def alike(version: StandardVersion, **values: tuple[int, ...]) -> list[Comparison]:
    """Everything equally important, except where values are given."""
    groups = to_compare(version.indicators.all())
    return [
        Comparison(of, items, values.get(of) or (1,) * len(list(combinations(items, 2))))
        for of, items in groups
    ]


def weigh(scene: Scene, version: StandardVersion, comparisons: list[Comparison]) -> StandardVersion:
    return services.weigh_by_comparison(version, comparisons, by=scene.writer, at=AT)


def test_parts_and_the_indicators_of_each_part_are_compared(scene: Scene) -> None:
    found = to_compare(scene.draft().indicators.all())
    assert [(of, len(items)) for of, items in found] == [
        ("parts", 5),
        ("virtue", 2),
        ("ability", 5),
        ("diligence", 3),
        ("achievement", 3),
        ("integrity", 2),
    ]


def test_everything_alike_gives_each_part_a_fifth(scene: Scene) -> None:
    version = scene.draft()
    weigh(scene, version, alike(version))
    weights = dict(version.indicators.values_list("code", "weight"))
    assert sum(weights.values()) == 100
    assert (weights["politics"], weights["conduct"], weights["mass_work"]) == (10, 10, 4)
    # a fifth among three is 6⅔ each: 96 whole percent, and four more for the first of equal remainders
    assert [weights[one] for one in ("presence", "knowing_place", "team_spirit")] == [7, 7, 7]
    assert [weights[one] for one in ("task_book", "practical_matters", "lasting")] == [7, 6, 6]
    assert weights["long_leave"] == 0


def test_what_matters_three_times_weighs_three_times(scene: Scene) -> None:
    version = scene.draft()
    changed = weigh(scene, version, alike(version, virtue=(3,), integrity=(-3,)))
    weights = dict(version.indicators.values_list("code", "weight"))
    assert (weights["politics"], weights["conduct"]) == (15, 5)
    assert (weights["power"], weights["clean"]) == (5, 15)
    known = known_judgements(changed)
    assert known["politics", "conduct"] == 3
    assert known["conduct", "politics"] == -3
    assert known["party_building", "mass_work"] == 1


def test_a_comparison_begins_with_what_the_present_weights_say(scene: Scene) -> None:
    version = scene.draft()
    known = known_judgements(version)
    assert known["task_book", "lasting"] == 3  # 18 : 5
    assert known["lasting", "task_book"] == -3
    assert known["achievement", "integrity"] == 2
    assert known["politics", "conduct"] == 2  # 1.5 is as near to 1 as it is to 2, in logarithms nearer to 2
    services.set_weights(version, {"politics": 0}, by=scene.writer, at=AT)
    assert ("politics", "conduct") not in known_judgements(version)


@pytest.mark.parametrize(
    ("times", "value"), [(1, 1), (0.9, 1), (1.5, 2), (1 / 1.5, -2), (4, 5), (1 / 3, -3), (50, 9), (0.01, -9)]
)
def test_ratios_are_put_on_the_scale(times: float, value: int) -> None:
    assert on_scale(times) == value


def test_a_part_alone_is_weighed_within_itself(scene: Scene) -> None:
    version = scene.draft(None)
    rows = [
        Indicator(title=title, part="virtue", kind="rated", source="rated") for title in ("一", "二", "三")
    ]
    services.write_indicators(version, rows, by=scene.writer, at=AT)
    weigh(scene, version, alike(version, virtue=(2, 6, 3)))
    assert [one.weight for one in version.indicators.all()] == [60, 30, 10]


@pytest.mark.parametrize(
    ("values", "ratio", "is_fine"),
    [
        ((2, 4, 2), 0.0, True),
        ((1, 4, 3, 3, 4, 4), 0.0994, True),
        ((2, 4, 4, 2, 3, 5), 0.1000, False),
        ((3, -3, 3), 1.149, False),
    ],
)
def test_judgements_are_used_under_a_ratio_of_a_tenth(
    values: tuple[int, ...], ratio: float, is_fine: bool
) -> None:
    items = tuple("abcd")[: 3 if len(values) == 3 else 4]
    found = compared_weights(Comparison("virtue", items, values))
    assert found.ratio == pytest.approx(ratio, abs=1e-4, rel=1e-3)
    assert found.is_consistent == is_fine


def test_just_under_a_tenth_is_written_and_just_over_is_not(scene: Scene) -> None:
    version = scene.draft(None)
    rows = [Indicator(title=one, part="virtue", kind="rated", source="rated") for one in "abcd"]
    services.write_indicators(version, rows, by=scene.writer, at=AT)
    weigh(scene, version, alike(version, virtue=(1, 4, 3, 3, 4, 4)))
    before = [one.weight for one in version.indicators.all()]
    assert sum(before) == 100
    with pytest.raises(ContradictionError, match=r"0\.100，应小于 0\.10"):
        weigh(scene, version, alike(version, virtue=(2, 4, 4, 2, 3, 5)))
    assert [one.weight for one in version.indicators.all()] == before


def test_the_worst_contradiction_is_named_with_what_would_fit(scene: Scene) -> None:
    version = scene.draft()
    # the part 能 over 勤 was typed the wrong way round: 能 is 3 by all other judgements
    parts = (1, 3, 1, 3, -3, 1, 3, -3, 1, 3)
    comparisons = alike(version, parts=parts)
    found = compared_weights(comparisons[0])
    assert found.doubt == Doubt("ability", "diligence", "virtue", -3, 3)
    with pytest.raises(ContradictionError) as refused:
        weigh(scene, version, comparisons)
    assert str(refused.value).startswith("各部分之间：判断前后矛盾，一致性比率为 0.")
    assert "现填“勤的重要性是能的 3 倍”" in str(refused.value)
    assert "推得“能的重要性是勤的 3 倍”" in str(refused.value)
    assert version.indicators.get(code="politics").weight == 12


def test_two_items_never_contradict_each_other() -> None:
    found = compared_weights(Comparison("virtue", ("a", "b"), (9,)))
    assert (found.ratio, found.doubt) == (0, None)
    assert found.shares == pytest.approx({"a": 0.9, "b": 0.1})
    assert contradiction_words(found, []).endswith("0.000，应小于 0.10。")


def test_indicators_that_changed_meanwhile_are_compared_anew(scene: Scene) -> None:
    version = scene.draft()
    comparisons = alike(version)
    services.remove_indicator(version, "mass_work", by=scene.writer, at=AT)
    with pytest.raises(ContradictionError, match="已有增减"):
        weigh(scene, version, comparisons)
    with pytest.raises(ContradictionError, match="不足两项"):
        weigh(scene, scene.draft(None), [])


@pytest.mark.parametrize(("n", "is_fine"), [(10, True), (11, False)])
def test_at_most_ten_are_compared_at_once(scene: Scene, n: int, is_fine: bool) -> None:
    version = scene.draft(None)
    rows = [Indicator(title=f"第{place}", part="virtue", kind="rated", source="rated") for place in range(n)]
    services.write_indicators(version, rows, by=scene.writer, at=AT)
    if is_fine:
        weigh(scene, version, alike(version))
        assert [one.weight for one in version.indicators.all()] == [10] * 10
    else:
        with pytest.raises(ContradictionError, match="最多比较 10 项，现有 11 项"):
            weigh(scene, version, alike(version))


def test_judgements_in_words() -> None:
    assert judgement_words("德", "能", 1) == "德与能同等重要"
    assert judgement_words("德", "能", 3) == "德的重要性是能的 3 倍"
    assert judgement_words("德", "能", -5) == "能的重要性是德的 5 倍"
