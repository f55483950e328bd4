"""Diversity, comparison, gaps and the whole analysis."""

import datetime as dt
import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.algorithms.structure.builders import AS_OF, PERSONS, people_of

from secondment.algorithms.structure.analysis import RetirementOptions, analyse
from secondment.algorithms.structure.comparison import compare, compare_crosses
from secondment.algorithms.structure.counting import CountingError, People
from secondment.algorithms.structure.dimensions import age_dimension, named_values, with_unrecognised
from secondment.algorithms.structure.distribution import Distribution, distribution
from secondment.algorithms.structure.diversity import Diversity, diversity
from secondment.algorithms.structure.targets import Gap, Target, gaps
from secondment.files.structure.dimensions import EDUCATION, RANK, SEX, SPECIALTY, STANDARD

COUNTS = st.lists(st.integers(0, 1000), min_size=1, max_size=12)


def sexes(*codes: int) -> Distribution:
    return distribution(People.from_arrays({"sex": np.array(codes, dtype=np.int8)}), SEX, AS_OF)


def test_diversity_exact_values() -> None:
    assert diversity([1, 1]) == Diversity(pytest.approx(math.log(2)), pytest.approx(1.0), 0.5)
    assert diversity([4, 0]) == Diversity(0.0, 0.0, 0.0)
    assert diversity([2, 1, 1]).blau == pytest.approx(1 - 6 / 16)
    assert diversity([2, 1, 1]).shannon == pytest.approx(1.5 * math.log(2))
    assert diversity([0, 0]) == Diversity(None, None, None)
    assert diversity([3]) == Diversity(0.0, None, 0.0)


@settings(max_examples=50)
@given(COUNTS, st.integers(1, 9), st.randoms(use_true_random=False))
def test_diversity_ignores_order_and_scale_and_keeps_its_bounds(counts, factor: int, random) -> None:
    first = diversity(counts)
    if first.shannon is None or first.blau is None:
        return
    again = diversity([factor * count for count in random.sample(counts, len(counts))])
    assert again.shannon == pytest.approx(first.shannon)
    assert again.blau == pytest.approx(first.blau)
    assert -1e-12 <= first.shannon <= math.log(len(counts)) + 1e-9
    assert -1e-12 <= first.blau <= 1 - 1 / len(counts) + 1e-9


@pytest.mark.parametrize("counts", [[], [-1, 2]])
def test_diversity_refuses_nonsense(counts: list[int]) -> None:
    with pytest.raises(ValueError, match="at least one bucket"):
        diversity(counts)


def test_comparison_exact_values() -> None:
    comparison = compare(sexes(0, 0, 0, 1, -1), sexes(0, 1))
    men = comparison.buckets[0]
    assert (men.n_first, men.n_second, men.share_first, men.share_second) == (3, 1, 0.75, 0.5)
    assert men.share_change == -0.25
    assert comparison.distance == 0.25


def test_comparison_without_known_values_has_no_distance() -> None:
    comparison = compare(sexes(0, 1), sexes(-1))
    assert comparison.distance is None
    assert comparison.buckets[0].share_change is None


def test_comparison_of_several_tags_has_no_distance() -> None:
    people = People.from_arrays({"specialty": np.array([3, 1], dtype=np.int32)})
    counted = distribution(people, SPECIALTY, AS_OF)
    assert counted.has_several_per_person
    assert compare(counted, counted).distance is None


def test_comparison_joins_values_met_in_either() -> None:
    def units(*names: str) -> Distribution:
        people = People.from_arrays({"unit": np.arange(len(names), dtype=np.int32)})
        return distribution(people, named_values("unit", "单位", names), AS_OF)

    comparison = compare(units("甲局", "乙局"), units("乙局", "丙局"))
    assert [(item.key, item.n_first, item.n_second) for item in comparison.buckets] == [
        ("甲局", 1, 0),
        ("乙局", 1, 1),
        ("丙局", 0, 1),
    ]
    assert comparison.distance == 0.5


@settings(max_examples=15)
@given(PERSONS, PERSONS)
def test_comparison_is_symmetric_and_zero_with_itself(first, second) -> None:
    a, b = (distribution(people_of(persons), EDUCATION, AS_OF) for persons in (first, second))
    assert compare(a, a).distance in (0, None)
    there, back = compare(a, b).distance, compare(b, a).distance
    assert there == (pytest.approx(back) if back is not None else None)


def test_comparison_needs_one_dimension() -> None:
    people = people_of([{"birth": 0, "sex": 0, "education": 0, "specialty": 0, "rank": 0}])
    with pytest.raises(ValueError, match="cannot compare sex with education"):
        compare(distribution(people, SEX, AS_OF), distribution(people, EDUCATION, AS_OF))


def target(
    low: str | None, high: str | None, *, share: bool = True, buckets: tuple[str, ...] = ("female",)
) -> Target:
    bounds = [None if bound is None else Fraction(bound) for bound in (low, high)]
    return Target("sex", buckets, share, bounds[0], bounds[1], "示例规划")


@pytest.mark.parametrize(
    ("wish", "needed", "surplus"),
    [
        (target("0.3", None), 1, 0),  # 30 % of 7 is 2.1, so three are wanted and two are there
        (target("2/7", None), 0, 0),
        (target(None, "0.2"), 0, 1),
        (target("2", "2", share=False), 0, 0),
        (target("5", "6", share=False), 3, 0),
        (target(None, "1", share=False), 0, 1),
        (target("1", None, buckets=("female", "male")), 0, 0),
    ],
)
def test_gaps_exact_values(wish: Target, needed: int, surplus: int) -> None:
    counted = sexes(0, 0, 0, 0, 0, 1, 1, -1)
    [gap] = gaps([wish], [counted])
    n_people = 7 if len(wish.buckets) == 2 else 2
    assert gap == Gap(wish, n_people, 7, needed, surplus)
    assert gap.is_met is (needed == surplus == 0)


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        (Target("rank", ("clerk",), False, Fraction(1), None, ""), "rank is not in the analysis"),
        (target("1", None, buckets=("x",)), "no bucket x"),
        (target("1", None, buckets=()), "none given"),
        (target("1", None, buckets=("male", "male")), "occurs twice"),
        (target(None, None), "at least one bound"),
        (target("0.5", "0.4"), "above the upper"),
        (Target("specialty", ("health", "education"), False, Fraction(1), None, ""), "one tag per target"),
    ],
)
def test_targets_that_make_no_sense_are_refused(wish: Target, message: str) -> None:
    tagged = distribution(People.from_arrays({"specialty": np.array([1], dtype=np.int32)}), SPECIALTY, AS_OF)
    with pytest.raises(ValueError, match=message):
        gaps([wish], [sexes(0, 1), tagged])


def test_share_target_with_nobody_known_is_met_by_nobody() -> None:
    [gap] = gaps([target("0.5", "0.6")], [sexes(-1)])
    assert gap.is_met


def test_analysis_counts_what_the_people_have_columns_for() -> None:
    people = people_of(
        [
            {"birth": 19850312, "sex": 0, "education": 1, "specialty": 3, "rank": 3},
            {"birth": 19661200, "sex": 1, "education": 0, "specialty": 0, "rank": -1},
        ]
    )
    analysis = analyse(
        people,
        [age_dimension(), *STANDARD],
        AS_OF,
        crosses=[[SEX, RANK]],
        retirement=RetirementOptions(n_years=2),
    )
    assert [item.dimension.key for item in analysis.distributions] == [
        "age",
        "sex",
        "education",
        "rank",
        "specialty",
    ]
    assert analysis.mean_age == 50.0
    assert analysis.crosses[0].counts[0, 3] == 1
    assert analysis.retirement is not None
    assert (analysis.retirement.n_already_due, analysis.retirement.n_later) == (1, 1)


def test_analysis_without_birth_has_no_age_and_no_forecast() -> None:
    analysis = analyse(People.from_arrays({"sex": np.array([0], dtype=np.int8)}), [SEX], dt.date(2026, 1, 1))
    assert analysis.mean_age is None
    assert analysis.retirement is None


def test_cross_by_a_missing_column_is_an_error() -> None:
    with pytest.raises(CountingError, match="no column for rank"):
        analyse(People.from_arrays({"sex": np.array([0], dtype=np.int8)}), [SEX], AS_OF, crosses=[[RANK]])


def test_share_of_an_unknown_bucket_is_zero() -> None:
    assert sexes(0, 1).n_of("nobody") == 0


def test_cross_comparison_exact_values() -> None:
    """Units that only one side has are matched by name; shares leave out those not stated."""

    def cross(names: list[str], units: list[int], sex: list[int]):
        people = People.from_arrays({"unit": np.array(units), "sex": np.array(sex)})
        return people.cross([named_values("unit", "单位", names), SEX], AS_OF)

    found = compare_crosses(
        cross(["甲局", "乙局"], [0, 0, 0, 1, 1], [0, 0, 1, 1, -1]),
        cross(["乙局", "丙局"], [0, 0, 1, 1], [1, -1, 1, 1]),
    )
    assert [(*cell.labels, cell.n_first, cell.n_second, cell.share_change) for cell in found.cells] == [
        ("甲局", "男", 2, 0, -1 / 2),
        ("甲局", "女", 1, 0, -1 / 4),
        ("乙局", "女", 1, 1, 1 / 3 - 1 / 4),
        ("乙局", "未填", 1, 1, None),
        ("丙局", "女", 0, 2, 2 / 3),
    ]
    assert found.distance == pytest.approx(0.75)
    assert (found.keys, found.labels) == (("unit", "sex"), ("单位", "性别"))


@settings(max_examples=25)
@given(PERSONS, PERSONS)
def test_cross_comparison_is_symmetric_and_agrees_with_the_plain_one(first, second) -> None:
    a, b = (people_of(persons).cross([SEX, EDUCATION], AS_OF) for persons in (first, second))
    there, back = compare_crosses(a, b), compare_crosses(b, a)
    assert compare_crosses(a, a).distance in (0, None)
    assert there.distance == (None if back.distance is None else pytest.approx(back.distance))
    assert sum(cell.n_first for cell in there.cells) == a.counts.sum()
    one, other = (people_of(persons).cross([SEX], AS_OF) for persons in (first, second))
    single = compare(*(distribution(people_of(persons), SEX, AS_OF) for persons in (first, second))).distance
    crossed = compare_crosses(one, other).distance
    assert crossed == (None if single is None else pytest.approx(single))


def test_cross_comparison_of_tags_has_no_shares_and_other_dimensions_are_refused() -> None:
    people = People.from_arrays({"specialty": np.array([3, 1]), "sex": np.array([0, 1])})
    tags, plain = people.cross([SPECIALTY, SEX], AS_OF), people.cross([SEX], AS_OF)
    found = compare_crosses(tags, tags)
    assert found.distance is None
    assert all(cell.share_first is None for cell in found.cells)
    with pytest.raises(ValueError, match="cannot compare"):
        compare_crosses(tags, plain)


def test_unrecognised_values_are_a_bucket_of_their_own() -> None:
    people = People.from_arrays({"sex": np.array([0, 2, -1])})
    counted = distribution(people, with_unrecognised(SEX), AS_OF)
    assert counted.counts == (1, 0, 1)
    assert counted.n_not_stated == 1
    assert counted.share_of("unrecognised") == 0.5
