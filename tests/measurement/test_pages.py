"""Pages of measurement: both orders in one table, files, who reads, and planning."""

import csv
import io

import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.algorithms.rating.ratings import RatingError
from secondment.jobs.models import Job
from secondment.measurement import planning
from secondment.measurement.choices import Model, RunState
from secondment.measurement.errors import NoForecastError
from secondment.measurement.models import Forecast, Run
from secondment.measurement.planning import Plan
from secondment.measurement.reading import measures_of
from secondment.measurement.services.forecasting import fail_forecast, make_forecast, start_forecast
from secondment.measurement.services.looking import fail_look, look_closer
from secondment.measurement.view_models import measure_rows
from tests.makers import AT, make_unit, make_user
from tests.measurement.scene import make_year, simulated
from tests.measurement.test_running import finished, no_progress
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def test_both_orders_stand_in_one_table(signed_in):
    year = simulated(make_year(), 12)
    run = finished(year)
    page = signed_in(year.clerk).get(reverse("measurement:run_detail", args=[run.pk]))
    text = text_of(page)
    for words in (
        "直接统计得分",
        "校准得分",
        "名次变化",
        "结果有多可靠",
        "各单位平均分与评分人数",
        "考核组成员的宽严",
    ):
        assert words in text
    named = {one.measure.candidate.placement.host_unit.name for one in measure_rows(list(measures_of(run)))}
    shown = [str(label) for label in page.context["funnel_chart"].categories]
    assert sorted(shown) == sorted(f"{name}（8 人）" for name in named)
    rows = measure_rows(list(measures_of(run)))
    assert sorted(row.fair_rank for row in rows) == list(range(1, 13))
    assert min(row.plain_rank for row in rows) == 1
    for row in rows:
        assert row.moved == row.own_plain_rank - row.fair_rank
        assert row.measure.rank_low <= row.fair_rank <= row.measure.rank_high


def test_after_a_closer_look_flags_and_the_worth_of_one_more_stand_on_the_page(signed_in):
    year = simulated(make_year(), 12)
    run = finished(year)
    assert "部分提示还在用模拟测评检验" in text_of(
        signed_in(year.clerk).get(reverse("measurement:run_detail", args=[run.pk]))
    )
    assert Job.objects.filter(kind="measurement.look").count() == 1
    n = look_closer(run, progress=no_progress)
    run.refresh_from_db()
    assert n == len(run.results["flags"])
    text = text_of(signed_in(year.leader).get(reverse("measurement:run_detail", args=[run.pk])))
    assert "部分提示还在用模拟测评检验" not in text
    assert "如果每名测评对象再多一名考核组成员评分" in text


def test_a_look_that_was_broken_off_says_so(signed_in):
    run = finished(simulated(make_year(), 12))
    fail_look(run_id=run.pk)
    text = text_of(signed_in(run.requested_by).get(reverse("measurement:run_detail", args=[run.pk])))
    assert "部分提示没有检验完" in text
    assert "部分提示还在用模拟测评检验" not in text


def test_strangers_see_nothing(signed_in):
    year = simulated(make_year(), 3, n_signed=0)
    run = finished(year, Model.NONE)
    host = year.candidates[0].placement.host_unit
    for user in (
        make_user(Role.ORGANISATION_DEPARTMENT, make_unit()),
        make_user(Role.HOST_UNIT, host),
        make_user(Role.SECONDEE, host),
    ):
        answer = signed_in(user).get(reverse("measurement:run_detail", args=[run.pk]))
        assert answer.status_code == 404


def test_leaders_read_and_take_nothing_away(signed_in):
    year = simulated(make_year(), 3)
    run = finished(year)
    client = signed_in(year.leader)
    assert client.get(reverse("measurement:run_detail", args=[run.pk])).status_code == 200
    assert client.get(reverse("measurement:run_results", args=[run.pk])).status_code == 403


def test_results_as_a_file_have_all_digits_and_no_formula(signed_in):
    year = simulated(make_year(), 6)
    run = finished(year)
    person = run.measures.first().candidate.placement.person
    person.name = "=1+1"
    person.save()
    answer = signed_in(year.clerk).get(reverse("measurement:run_results", args=[run.pk]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 7
    assert {"'=1+1"} == {row[1] for row in rows if "=" in row[1]}
    by_code = {row[0]: row for row in rows[1:]}
    for one in run.measures.all():
        row = by_code[f"P{one.candidate_id:07d}"]
        assert (float(row[4]), float(row[6])) == (one.plain_score, one.fair_score)


def test_a_clerk_starts_a_computation(signed_in):
    year = simulated(make_year(), 2)
    client = signed_in(year.clerk)
    page = client.get(reverse("measurement:run_new"))
    assert "2026 年度" in text_of(page)
    answer = client.post(reverse("measurement:run_new"), {"scope": "0", "model": "none"})
    run = Run.objects.get()
    assert answer.url == reverse("measurement:run_detail", args=[run.pk])
    assert "取消计算" in text_of(client.get(answer.url))
    assert client.get(reverse("measurement:run_progress", args=[run.pk])).status_code == 200
    assert client.post(reverse("measurement:run_new"), {"scope": "7", "model": "none"}).status_code == 200
    assert client.get(reverse("measurement:run_list")).status_code == 200


def test_without_closed_ballots_there_is_nothing_to_start(signed_in):
    year = make_year()
    assert "没有可以计算的民主测评" in text_of(signed_in(year.clerk).get(reverse("measurement:run_new")))
    assert signed_in(year.leader).get(reverse("measurement:run_new")).status_code == 403


def test_the_page_of_a_candidate_shows_votes_by_group(signed_in):
    year = make_year()
    host, (candidate,) = year.village()
    year.paper("colleagues", host, [candidate], [[[4, 3, None, 3]]] * 9 + [[[3, 4, 4, 3]]])
    year.paper("leaders", host, [candidate], [[[4, 4, 4, 4]]] * 3)
    year.paper("masses", host, [candidate], [[[2, 2]]] * 4, ("virtue", "ability"))
    year.close()
    run = finished(year, Model.NONE)
    measure = run.measures.get()
    client = signed_in(year.clerk)
    text = text_of(client.get(reverse("measurement:measure_detail", args=[run.pk, measure.pk])))
    for words in ("同事、领导", "13", "群众（服务对象）不足 5 票，不计", "考核组缺票，其权重分摊给其他主体"):
        assert words in text
    assert client.get(reverse("measurement:measure_detail", args=[run.pk, measure.pk + 1])).status_code == 404


def test_planning_begins_with_what_the_papers_say(signed_in):
    year = simulated(make_year(), 4, n_colleagues=7)
    client = signed_in(year.clerk)
    address = reverse("measurement:planning", args=[year.appraisal.pk])
    page = client.get(address)
    assert {
        key: page.context["form"].initial[key] for key in ("people", "host_raters", "items", "levels")
    } == {
        "people": 4,
        "host_raters": 7,
        "items": 4,
        "levels": 4,
    }
    sizes = {"people": 12, "host_raters": 4, "members": 3, "members_each": 2, "items": 3, "levels": 4}
    wrong = client.post(address, sizes | {"members_each": 4})
    assert "不能多于考核组人数" in text_of(wrong)
    assert not Forecast.objects.exists()
    assert client.post(address, sizes).status_code == 302
    made = Forecast.objects.get()
    assert "排队" in text_of(client.get(address))
    assert client.get(reverse("measurement:plan_progress", args=[made.pk])).status_code == 200
    steps = []
    make_forecast(made, progress=lambda done, total, doing: steps.append((done, total)))
    made.refresh_from_db()
    assert made.state == RunState.DONE
    assert steps == [(step, 12) for step in range(12)]
    assert made.result["rater"]["reliability"] > made.result["now"]["reliability"]
    finished(year)
    text = text_of(client.get(address))
    for words in ("每人多一名考核组成员", "多两项指标", "实际结果"):
        assert words in text
    assert client.get(reverse("measurement:plan_list")).status_code == 200
    assert signed_in(year.leader).post(address, sizes).status_code == 403


def test_a_forecast_that_came_to_nothing_is_shown_as_such():
    year = make_year()
    plan = Plan(12, 4, 3, 2, 3, 4)
    made = start_forecast(year.appraisal, plan, by=year.clerk, at=AT)
    fail_forecast(forecast_id=made.pk)
    made.refresh_from_db()
    assert made.state == RunState.FAILED


def test_a_design_that_nothing_can_be_fitted_to_is_refused_in_words(monkeypatch):
    year = make_year()
    made = start_forecast(year.appraisal, Plan(12, 4, 3, 2, 3, 4), by=year.clerk, at=AT)

    def refuse(*_args, **_options):
        raise RatingError("all marks are alike")

    monkeypatch.setattr(planning, "forecast", refuse)
    with pytest.raises(NoForecastError, match="增加评议人"):
        make_forecast(made, progress=no_progress)
