"""The draw: exact probabilities over all outcomes, sizes and caps in every sample, uniform chance."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2

from secondment.algorithms.draw import Chance, draw_sample, round_dependently
from secondment.algorithms.inclusion import DrawRules, inclusion_shares
from secondment.algorithms.inclusion_caps import SCALE


class Branches:
    """Follows a fixed list of decisions and keeps the probability of having done so."""

    def __init__(self, script: tuple[bool, ...]) -> None:
        self.script = script
        self.taken = 0
        self.probability = Fraction(1)

    def decide(self, numerator: int, denominator: int) -> bool:
        answer = self.script[self.taken] if self.taken < len(self.script) else True
        share = Fraction(numerator, denominator)
        self.probability *= share if answer else 1 - share
        self.taken += 1
        return answer


def all_samples(
    shares: list[int], strata: list[int], units: list[int]
) -> Iterator[tuple[tuple[int, ...], Fraction]]:
    """Every outcome of the rounding with its exact probability."""
    order = list(range(len(shares)))
    waiting: list[tuple[bool, ...]] = [()]
    while waiting:
        script = waiting.pop()
        branches = Branches(script)
        sample = round_dependently(shares, strata, units, order, branches.decide)
        yield sample, branches.probability
        full = script + (True,) * (branches.taken - len(script))
        waiting += [(*full[:place], False) for place in range(len(script), branches.taken)]


FRAMES = [
    ([1, 2, 3, 4], [0, 0, 0, 0], [-1, -1, -1, -1], DrawRules(2)),
    ([1, 2, 3, 4, 5, 6], [0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 2, 2], DrawRules(3, 0.0, 1)),
    ([1, 1, 1, 1, 1, 1, 1], [0, 0, 0, 0, 1, 1, 1], [0, 1, 0, 1, 0, 1, -1], DrawRules(4, 0.1, 2)),
    ([5, 1, 1, 0, 2, 7, 1], [0, 1, 0, 1, 0, 1, 0], [0, 0, 1, 1, 2, 2, 2], DrawRules(3, 0.05, 2)),
]


@pytest.mark.parametrize(("risks", "strata", "units", "rules"), FRAMES)
def test_inclusion_probabilities_are_exact_over_all_samples(
    risks: list[float], strata: list[int], units: list[int], rules: DrawRules
) -> None:
    inclusion = inclusion_shares(risks, strata, units, rules)
    drawn: Counter[int] = Counter()
    total = Fraction(0)
    exact = [Fraction(0)] * len(risks)
    for sample, probability in all_samples(list(inclusion.shares), strata, units):
        total += probability
        drawn[len(sample)] += 1
        for person in sample:
            exact[person] += probability
        assert Counter(strata[person] for person in sample) == Counter(
            {stratum: size for stratum, size in enumerate(inclusion.stratum_sizes) if size}
        )
        per_unit = Counter(units[person] for person in sample if units[person] >= 0)
        assert max(per_unit.values(), default=0) <= (rules.unit_cap or rules.size)
    assert total == 1
    assert exact == [Fraction(share, SCALE) for share in inclusion.shares]


def test_simulated_frequencies_fit_the_probabilities() -> None:
    risks, strata = [1.0 + person % 7 for person in range(40)], [person % 2 for person in range(40)]
    units = [person // 4 for person in range(40)]
    inclusion = inclusion_shares(risks, strata, units, DrawRules(12, 0.05, 2))
    n_draws = 1500
    counts: Counter[int] = Counter()
    for seed in range(n_draws):
        counts.update(draw_sample(inclusion.shares, strata, units, f"seed {seed}"))
    statistic = 0.0
    for person, share in enumerate(inclusion.shares):
        chance = share / SCALE
        if chance < 1:
            statistic += (counts[person] - n_draws * chance) ** 2 / (n_draws * chance * (1 - chance))
        else:
            assert counts[person] == n_draws
    # Fixed sizes make the counts dependent; they only narrow the spread, so this bound is on the safe side.
    assert statistic < chi2.ppf(0.999, len(risks))


def test_a_draw_is_the_same_for_the_same_text_and_differs_for_another() -> None:
    shares, strata, units = [SCALE // 10] * 100, [0] * 100, [-1] * 100
    first = draw_sample(shares, strata, units, "a")
    assert first == draw_sample(shares, strata, units, "a")
    assert first != draw_sample(shares, strata, units, "b")


@settings(max_examples=50)
@given(st.integers(1, 30), st.integers(0, 10**6), st.data())
def test_sizes_are_fixed_and_whole_people_stay(n: int, seed: int, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, n))
    risks = data.draw(st.lists(st.integers(0, 9), min_size=n, max_size=n))
    units = data.draw(st.lists(st.integers(-1, 4), min_size=n, max_size=n))
    shares = inclusion_shares(risks, [0] * n, [-1] * n, DrawRules(size)).shares
    sample = draw_sample(shares, [0] * n, units, str(seed))
    assert len(sample) == size
    assert {i for i, share in enumerate(shares) if share == SCALE} <= set(sample)
    assert not {i for i, share in enumerate(shares) if share == 0} & set(sample)
    for unit in set(units) - {-1}:
        expected = Fraction(sum(s for s, u in zip(shares, units, strict=True) if u == unit), SCALE)
        assert abs(sum(units[i] == unit for i in sample) - expected) < 1


def test_numbers_below_a_bound_are_uniform_and_never_reach_it() -> None:
    chance = Chance("dice")
    counts = Counter(chance.below(6) for _ in range(6000))
    assert set(counts) == set(range(6))
    assert sum((count - 1000) ** 2 / 1000 for count in counts.values()) < chi2.ppf(0.999, 5)


def test_words_beyond_the_last_full_range_are_thrown_away() -> None:
    # With a bound just above half the range, about half of all words must be refused.
    chance = Chance("refuse")
    bound = 2**63 + 1
    assert all(chance.below(bound) < bound for _ in range(20))


def test_the_stream_is_sha_256_of_text_and_counter() -> None:
    # First eight bytes of SHA-256("x|0").
    assert Chance("x").below(2**64) == int("cb202185fed4758c", 16)
