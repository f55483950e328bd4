"""Flags find what was put there; planning tells what a design is worth."""

from dataclasses import replace

import numpy as np
import pytest

from secondment.algorithms.rating.flag_power import Manipulation, flag_power
from secondment.algorithms.rating.flags import (
    Ballots,
    ballots_of,
    central_tendency,
    identical_ballots,
    speeding,
    straight_lining,
)
from secondment.algorithms.rating.hierarchical import fit_hierarchical
from secondment.algorithms.rating.planning import design_worth, worth_of_one_more
from secondment.algorithms.rating.simulation import CampaignDesign, simulate_campaign

SMALL = CampaignDesign(n_ratees=60, n_host_raters=6, n_common=6, n_common_each=2, n_criteria=4)


def two_ballots(first: list[int], second: list[int]) -> Ballots:
    category = np.array([first, second])
    probability = np.full((*category.shape, 2), 0.5)
    return Ballots(category, probability, np.zeros(2, int), np.zeros(2, int), 2)


def test_identical_ballots_are_counted_against_their_chance() -> None:
    # Three coin-toss criteria agree with chance 1/8: excess 7/8 over SD √(7/64).
    found = identical_ballots(two_ballots([0, 1, 1], [0, 1, 1]))
    np.testing.assert_allclose(found, [(7 / 8) / np.sqrt(7 / 64), 0])
    differing = identical_ballots(two_ballots([0, 1, 1], [0, 1, 0]))
    np.testing.assert_allclose(differing[0], -(1 / 8) / np.sqrt(7 / 64))


def test_marks_not_given_are_neither_agreement_nor_disagreement() -> None:
    found = identical_ballots(two_ballots([0, 1, -1], [0, 1, 0]))
    assert found[0] == pytest.approx((3 / 4) / np.sqrt(3 / 16))
    assert identical_ballots(two_ballots([0, -1, -1], [0, 1, 0]))[0] == 0


def test_straight_ballots_are_counted_against_their_chance() -> None:
    found = straight_lining(two_ballots([1, 1, 1], [0, 1, -1]))
    # Chances 1/4 and 1/2, one straight ballot seen.
    assert found[0] == pytest.approx((1 - 0.75) / np.sqrt(3 / 16 + 1 / 4))


def test_central_tendency_needs_enough_marks() -> None:
    assert central_tendency(np.array([0.3, 0.3, 0.9]), np.array([10, 50, 50])).tolist() == [
        False,
        True,
        False,
    ]


def test_speeding_is_faster_than_reading_or_than_nearly_all() -> None:
    assert speeding(np.array([1.0, 4.0, 5.0])).tolist() == [True, False, False]
    assert speeding(np.arange(10.0, 50.0)).sum() == 2


def test_ballots_leave_out_common_raters() -> None:
    fit = fit_hierarchical(simulate_campaign(SMALL, 1).ratings)
    ballots = ballots_of(fit)
    assert ballots.category.shape == (360, 4)
    np.testing.assert_allclose(ballots.probability.sum(axis=2), 1)


@pytest.mark.parametrize(
    ("manipulation", "flag"),
    [
        (Manipulation.COPIED, "identical"),
        (Manipulation.ALL_TOP, "straight"),
        (Manipulation.STRAIGHT, "straight"),
    ],
)
def test_each_manipulation_has_a_flag_that_finds_it(manipulation: Manipulation, flag: str) -> None:
    found = flag_power(replace(SMALL, n_ratees=100, n_host_raters=10), manipulation, unit_share=0.2, seed=2)
    assert found[flag].auc > 0.8
    assert found[flag].found > 0.3
    assert found[flag].alarms_at_two < 0.15
    assert set(found) == {"leniency", "identical", "straight"}


def test_one_more_common_rater_is_worth_something_and_intervals_are_honest() -> None:
    worth = worth_of_one_more(replace(SMALL, n_ratees=120, n_common_each=1, unit_sd=1.0), n_campaigns=3)
    assert worth.added_hit > -0.05
    assert worth.with_one_more.kendall > worth.now.kendall
    assert worth.with_one_more.reliability > worth.now.reliability
    assert 0.8 < worth.now.coverage < 0.96
    assert worth.now.claimed_hit == pytest.approx(worth.now.hit, abs=0.12)
    assert worth.now.brier < 0.15


def test_hosts_alone_cannot_tell_merit_from_kindness() -> None:
    alone = design_worth(replace(SMALL, n_common_each=0, unit_sd=1.0), n_campaigns=2)
    seen = design_worth(replace(SMALL, n_common_each=3, unit_sd=1.0), n_campaigns=2)
    assert seen.kendall > alone.kendall + 0.1
