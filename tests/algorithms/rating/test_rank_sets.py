"""Joint rank intervals, tiers, paired comparisons, funnels and gaps against hand-computed values and brute force."""

import math
from itertools import combinations, permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from secondment.algorithms.rating.funnel import INNER, KEPT, OUTER, funnel_of
from secondment.algorithms.rating.gaps import FALSE_ALARMS, standing_out
from secondment.algorithms.rating.paired import PRIOR_SD, compare_pairs
from secondment.algorithms.rating.rank_sets import MOST_RATEES, joint_ranks, rank_chances
from secondment.algorithms.rating.ranking import Posterior, beats, draw_ranks
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.tiers import chances, find_tiers, gain_of


def posterior(n: int, seed: int, *, error: float = 0.4, n_common: int = 2) -> Posterior:
    random = np.random.default_rng(seed)
    return Posterior(
        random.normal(size=n), error**2 * random.uniform(0.5, 1.5, n), random.normal(0, 0.1, (n, n_common))
    )


def independent(mean, se) -> Posterior:
    return Posterior.independent(np.array(mean, dtype=float), np.array(se, dtype=float))


class TestJointRanks:
    @pytest.mark.parametrize("n", [2, 5, 40])
    @pytest.mark.parametrize("level", [0.5, 0.9])
    def test_all_intervals_hold_together_as_often_as_said(self, n, level):
        of = posterior(n, n)
        sets = joint_ranks(of, level=level, n_draws=20_000)
        ranks = draw_ranks(of, 20_000, seed=77)
        holds = ((ranks >= sets.low) & (ranks <= sets.high)).all(axis=1).mean()
        # ranks are whole numbers: with few of them intervals hold more often
        assert holds >= level - 0.012
        if n == 40:
            assert holds == pytest.approx(level, abs=0.015)

    def test_they_contain_single_intervals_and_the_rank_of_the_mean(self):
        of = posterior(30, 3)
        sets = joint_ranks(of)
        low, high = np.quantile(draw_ranks(of, 4000, 5), [0.1, 0.9], axis=0)
        assert (sets.low <= low).all()
        assert (sets.high >= high).all()
        place = np.argsort(np.argsort(-of.mean)) + 1
        assert ((sets.low <= place) & (place <= sets.high)).all()

    def test_two_who_are_far_apart_have_their_ranks(self):
        sets = joint_ranks(independent([0, 50], [1, 1]))
        assert (sets.low.tolist(), sets.high.tolist()) == ([2, 1], [2, 1])

    def test_what_all_have_in_common_changes_nothing(self):
        of = posterior(12, 4, n_common=1)
        moved = Posterior(of.mean + 3, of.own_variance, of.common + 2.5)
        assert np.allclose(rank_chances(of), rank_chances(moved), atol=1e-12)

    def test_chances_of_ranks_by_integration(self):
        """The best of two: P(rank 1) is P(first > second), by the same integral in closed form."""
        of = independent([0.3, 0.0], [0.5, 0.7])
        exact = float(beats(of, np.array([0]), np.array([1]))[0])
        # a single event is no normal sum, so the middle is only near
        assert rank_chances(of)[0, 0] == pytest.approx(exact, abs=0.12)
        assert rank_chances(of)[:, -1].tolist() == [1, 1]

    def test_chances_of_ranks_against_draws(self):
        of = posterior(25, 8)
        ranks = draw_ranks(of, 40_000, seed=1)
        counted = (ranks[:, :, None] <= np.arange(1, 26)).mean(axis=0)
        assert np.abs(counted - rank_chances(of)).max() < 0.05

    @pytest.mark.parametrize("level", [0, 1, -0.1, 1.5])
    def test_a_level_that_is_no_chance_is_refused(self, level):
        with pytest.raises(RatingError, match="the level must lie between 0 and 1"):
            joint_ranks(posterior(3, 1), level=level)

    def test_too_many_are_refused(self):
        many = MOST_RATEES + 1
        with pytest.raises(RatingError, match=f"up to {MOST_RATEES} ratees, there are {many}"):
            joint_ranks(Posterior.independent(np.arange(many, dtype=float), np.ones(many)))

    @settings(max_examples=25, deadline=None)
    @given(st.integers(2, 9), st.integers(0, 10_000))
    def test_intervals_are_ranks(self, n, seed):
        sets = joint_ranks(posterior(n, seed), n_draws=300)
        assert (sets.low >= 1).all()
        assert (sets.low <= sets.high).all()
        assert (sets.high <= n).all()

    def test_the_same_seed_gives_the_same(self):
        of = posterior(15, 2)
        first, second = joint_ranks(of, seed=4), joint_ranks(of, seed=4)
        assert first.tail == second.tail
        assert (first.low == second.low).all()


class TestTiers:
    @settings(max_examples=40, deadline=None)
    @given(st.integers(1, 8), st.integers(0, 10_000), st.sampled_from([0.5, 0.6, 0.8, 0.95]))
    def test_no_other_division_gains_more(self, n, seed, sure):
        of = posterior(n, seed)
        found = find_tiers(of, sure=sure)
        order = np.argsort(-of.mean)
        best = -math.inf
        fewest = n
        for n_cuts in range(n):
            for cuts in combinations(range(1, n), n_cuts):
                tier = np.empty(n, dtype=int)
                for number, (start, end) in enumerate(zip((0, *cuts), (*cuts, n), strict=True)):
                    tier[order[start:end]] = number
                gain = gain_of(of, tier, sure)
                if gain > best + 1e-9:
                    best, fewest = gain, n_cuts + 1
        assert found.gain == pytest.approx(best, abs=1e-9)
        assert gain_of(of, found.tier, sure) == pytest.approx(best, abs=1e-9)
        assert found.n_tiers == fewest

    @pytest.mark.parametrize("seed", range(6))
    def test_nor_any_that_leaves_the_order_of_means_where_errors_are_alike(self, seed):
        n = 5
        of = independent(np.random.default_rng(seed).normal(size=n), np.full(n, 0.5))
        best = max(
            gain_of(of, np.array(tier), 0.8)
            for tier in product(range(n), repeat=n)
            if set(tier) == set(range(max(tier) + 1))
        )
        assert find_tiers(of).gain == pytest.approx(best, abs=1e-9)

    def test_two_by_hand(self):
        """P(first > second) = Φ(1) = .8413."""
        of = independent([math.sqrt(2), 0], [1, 1])
        chance = stats.norm.cdf(1)
        parted = find_tiers(of, sure=0.84)
        assert parted.tier.tolist() == [0, 1]
        assert (parted.n_tiers, parted.apart) == (2, 1)
        assert parted.discordance == pytest.approx(1 - chance)
        assert parted.gain == pytest.approx(chance / 0.84 - 1)
        together = find_tiers(of, sure=0.842)
        assert (together.tier.tolist(), together.apart, together.discordance) == ([0, 0], 0, 0)

    def test_surer_means_fewer(self):
        of = posterior(60, 5)
        numbers = [find_tiers(of, sure=sure).n_tiers for sure in (0.5, 0.7, 0.9, 0.99)]
        assert numbers == sorted(numbers, reverse=True)
        wrong = [find_tiers(of, sure=sure).discordance for sure in (0.5, 0.7, 0.9, 0.99)]
        assert wrong == sorted(wrong, reverse=True)

    def test_one_alone(self):
        found = find_tiers(independent([1], [1]))
        assert (found.tier.tolist(), found.n_tiers, found.apart) == ([0], 1, 0)

    @pytest.mark.parametrize("sure", [0.49, 1, 1.2])
    def test_a_knob_out_of_range_is_refused(self, sure):
        with pytest.raises(RatingError, match=r"from a chance between 0.5 and 1"):
            find_tiers(posterior(3, 1), sure=sure)

    def test_the_matrix_of_chances(self):
        of = independent([1, 0, 0], [0.3, 0.4, 0])
        matrix = chances(of)
        assert matrix[0, 1] == pytest.approx(stats.norm.cdf(1 / 0.5))
        assert matrix[1, 0] == pytest.approx(1 - matrix[0, 1])
        assert np.diag(matrix).tolist() == [0.5] * 3
        assert np.allclose(matrix + matrix.T, 1)


class TestPairs:
    def test_against_integration(self):
        """Two items, three judgements: the posterior mean of the difference by quadrature."""
        found = compare_pairs(2, [(0, 1), (0, 1), (1, 0)])

        def density(difference):
            p = 1 / (1 + math.exp(-difference))
            return p * p * (1 - p) * math.exp(-(difference**2) / (4 * PRIOR_SD**2))

        norm = integrate.quad(density, -40, 40)[0]
        mean = integrate.quad(lambda x: x * density(x), -40, 40)[0] / norm
        square = integrate.quad(lambda x: x * x * density(x), -40, 40)[0] / norm
        of = found.posterior
        assert of.mean[0] - of.mean[1] == pytest.approx(mean, abs=0.02)
        variance = ((of.common[0] - of.common[1]) ** 2).sum()
        assert variance == pytest.approx(square - mean**2, rel=0.03)

    def test_who_won_everything_is_finite(self):
        found = compare_pairs(3, [(0, 1), (0, 2), (1, 2)])
        assert np.isfinite(found.posterior.mean).all()
        assert np.argsort(-found.posterior.mean).tolist() == [0, 1, 2]
        assert found.n.tolist() == [2, 2, 2]
        assert found.circles == 0

    def test_whom_nobody_compared_stays_where_the_prior_is(self):
        found = compare_pairs(3, [(0, 1)])
        assert found.posterior.mean[2] == pytest.approx(0)
        assert (found.posterior.common[2] ** 2).sum() == pytest.approx(PRIOR_SD**2, rel=1e-6)
        assert found.n.tolist() == [1, 1, 0]

    @pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0)])
    def test_circles_are_counted(self, order):
        a, b, c = order
        assert compare_pairs(3, [(a, b), (b, c), (c, a)]).circles == 1

    def test_a_circle_that_was_taken_back_is_none(self):
        assert compare_pairs(3, [(0, 1), (1, 2), (2, 0), (0, 2)]).circles == 0

    @pytest.mark.parametrize(
        ("outcomes", "words"), [([], "nobody"), ([(1, 1)], "about two"), ([(0, 3)], "about two of 3")]
    )
    def test_what_is_no_comparison_is_refused(self, outcomes, words):
        with pytest.raises(RatingError, match=words):
            compare_pairs(3, outcomes)

    def test_names_do_not_matter(self):
        outcomes = [(0, 1), (1, 2), (0, 2), (2, 1)]
        plain = compare_pairs(3, outcomes).posterior.mean
        for names in permutations(range(3)):
            renamed = compare_pairs(3, [(names[a], names[b]) for a, b in outcomes]).posterior.mean
            assert np.allclose(renamed[list(names)], plain, atol=1e-4)


class TestFunnel:
    def test_by_hand(self):
        # noise 2, n = 4: SE 1; target 5; z = −3, 0, 3 winsorised at ±2.4: φ = 2·5.76/3 / .6787 = 5.6579
        found = funnel_of(np.array([2.0, 5.0, 8.0]), np.array([4, 4, 4]), noise=2.0)
        assert found.target == pytest.approx(5)
        # τ² = (3·5.6579 − 2) / (Σw − Σw²/Σw) = 14.9738 / (3 − 1)
        variance = (3 * 3.84 / KEPT - 2) / 2
        assert found.between == pytest.approx(math.sqrt(variance))
        assert found.z.tolist() == pytest.approx(
            [-3 / math.sqrt(1 + variance), 0, 3 / math.sqrt(1 + variance)]
        )
        assert found.limit(np.array([1]), INNER)[0] == pytest.approx(1.959964 * math.sqrt(4 + variance))
        assert found.limit(np.array([1]), OUTER)[0] == pytest.approx(3.090232 * math.sqrt(4 + variance))

    def test_units_no_more_different_than_chance_have_no_spread(self):
        found = funnel_of(np.array([4.9, 5.0, 5.1]), np.array([4, 9, 25]), noise=2.0)
        assert found.between == 0
        weight = np.array([4, 9, 25])
        assert found.target == pytest.approx((weight * [4.9, 5.0, 5.1]).sum() / 38)

    def test_limits_narrow_with_raters(self):
        found = funnel_of(np.array([1.0, 5.0, 8.0]), np.array([4, 4, 4]), noise=2.0)
        limits = found.limit(np.array([1, 5, 50]), INNER)
        assert (np.diff(limits) < 0).all()

    def test_units_beyond_chance_are_mostly_inside(self):
        random = np.random.default_rng(1)
        n = random.integers(5, 40, 400)
        mean = random.normal(70 + random.normal(0, 4, 400), 12 / np.sqrt(n))
        found = funnel_of(mean, n, noise=12)
        assert found.between == pytest.approx(4, rel=0.15)
        assert np.mean(np.abs(found.z) > 1.96) == pytest.approx(0.05, abs=0.03)

    def test_what_winsorising_keeps(self):
        edge = stats.norm.ppf(0.9)
        inside = integrate.quad(lambda x: x * x * stats.norm.pdf(x), -edge, edge)[0]
        assert pytest.approx(inside + 0.2 * edge**2, abs=1e-9) == KEPT

    @pytest.mark.parametrize(
        ("mean", "n", "noise", "words"),
        [
            ([1, 2], [3, 3], 1, "3 units"),
            ([1, 2, 3], [1, 0, 1], 1, "raters"),
            ([1, 2, 3], [1, 1, 1], 0, "differ"),
        ],
    )
    def test_what_makes_no_funnel_is_refused(self, mean, n, noise, words):
        with pytest.raises(RatingError, match=words):
            funnel_of(np.array(mean, dtype=float), np.array(n), noise)


class TestGaps:
    def test_what_is_usual_is_no_sign(self):
        random = np.random.default_rng(3)
        gap = 8 + random.normal(0, 3, 200)
        gap[:2] = 30
        found = standing_out(gap, np.full(200, 1.0))
        assert found.usual == pytest.approx(8, abs=0.7)
        assert found.between == pytest.approx(math.sqrt(8), rel=0.25)
        assert found.stands_out[:2].all()
        assert found.effect[0] == pytest.approx(30 - found.usual)
        assert found.stands_out[2:].mean() < 0.12

    def test_honest_people_are_flagged_as_often_as_said(self):
        random = np.random.default_rng(5)
        error = random.uniform(1, 3, 60)
        flagged = []
        for seed in range(60):
            gap = random.normal(5, np.sqrt(error**2 + 4))
            found = standing_out(gap, error, seed=seed)
            assert found.false_alarms == pytest.approx(FALSE_ALARMS, abs=0.002)
            flagged.append(found.stands_out.mean())
        assert np.mean(flagged) == pytest.approx(FALSE_ALARMS, abs=0.012)

    def test_both_ways(self):
        gap = np.array([0.0, 0.1, -0.1, 0.05, -0.05, 0.02, -0.02, 0.0, 9.0, -9.0])
        error = np.full(10, 0.1)
        assert np.flatnonzero(standing_out(gap, error).stands_out).tolist() == [8]
        assert np.flatnonzero(standing_out(gap, error, both_ways=True).stands_out).tolist() == [8, 9]

    def test_seven_are_too_few_to_know_what_is_usual(self):
        with pytest.raises(RatingError, match="at least 8 people, there are 7"):
            standing_out(np.arange(7.0), np.ones(7))
        assert len(standing_out(np.arange(8.0), np.ones(8)).z) == 8

    def test_gaps_without_any_difference(self):
        with pytest.raises(RatingError, match="all gaps are alike"):
            standing_out(np.zeros(8), np.zeros(8))
