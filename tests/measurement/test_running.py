"""Computations: what counts, what is kept, and the same numbers from the command line."""

import json

import numpy as np
import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.algorithms.rating.tally import CandidateTally, GroupTally, mean_group_weights
from secondment.cli.main import main
from secondment.common.errors import NotAllowedError
from secondment.measurement import inputs
from secondment.measurement.choices import Model, RunState
from secondment.measurement.errors import NothingToMeasureError
from secondment.measurement.exports import rate_command, rate_files
from secondment.measurement.inputs import ratee_code
from secondment.measurement.models import Run
from secondment.measurement.reading import latest_run, measures_of, posterior_of
from secondment.measurement.services.running import execute_run, fail_run, start_run
from tests.makers import AT, make_unit, make_user
from tests.measurement.scene import make_year, simulated
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def no_progress(done, total, doing=""):
    """Nobody watches."""


def finished(year, model=Model.HIERARCHICAL) -> Run:
    run = start_run(year.owner, year.appraisal.year, year.standard, model=model, by=year.clerk, at=AT)
    execute_run(run, at=AT, progress=no_progress)
    run.refresh_from_db()
    return run


@pytest.mark.parametrize(("model", "n_signed"), [(Model.HIERARCHICAL, 3), (Model.FACETS, 6)])
def test_the_command_line_comes_to_the_same_numbers(tmp_path, model, n_signed):
    year = simulated(make_year(), 12, n_colleagues=6, n_signed=n_signed)
    run = finished(year, model)
    for name, content in rate_files(run).items():
        (tmp_path / name).write_bytes(content)
    out = tmp_path / "result.json"
    words = [str(tmp_path / word) if "." in word else word for word in rate_command(run).split()[1:]]
    assert main([*words, "--marks", "40,60,80,100", "--quiet"]) == 0
    told = json.loads(out.read_text())
    assert told["model"] == model
    rows = {row["id"]: row for row in told["facets"]["ratee"]}
    measures = list(measures_of(run))
    assert len(measures) == 12
    for one in measures:
        row = rows[ratee_code(one.candidate_id)]
        assert one.fair_score == pytest.approx(row["fair"], abs=1e-9)
    posterior = posterior_of(run)
    for place, candidate in enumerate(posterior.candidates):
        row = rows[ratee_code(candidate)]
        error = (posterior.merit.own_variance + (posterior.merit.common**2).sum(axis=1)) ** 0.5
        assert error[place] == pytest.approx(row["se"], abs=1e-9)
    assert run.results["subsets"] == told["subsets"] == 1
    assert run.results["reliability"] == pytest.approx(told["reliability"]["ratee"]["reliability"], abs=1e-9)


def test_fair_scores_weigh_groups_and_items_as_the_tally_does():
    """Colleagues have 30 of the 60 percent that voted, and the masses' two items only their own weights."""
    year = simulated(make_year(), 12)
    run = finished(year)
    weights = run.results["weights"]
    assert weights["source"] == pytest.approx({"colleagues": 50, "organisation": 50})
    assert weights["criterion"] == {"ability": 30, "achievement": 20, "diligence": 20, "virtue": 30}
    measures = list(measures_of(run))
    plain, fair = (
        np.mean([getattr(one, name) for one in measures]) for name in ("plain_score", "fair_score")
    )
    assert fair == pytest.approx(plain, abs=1.0)


def test_one_group_voted_for_nobody_in_secret_and_signs_alone():
    """Two villages with colleagues, one with signed marks only: the mean weights say how much each counted."""
    tallies = [
        CandidateTally(8, (group("colleagues", 30, 70.0), group("organisation", 30, 80.0)), 75.0, (), (), 60),
        CandidateTally(3, (group("organisation", 30, 60.0), group("masses", 20, None)), 60.0, (), (), 30),
        CandidateTally(0, (), None, (), (), 0),
    ]
    assert mean_group_weights(tallies) == {"colleagues": 25.0, "organisation": 75.0}
    assert mean_group_weights(tallies[2:]) == {}


def group(name, weight, score):
    return GroupTally(name, (name,), 8, 0.0, score, weight, {})


@pytest.mark.parametrize(("n_colleagues", "is_unlinked"), [(6, False), (7, True)])
def test_the_facets_model_needs_raters_of_several_people(signed_in, n_colleagues, is_unlinked):
    """Six members judge everybody: half of all marks are enough, six of thirteen are not."""
    year = simulated(make_year(), 6, n_colleagues=n_colleagues, n_signed=6)
    run = finished(year, Model.FACETS)
    assert run.results.get("is_unlinked", False) is is_unlinked
    assert all((one.fair_score is None) is is_unlinked for one in measures_of(run))
    text = text_of(signed_in(year.clerk).get(reverse("measurement:run_detail", args=[run.pk])))
    assert ("请改用分层模型重新计算" in text) is is_unlinked
    assert ("不含主体权重和指标权重" in text) is not is_unlinked


@pytest.mark.parametrize(("n_people", "is_said"), [(7, True), (8, False)])
def test_a_result_on_few_people_says_so(signed_in, n_people, is_said):
    year = simulated(make_year(), n_people)
    run = finished(year)
    assert run.results["n_comparable"] == n_people
    text = text_of(signed_in(year.clerk).get(reverse("measurement:run_detail", args=[run.pk])))
    assert ("人与人差别有多大难以估计" in text) is is_said
    assert "按同样的主体权重和指标权重" in text
    assert "按被评人拆开计算" not in text


def test_sheets_that_were_cut_are_told(signed_in, monkeypatch):
    monkeypatch.setattr(inputs, "MOST_SHARED", 4)
    year = make_year()
    host, candidates = year.village(2)
    year.paper(
        "colleagues", host, candidates, [[[4, 3, 3, 4], [2, 3, 3, 2]]] * 4 + [[[3, 3, 4, 4], [3, 2, 3, 2]]]
    )
    for candidate in candidates:
        year.sign("考核组甲", candidate, [4, 3, 3, 2])
    year.close()
    run = finished(year)
    assert run.results["n_cut"] == 5
    text = text_of(signed_in(year.clerk).get(reverse("measurement:run_detail", args=[run.pk])))
    assert "其中 5 张按被评人拆开计算" in text


def test_without_an_estimator_there_is_the_plain_tally():
    year = simulated(make_year(), 3, n_signed=0)
    run = finished(year, Model.NONE)
    (first, *_rest) = measures_of(run)
    assert first.plain_score is not None
    assert (first.fair_score, first.subset, first.n_ballots) == (None, None, 8)
    assert posterior_of(run) is None
    assert latest_run(year.owner, 2026, year.standard) == run
    assert latest_run(year.owner, 2025, year.standard) is None


@pytest.mark.parametrize("n", [4, 5])
def test_a_group_without_a_weight_joins_nobody_and_counts_for_nothing(signed_in, n: int):
    """Whether or not it is large enough to stand alone."""
    year = make_year()
    year.standard.group_weights = {"leaders": 0, "colleagues": 60, "masses": 40}
    year.standard.save()
    host, (candidate,) = year.village()
    year.paper("colleagues", host, [candidate], [[[4, 4, 3, 3]], [[3, 4, 4, 3]]] * 4)
    year.paper("masses", host, [candidate], [[[3, 3, 3, 4]]] * 6)
    paper = year.paper("leaders", host, [candidate], [[[1, 1, 1, 1]]] * n)
    year.close()
    run = finished(year, Model.NONE)
    measure = measures_of(run).get()
    groups = {one["group"]: (tuple(one["members"]), one["n"]) for one in measure.groups["groups"]}
    assert groups == {"colleagues": (("colleagues",), 8), "masses": (("masses",), 6)}
    # colleagues 30 of 90 and 30 of 90 …: virtue 90, ability 100, diligence 90, achievement 80; masses 80, 80, 80, 100
    assert measure.plain_score == pytest.approx(0.6 * (27 + 30 + 18 + 16) + 0.4 * (24 + 24 + 16 + 20))
    assert (measure.n_ballots, run.results["unweighted"]) == (14, [paper.pk])
    text = text_of(signed_in(year.clerk).get(reverse("measurement:run_detail", args=[run.pk])))
    assert "标准没有给权重、不计的票种" in text


def test_villages_that_nobody_links_have_no_number_across():
    year = simulated(make_year(), 4, n_signed=0)
    run = finished(year)
    assert run.results["subsets"] == 4
    assert {one.fair_score for one in measures_of(run)} == {None}
    assert sorted(one.subset for one in measures_of(run)) == [1, 2, 3, 4]


def test_marks_that_carry_nothing_leave_a_reason():
    year = make_year()
    host, (candidate,) = year.village()
    year.paper("colleagues", host, [candidate], [[[4, 4, 4, 4]]] * 6)
    year.close()
    run = finished(year)
    assert "alike" in run.results["refused"]
    assert measures_of(run).get().plain_score == 100


def test_only_the_department_computes_and_only_closed_ballots():
    year = make_year()
    with pytest.raises(NothingToMeasureError):
        start_run(year.owner, 2026, year.standard, model=Model.NONE, by=year.clerk, at=AT)
    for stranger in (year.leader, make_user(Role.ORGANISATION_DEPARTMENT, make_unit())):
        with pytest.raises(NotAllowedError):
            start_run(year.owner, 2026, year.standard, model=Model.NONE, by=stranger, at=AT)


def test_what_ended_without_a_result_is_shown_as_such():
    year = simulated(make_year(), 2)
    run = start_run(year.owner, 2026, year.standard, model=Model.NONE, by=year.clerk, at=AT)
    fail_run(run_id=run.pk)
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    done = finished(year, Model.NONE)
    fail_run(run_id=done.pk)
    done.refresh_from_db()
    assert done.state == RunState.DONE


@pytest.mark.parametrize(("n_voting", "counts"), [(9, True), (10, False)])
def test_a_paper_short_of_two_thirds_counts_for_nothing(n_voting, counts):
    """Six ballots of nine are two thirds, of ten they are not."""
    year = make_year()
    host, (candidate,) = year.village()
    paper = year.paper("colleagues", host, [candidate], [[[4, 3, 3, 4]]] * 5 + [[[3, 3, 4, 4]]])
    for place in range(6, n_voting):
        paper.roster.create(position=place, name=f"示例{place}", standing="drawn")
    year.close()
    run = finished(year)
    measure = measures_of(run).get()
    assert (measure.plain_score is not None) is counts
    assert measure.n_ballots == (6 if counts else 0)
    assert run.results["short"] == ([] if counts else [paper.pk])
