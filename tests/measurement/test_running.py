"""Computations: what counts, what is kept, and the same numbers from the command line."""

import json

import pytest

from secondment.accounts.choices import Role
from secondment.cli.main import main
from secondment.common.errors import NotAllowedError
from secondment.measurement.choices import Model, RunState
from secondment.measurement.errors import NothingToMeasureError
from secondment.measurement.inputs import ratee_code, unpacked
from secondment.measurement.models import Run
from secondment.measurement.reading import latest_run, measures_of, posterior_of
from secondment.measurement.services.running import execute_run, fail_run, start_run
from tests.makers import AT, make_unit, make_user
from tests.measurement.scene import make_year, simulated

pytestmark = pytest.mark.django_db


def no_progress(done, total, doing=""):
    """Nobody watches."""


def finished(year, model=Model.HIERARCHICAL) -> Run:
    run = start_run(year.owner, year.appraisal.year, year.standard, model=model, by=year.clerk, at=AT)
    execute_run(run, at=AT, progress=no_progress)
    run.refresh_from_db()
    return run


@pytest.mark.parametrize("model", [Model.HIERARCHICAL, Model.FACETS])
def test_the_command_line_comes_to_the_same_numbers(tmp_path, model):
    year = simulated(make_year(), 12)
    run = finished(year, model)
    file, out = tmp_path / "marks.csv", tmp_path / "out.json"
    file.write_bytes(unpacked(run.inputs))
    assert (
        main(["rate", str(file), "--model", model, "--marks", "40,60,80,100", "--out", str(out), "--quiet"])
        == 0
    )
    told = json.loads(out.read_text())
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


def test_without_an_estimator_there_is_the_plain_tally():
    year = simulated(make_year(), 3, n_signed=0)
    run = finished(year, Model.NONE)
    (first, *_rest) = measures_of(run)
    assert first.plain_score is not None
    assert (first.fair_score, first.subset, first.n_ballots) == (None, None, 8)
    assert posterior_of(run) is None
    assert latest_run(year.owner, 2026, year.standard) == run
    assert latest_run(year.owner, 2025, year.standard) is None


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
