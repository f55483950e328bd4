"""Inclusion probabilities: floors, proportions, sizes and caps, and contradictions named."""

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from secondment.algorithms.inclusion import DrawRules, inclusion_shares, stratum_sizes
from secondment.algorithms.inclusion_caps import SCALE, DrawError, keep_caps


def sums(shares: tuple[int, ...], labels: list[int]) -> dict[int, Fraction]:
    return {
        label: sum(
            (Fraction(s, SCALE) for s, other in zip(shares, labels, strict=True) if other == label),
            Fraction(0),
        )
        for label in set(labels)
    }


def test_equal_risk_gives_equal_chances() -> None:
    inclusion = inclusion_shares([1.0] * 4, [0] * 4, [-1] * 4, DrawRules(2))
    assert inclusion.shares == (SCALE // 2,) * 4
    assert inclusion.stratum_sizes == (2,)


def test_chances_are_in_proportion_to_risk() -> None:
    inclusion = inclusion_shares([1.0, 2.0, 3.0, 4.0], [0] * 4, [-1] * 4, DrawRules(1))
    assert [share / SCALE for share in inclusion.shares] == pytest.approx([0.1, 0.2, 0.3, 0.4], abs=1e-11)


def test_certain_people_and_floor_are_cut_and_the_rest_stays_in_proportion() -> None:
    inclusion = inclusion_shares([100.0, 2.0, 1.0, 0.0], [0] * 4, [-1] * 4, DrawRules(2, floor=0.1))
    assert [share / SCALE for share in inclusion.shares] == pytest.approx([1, 0.6, 0.3, 0.1], abs=1e-11)


def test_no_risk_in_a_stratum_means_equal_chances_there() -> None:
    inclusion = inclusion_shares([0, 0, 1, 3], [0, 0, 1, 1], [-1] * 4, DrawRules(2))
    assert [share / SCALE for share in inclusion.shares] == pytest.approx([0.5, 0.5, 0.25, 0.75], abs=1e-11)


def test_fewer_at_risk_than_drawn_makes_them_certain() -> None:
    inclusion = inclusion_shares([5, 0, 0, 0], [0] * 4, [-1] * 4, DrawRules(2))
    assert [share / SCALE for share in inclusion.shares] == pytest.approx([1, 1 / 3, 1 / 3, 1 / 3], abs=1e-11)


def test_everyone_is_drawn_when_size_is_the_frame() -> None:
    assert inclusion_shares([0, 1, 2], [0] * 3, [-1] * 3, DrawRules(3)).shares == (SCALE,) * 3


def test_sizes_follow_heads_by_largest_remainder() -> None:
    assert stratum_sizes([50, 30, 20], DrawRules(7)) == [4, 2, 1]
    assert stratum_sizes([1, 1], DrawRules(1)) == [1, 0]


def test_a_floor_gives_small_strata_their_people() -> None:
    assert stratum_sizes([96, 2, 2], DrawRules(4, floor=0.01)) == [2, 1, 1]


def test_one_person_of_every_unit_is_exact() -> None:
    units = [0, 0, 1, 1, 2, 2]
    inclusion = inclusion_shares([9, 1, 1, 1, 1, 1], [0] * 6, units, DrawRules(3, unit_cap=1))
    assert sums(inclusion.shares, units) == {0: 1, 1: 1, 2: 1}


def test_caps_across_strata_are_exact() -> None:
    strata, units = [0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2]
    inclusion = inclusion_shares([1, 2, 3, 4, 5, 6], strata, units, DrawRules(3, unit_cap=1))
    assert sums(inclusion.shares, strata) == {0: 2, 1: 1}
    assert max(sums(inclusion.shares, units).values()) <= 1


@pytest.mark.parametrize(
    ("size", "floor", "cap", "message"),
    [
        (0, 0.0, None, "cannot draw 0 of 4 people"),
        (5, 0.0, None, "cannot draw 5 of 4 people"),
        (1, 0.5, None, "a floor of 0.5 for 4 people needs a size of 2, but the size is 1"),
        (3, 0.0, 1, "a cap of 1 per unit leaves no room for the sizes of the strata and the floor"),
    ],
)
def test_contradictions_are_named(size: int, floor: float, cap: int | None, message: str) -> None:
    with pytest.raises(DrawError) as caught:
        inclusion_shares([1.0] * 4, [0] * 4, [0, 0, 1, 1], DrawRules(size, floor, cap))
    assert str(caught.value) == message


def test_a_floor_that_strata_round_up_is_named() -> None:
    with pytest.raises(DrawError, match="needs 3 people over the strata, but the size is 2"):
        inclusion_shares([1.0] * 3, [0, 1, 2], [-1] * 3, DrawRules(2, floor=0.5))


def test_excess_moves_through_a_third_unit() -> None:
    shares = [SCALE, SCALE // 2, SCALE // 2, 0, 0]
    strata, units = [0, 0, 1, 1, 0], [0, 0, 1, 2, 1]
    keep_caps(shares, strata, units, cap=1, least=0)
    assert max(sums(tuple(shares), units).values()) <= 1
    assert sums(tuple(shares), strata) == {0: Fraction(3, 2), 1: Fraction(1, 2)}


def test_excess_goes_to_people_without_a_unit() -> None:
    shares = [SCALE, SCALE // 2, SCALE // 2]
    keep_caps(shares, [0, 0, 0], [0, 0, -1], cap=1, least=0)
    assert sum(shares[:2]) == SCALE
    assert shares[2] == SCALE


def test_excess_of_a_chain_of_full_units_is_moved_along_it() -> None:
    # Unit 0 has one too many; unit 1 is full, so it has to pass on to unit 2.
    shares = [SCALE, SCALE // 2, SCALE // 2, SCALE // 2, 0]
    strata, units = [0, 1, 1, 2, 2], [0, 0, 1, 1, 2]
    keep_caps(shares, strata, units, cap=1, least=0)
    assert sums(tuple(shares), units) == {0: 1, 1: 1, 2: Fraction(1, 2)}
    assert sums(tuple(shares), strata) == {0: 1, 1: 1, 2: Fraction(1, 2)}


@settings(max_examples=50)
@given(st.data())
def test_every_rule_holds_exactly(data: st.DataObject) -> None:
    n = data.draw(st.integers(1, 25))
    labels = st.lists(st.integers(0, 3), min_size=n, max_size=n)
    raw = data.draw(labels)
    strata = [sorted(set(raw)).index(label) for label in raw]
    units = data.draw(st.lists(st.integers(-1, 5), min_size=n, max_size=n))
    risks = data.draw(st.lists(st.floats(0, 1e6), min_size=n, max_size=n))
    rules = DrawRules(data.draw(st.integers(1, n)), data.draw(st.sampled_from([0.0, 0.01, 0.1])), 2)
    try:
        inclusion = inclusion_shares(risks, strata, units, rules)
    except DrawError:
        assume(False)
    for stratum, total in sums(inclusion.shares, strata).items():
        assert total == inclusion.stratum_sizes[stratum]
    assert sum(inclusion.stratum_sizes) == rules.size
    assert all(total <= 2 for unit, total in sums(inclusion.shares, units).items() if unit >= 0)
    assert all(rules.floor * SCALE - 1 <= share <= SCALE for share in inclusion.shares)
