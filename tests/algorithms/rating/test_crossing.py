"""Complete tables inside the marks, errors of fair marks, and the campaign made up after one at hand."""

from dataclasses import replace

import numpy as np
import pytest
from tests.algorithms.rating.rating_sets import guilford, make_ratings, ptam4, simulated

from secondment.algorithms.rating.campaign import Effect
from secondment.algorithms.rating.coefficients import Level, krippendorff_alpha, krippendorff_alpha_of_counts
from secondment.algorithms.rating.crossing import (
    complete_table,
    counts_per_unit,
    criterion_means,
    raters_of_all,
)
from secondment.algorithms.rating.facets import fit_facets
from secondment.algorithms.rating.fair_error import facets_fair_errors
from secondment.algorithms.rating.flag_power import Manipulation, calibrate, swayed
from secondment.algorithms.rating.flags import halo
from secondment.algorithms.rating.hierarchical import fit_hierarchical
from secondment.algorithms.rating.hierarchical_report import report_hierarchical
from secondment.algorithms.rating.likeness import design_like
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.scale import ScaleKind
from secondment.algorithms.rating.simulation import CampaignDesign, simulate_campaign

DESIGN = CampaignDesign(n_ratees=60, n_host_raters=6, n_common=6, n_common_each=2, n_criteria=4)


def test_criterion_means_and_what_nobody_marked() -> None:
    ratings = make_ratings([0, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0], [1, 2, 5, 3])
    np.testing.assert_array_equal(criterion_means(ratings), [[1.5, 5], [3, np.nan]])


def test_the_complete_table_is_the_marks_of_those_who_marked_everything() -> None:
    whole = guilford()
    table = complete_table(whole)
    assert table.shape == (7, 5, 3)
    assert table[whole.ratee, whole.criterion, whole.rater].tolist() == whole.mark.tolist()
    kept = np.arange(105) != int(np.flatnonzero(whole.rater == 1)[0])
    short = make_ratings(whole.ratee[kept], whole.rater[kept], whole.criterion[kept], whole.mark[kept])  # type: ignore[arg-type]
    assert raters_of_all(short).tolist() == [0, 2]
    np.testing.assert_array_equal(complete_table(short), table[:, :, [0, 2]])


def test_one_rater_of_everything_is_none_to_compare() -> None:
    with pytest.raises(RatingError, match="only 1 of 2 raters marked every ratee on every criterion"):
        complete_table(make_ratings([0, 1, 0], [0, 0, 1], [0, 0, 0], [1, 2, 3]))


@pytest.mark.parametrize("level", list(Level))
def test_alpha_of_counts_is_alpha_of_the_table(level: Level) -> None:
    ratings = simulated(3, keep=0.5)
    table = np.full((ratings.n_ratees * ratings.n_criteria, ratings.n_raters), np.nan)
    table[ratings.ratee * ratings.n_criteria + ratings.criterion, ratings.rater] = ratings.mark
    values, counts = counts_per_unit(ratings)
    assert krippendorff_alpha_of_counts(values, counts, level) == pytest.approx(
        krippendorff_alpha(table, level)
    )


def test_alpha_is_refused_when_only_lone_marks_differ() -> None:
    with pytest.raises(RatingError, match="two different marks"):
        krippendorff_alpha(np.array([[1, 1], [2, np.nan]]), Level.NOMINAL)


@pytest.mark.parametrize("kind", list(ScaleKind))
def test_the_error_of_a_fair_mark_is_the_slope_times_the_error_of_the_measure(kind: ScaleKind) -> None:
    fit = fit_facets(ptam4(), kind=kind)
    ratees = fit.tables[0]
    usual = np.flatnonzero((ratees.extreme == 0) & (np.abs(ratees.measure - ratees.measure.mean()) < 1))
    order = usual[np.argsort(ratees.measure[usual])]
    # Neighbours far enough apart to give the slope of fair marks between them.
    low, high = order[:-20], order[20:]
    slope = (ratees.fair[high] - ratees.fair[low]) / (ratees.measure[high] - ratees.measure[low])
    found = facets_fair_errors(fit)
    assert np.median(found[low] / (slope * ratees.se[low])) == pytest.approx(1, abs=0.1)
    top, bottom = ptam4().mark.max(), ptam4().mark.min()
    assert ((found > 0) & (found < (top - bottom) / 2)).all()


def test_hierarchical_fair_marks_have_errors_in_marks() -> None:
    fit = fit_hierarchical(simulate_campaign(DESIGN, 1).ratings)
    report = report_hierarchical(fit)
    found = report.fair_se
    assert ((found > 0.05) & (found < 1)).all()
    # An expected mark on four categories never rises by more than their largest variance per logit.
    assert (found <= 2.25 * report.ratee.se).all()


def test_the_likeness_of_a_simulated_campaign_is_its_design() -> None:
    design = replace(DESIGN, n_ratees=120, common_share=0.5)
    found = design_like(fit_hierarchical(simulate_campaign(design, 4).ratings))
    assert (found.n_ratees, found.n_host_raters, found.n_common_each, found.n_criteria) == (120, 6, 2, 4)
    assert (found.n_common, found.n_categories) == (6, 4)
    assert found.common_share == pytest.approx(0.5, abs=0.12)
    assert found.ratee_sd == pytest.approx(1, abs=0.25)
    assert found.impression_sd == pytest.approx(0.5, abs=0.25)


def test_hosts_alone_have_a_likeness_without_common_raters() -> None:
    found = design_like(fit_hierarchical(simulate_campaign(replace(DESIGN, n_common_each=0), 1).ratings))
    assert (found.n_ratees, found.n_common, found.n_common_each) == (100, 0, 0)


def test_a_campaign_without_several_own_raters_has_no_likeness() -> None:
    fit = fit_hierarchical(simulate_campaign(replace(DESIGN, n_host_raters=1), 1).ratings)
    with pytest.raises(RatingError, match="no unit has two raters, so"):
        design_like(fit)


def test_a_rater_whose_impressions_swing_wider_stands_out() -> None:
    made = simulate_campaign(replace(DESIGN, n_ratees=100, n_common=5), 2)
    assert made.ratings.source is not None
    first = int(made.ratings.rater[made.ratings.source == 1].min())
    mine = made.ratings.rater == first
    # All marks of a ballot become top or bottom by the ratee's number: one impression colours everything.
    swung = np.where(made.ratings.ratee % 2 == 0, 4.0, 1.0)
    fit = fit_hierarchical(replace(made.ratings, mark=np.where(mine, swung, made.ratings.mark)))
    ratio = halo(fit)
    assert np.nanargmax(ratio) == first
    assert np.isnan(ratio[:first]).all()
    assert fit.spread.sd[Effect.IMPRESSION] > 0


def test_calibration_gives_limits_and_powers() -> None:
    found = calibrate(replace(DESIGN, n_ratees=100), seed=1)
    assert set(found.power) == set(Manipulation)
    assert 0 < found.infit_limit < 1.2
    assert 0.8 < found.halo_limit < 2
    assert found.power[Manipulation.STRAIGHT]["straight"].limit > 1
    alone = calibrate(replace(DESIGN, n_ratees=100, n_common=0, n_common_each=0), seed=1)
    assert np.isnan([alone.infit_limit, alone.halo_limit, alone.central_found, alone.halo_found]).all()
    assert found.central_found > 0.9


def test_swayed_raters_shun_outer_marks_or_give_one_mark_throughout() -> None:
    made = simulate_campaign(DESIGN, 3).ratings
    ratings, central, haloed = swayed(made, DESIGN)
    assert (len(central), len(haloed)) == (2, 2)
    assert set(ratings.mark[np.isin(ratings.rater, central)]) == {2, 3}
    ballots = ratings.mark[np.isin(ratings.rater, haloed)].reshape(-1, 4)
    assert (ballots == ballots[:, :1]).all()
    others = ~np.isin(ratings.rater, np.concatenate([central, haloed]))
    np.testing.assert_array_equal(ratings.mark[others], made.mark[others])
