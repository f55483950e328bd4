"""Flags, funnels, forecasts and inputs by hand: what stands out, what is too little to say, what is never spoken of."""

from collections import Counter

import numpy as np
import pytest

from secondment.algorithms.rating.flag_power import Calibration, FlagPower, Manipulation
from secondment.algorithms.rating.flags import Ballots
from secondment.algorithms.rating.rank_sets import MOST_RATEES
from secondment.algorithms.rating.ranking import Posterior
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import Appraisal, Candidate
from secondment.measurement import flags, inputs
from secondment.measurement.choices import Model
from secondment.measurement.estimating import estimate, named_ratings
from secondment.measurement.flags import (
    _shares,
    ballot_flags,
    changes_of_signed,
    gap_flags,
    leaders_over_masses,
)
from secondment.measurement.funnels import ballot_score, funnel_figures
from secondment.measurement.inputs import Cast, counted, inputs_of, read_inputs
from secondment.measurement.measuring import ranks_within
from secondment.measurement.planning import Plan, _changed, worth_beside
from tests.makers import AT
from tests.measurement.scene import make_year, simulated
from tests.measurement.test_running import finished

SCORES, WEIGHTS = [40, 60, 80, 100], {"a": 75.0, "b": 25.0}


def sheet(group, levels, *, unit="U1", candidate=1, rater=""):
    return Cast(group, unit, {candidate: dict(zip("ab", levels, strict=True))}, rater)


def test_a_ballot_in_one_number():
    assert ballot_score({"a": 4, "b": 2}, SCORES, WEIGHTS) == 90
    assert ballot_score({"a": None, "b": 2}, SCORES, WEIGHTS) == 60
    assert ballot_score({"a": None, "c": 2}, SCORES, WEIGHTS) is None


def test_leaders_over_masses_needs_five_of_each():
    ballots = [sheet("leaders", (4, 4))] * 5 + [sheet("masses", (2, 2))] * 4 + [sheet("masses", (None, None))]
    assert leaders_over_masses(ballots, SCORES, WEIGHTS) == {}
    ballots += [sheet("masses", (1, 1))]
    # 100 against (4·60 + 40)/5 = 56; variance 80, error √(80/5)
    assert leaders_over_masses(ballots, SCORES, WEIGHTS)[1] == (pytest.approx(44), pytest.approx(4))


def test_a_change_needs_two_signed_marks_each_year():
    assert changes_of_signed({1: [80, 100]}, {1: [60]}) == {}
    assert changes_of_signed({1: [80]}, {1: [60, 60]}) == {}
    assert changes_of_signed({1: [80, 100]}, {1: [60, 60]})[1] == (30, 10)


def test_a_gap_that_stands_out_is_told_with_its_limit():
    gaps = {key: (10.0 + key % 3, 1.0) for key in range(20)} | {99: (40.0, 1.0)}
    found = gap_flags("leaders_high", gaps)
    (one,) = [flag for flag in found.found if flag["candidate"] == 99]
    assert one["effect"] == pytest.approx(29)
    assert one["statistic"] > one["limit"]
    assert one["false_alarms"] == pytest.approx(0.05, abs=0.001)
    assert found.untried == []
    few = gap_flags("change", dict(list(gaps.items())[:7]))
    assert (few.found, few.untried) == ([], ["change"])


def test_a_funnel_shows_units_of_five_and_more():
    random = np.random.default_rng(1)
    ballots = [
        sheet("masses", random.integers(1, 5, 2).tolist(), unit=f"U{unit}")
        for unit, n in ((1, 4), (2, 5), (3, 9), (4, 30))
        for _ in range(n)
    ]
    ballots += [sheet("organisation", (1, 1), rater="x"), sheet("masses", (None, None), unit="U2")]
    found = funnel_figures(ballots, SCORES, WEIGHTS)
    assert [(one["unit"], one["n"]) for one in found["units"]] == [(2, 5), (3, 9), (4, 30)]
    assert found["units"][0]["inner"] > found["units"][2]["inner"]
    assert found["units"][0]["outer"] > found["units"][0]["inner"]
    assert funnel_figures(ballots[:9], SCORES, WEIGHTS) == {"units": []}
    assert funnel_figures([], SCORES, WEIGHTS) == {"units": []}


def test_what_the_tally_holds_back_is_in_no_mean_of_a_unit():
    ballots = [
        sheet("colleagues", (level, level), unit=f"U{unit}", candidate=unit)
        for unit, levels in ((1, (4, 3)), (2, (3, 2)), (3, (2, 1)))
        for level in levels * 4
    ]
    ballots += [sheet("masses", (1, 1))] * 4
    found = funnel_figures(counted(ballots), SCORES, WEIGHTS)
    assert [(one["unit"], one["n"], one["mean"]) for one in found["units"]] == [
        (1, 8, 90),
        (2, 8, 70),
        (3, 8, 50),
    ]
    both = [Cast("masses", "U1", {1: {"a": 4}, 2: {"a": 1}})] * 4 + [Cast("masses", "U1", {2: {"a": 1}})]
    assert [one.marks for one in counted(both)] == [{2: {"a": 1}}] * 5


def test_shares_of_straight_and_identical_ballots_by_hand():
    category = np.array([[1, 1], [1, 1], [2, 1], [3, 3], [-1, 2]])
    ratee = np.array([0, 0, 0, 1, 1])
    straight, alike = _shares(Ballots(category, np.ones((5, 2, 4)), ratee, ratee, 2))
    assert straight.tolist() == pytest.approx([2 / 3, 1 / 2])
    assert alike.tolist() == pytest.approx([1 / 3, 0])


def test_small_groups_go_in_as_the_tally_counts_them():
    ballots = [sheet("leaders", (4, 4))] * 2 + [sheet("colleagues", (3, None))] * 3
    ballots += [sheet("masses", (2, 2), unit="U2")] * 4 + [
        sheet("organisation", (1, 1), unit="", rater="organisation:x")
    ]
    made = inputs_of(ballots, SCORES, may_cut=True)
    # leaders join colleagues (5 together), four masses are withheld
    assert set(made.columns["source"]) == {"colleagues", "organisation"}
    assert len(made) == 2 * 2 + 3 + 2
    assert set(made.columns["unit"]) == {"U1", ""}
    assert set(made.columns["score"]) == {"100", "80", "40"}
    again = read_inputs(made.as_csv())
    assert again.columns == made.columns


def test_a_unit_with_too_few_of_a_group_is_not_named():
    ballots = [sheet("colleagues", (4, 4), unit="U1")] * 3 + [sheet("colleagues", (4, 3), unit="U2")] * 5
    assert set(inputs_of(ballots, SCORES, may_cut=True).columns["unit"]) == {"", "U2"}


@pytest.mark.parametrize(("most", "n_raters"), [(5, 5), (4, 10)])
def test_too_many_whole_sheets_are_cut_where_signed_marks_link(monkeypatch, most, n_raters):
    monkeypatch.setattr(inputs, "MOST_SHARED", most)
    both = {1: {"a": 4}, 2: {"a": 3}}
    ballots = [Cast("colleagues", "U1", both)] * 5 + [Cast("organisation", "", both, "organisation:x")]
    made = inputs_of(ballots, SCORES, may_cut=True)
    assert len({one for one in made.columns["rater"] if one.startswith("R")}) == n_raters
    assert made.n_cut == (0 if n_raters == 5 else 5)
    whole = inputs_of(ballots, SCORES, may_cut=False)
    assert (whole.n_cut, len(set(whole.columns["rater"]))) == (0, 6)


def test_sheets_that_alone_link_people_stay_whole(monkeypatch):
    monkeypatch.setattr(inputs, "MOST_SHARED", 4)
    ballots = [Cast("colleagues", "U1", {1: {"a": 4}, 2: {"a": 3}})] * 5
    assert len(set(inputs_of(ballots, SCORES, may_cut=True).columns["rater"])) == 5


def test_too_many_people_have_no_joint_ranks():
    n = MOST_RATEES + 1
    of = Posterior.independent(np.arange(n + 2, dtype=float), np.ones(n + 2))
    subset = np.array([0] * n + [1] * 2)
    assert set(ranks_within(of, subset, seed=0)) == {n, n + 1}


ALIKE = {"source": {"organisation": 1.0}, "criterion": {"a": 1.0, "b": 1.0}}


def crossed(n_people=10, n_signed=1):
    random = np.random.default_rng(2)
    ballots = [
        Cast(
            "organisation",
            "",
            {person: {code: int(random.integers(1, 5)) for code in "ab"} for person in range(n_people)},
            f"organisation:{rater}",
        )
        for rater in range(n_signed)
    ]
    return named_ratings(inputs_of(ballots, SCORES, may_cut=True))


def test_marks_without_hosts_carry_no_flags_of_ballots():
    every = ["leniency", "identical", "straight", "central", "halo"]
    for model in (Model.FACETS, Model.HIERARCHICAL):
        found = estimate(crossed(n_signed=3), model, ALIKE)
        assert ballot_flags(found).untried == every
        assert worth_beside(found) == {}


def limits(limit, *, member=np.nan):
    """As if simulated: every ballot statistic is flagged above `limit`."""
    kinds = dict.fromkeys(("leniency", "identical", "straight"), FlagPower(0.9, 0.6, limit, 0.1))
    return lambda _design, seed: Calibration(dict.fromkeys(Manipulation, kinds), member, -member, 0.5, 0.4)


@pytest.mark.django_db
def test_hosts_without_links_show_no_leniency_and_no_member(monkeypatch):
    monkeypatch.setattr(flags, "calibrate", limits(np.inf))
    run = finished(simulated(make_year(), 5, n_signed=0))
    named = named_ratings(read_inputs(inputs.unpacked(run.inputs)))
    found = estimate(named, Model.HIERARCHICAL, run.results["weights"])
    told = ballot_flags(found)
    assert told.untried == ["leniency", "central", "halo"]
    assert told.found == []


@pytest.mark.django_db
def test_flags_name_units_candidates_and_members_but_nobody_who_votes_in_secret(monkeypatch):
    monkeypatch.setattr(flags, "calibrate", limits(-np.inf, member=1e9))
    year = simulated(make_year(), 12, n_signed=4)
    run = finished(year)
    named = named_ratings(read_inputs(inputs.unpacked(run.inputs)))
    found = estimate(named, Model.HIERARCHICAL, run.results["weights"])
    told = ballot_flags(found)
    by_kind = Counter(one["kind"] for one in told.found)
    assert {kind: by_kind[kind] for kind in ("leniency", "identical", "straight")} == {
        "leniency": 12, "identical": 12, "straight": 12
    }  # fmt: skip
    assert by_kind["central"] == 4
    assert {one["rater"] for one in told.found if "rater" in one} == {f"考核组{place}" for place in range(4)}
    lenient = next(one for one in told.found if one["kind"] == "leniency")
    assert (lenient["power"], lenient["false_alarms"], lenient["limit"]) == (0.6, 0.05, -np.inf)
    assert told.untried == []


def test_a_first_common_rater_sees_everybody():
    design = Plan(5, 0, 0, 0, 1, 4).design()
    assert (design.n_ratees, design.n_host_raters, design.n_criteria) == (10, 1, 2)
    more = _changed(design, "rater")
    assert (more.n_common, more.n_common_each, more.common_share) == (1, 1, 1.0)
    assert _changed(design, "items").n_criteria == 4
    assert _changed(design, "now") == design


@pytest.mark.django_db
def test_change_is_measured_between_signed_marks_of_two_years():
    year = make_year()
    _host, candidates = year.village(9)
    before = Appraisal.objects.create(
        owner_unit=year.owner,
        name="上年",
        year=2025,
        state=AppraisalState.CLOSED,
        held_on=year.appraisal.held_on,
        closes_on=year.appraisal.closes_on,
        created_at=AT,
    )
    for place, one in enumerate(candidates):
        earlier = Candidate.objects.create(
            appraisal=before, placement=one.placement, year=2025, standard=year.standard
        )
        year.sign("甲", earlier, [4, 3, 4, None] if place == 0 else [3, 3, 2, 3])
        year.sign("甲", one, [1, 1, 2, 1] if place == 0 else [3, 2, 3, 3])
    year.close()
    run = finished(year, Model.NONE)
    (flag,) = [one for one in run.results["flags"] if one["kind"] == "change"]
    assert flag["candidate"] == candidates[0].pk
    assert flag["effect"] < -40
    assert "leaders_high" in run.results["untried"]
