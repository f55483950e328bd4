"""A long search shows its best plan and gap, and can be stopped with it."""

import pytest
from django.contrib.messages import get_messages

from secondment.algorithms.interruption import Interruption
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.jobs.models import Job
from secondment.jobs.registry import JobCancelledError
from secondment.matching.choices import RunState, SideRuleKind
from secondment.matching.errors import NoPlanYetError, RunEndedError
from secondment.matching.models import MatchingRun, Proposal, SideRule
from secondment.matching.progress import found_text, gap_text
from secondment.matching.services import runs
from secondment.matching.services.runs import execute_run, start_run, stop_run
from secondment.matching.services.searching import Searching
from secondment.matching.side_rules.solving import rule_prices
from tests.makers import AT
from tests.matching.campaigns import WEIGHTS, Matched, make_matched, run_now
from tests.pages import text_of

pytestmark = pytest.mark.django_db
FOUND = {"places": [3.0, 3.0], "score": [1.98, 2.0], "seconds": 41}


@pytest.fixture
def matched() -> Matched:
    found = make_matched()
    SideRule.objects.create(
        campaign=found.campaign,
        kind=SideRuleKind.REGION_COUNT,
        values={"attribute": "woman", "most": 3},
        created_by=found.by,
        created_at=AT,
    )
    return found


@pytest.fixture
def run(matched: Matched) -> MatchingRun:
    """A run under way, whose job waits for the commit that does not come."""
    started = start_run(matched.campaign, weights=WEIGHTS, by=matched.by, at=AT)
    MatchingRun.objects.update(state=RunState.RUNNING, progress=FOUND)
    return MatchingRun.objects.select_related("campaign__owner_unit").get(pk=started.pk)


def no_progress(_done: int, _total: int, _doing: str) -> None:
    """Nobody looks."""


def test_the_page_shows_the_best_plan_and_the_gap(run, matched, signed_in) -> None:
    expected = "目前最好的方案总匹配度 198.00，任何方案都不超过 200.00，差距 2.00（1.01%）。已用 41 秒。"
    assert found_text(run) == expected
    page = text_of(signed_in(matched.by).get(f"/matching/runs/{run.pk}/"))
    assert expected in page
    assert "停止并采用目前最好的方案" in page
    fragment = signed_in(matched.by).get(f"/matching/runs/{run.pk}/progress/")
    assert expected in text_of(fragment)
    assert 'hx-swap-oob="true"' in fragment.content.decode()


def test_before_the_score_the_places_are_shown(run) -> None:
    for more in ({}, {"priority 1": [1.0, 1.0]}):
        run.progress = {"places": [2.0, 3.0], "seconds": 1} | more
        assert found_text(run) == (
            "目前最好的方案填补 2 个岗位，任何方案都不超过 3 个；随后比较总匹配度。已用 1 秒。"
        )
    run.progress = {"score": [2.0, 2.0], "seconds": 7}
    assert found_text(run) == (
        "方案总匹配度 200.00，已证明最优；正在比较变动人数和各条规则的影响。已用 7 秒。"
    )
    run.progress = {}
    assert found_text(run) == ""
    run.progress, run.state = FOUND, RunState.DONE
    assert found_text(run) == ""


def test_only_the_last_goal_proves_a_plan(run) -> None:
    """A score compared before the priorities is called neither proven nor final; nor one whose places are not proven."""
    run.progress = {"places": [2.0, 2.0], "early_score": [1.5, 1.5], "seconds": 4}
    assert found_text(run) == (
        "目前最好的方案填补 2 个岗位，总匹配度 150.00；还要按岗位优先级比较，总匹配度可能因此降低。已用 4 秒。"
    )
    unproven = "目前最好的方案总匹配度 150.00，尚未证明填补的岗位和优先岗位最多。已用 4 秒。"
    for before in (
        {"places": [2.0, 3.0]},
        {"places": [2.0, 2.0], "priority 1": [0.0, 1.0], "priority 2": [1.0, 1.0]},
    ):
        run.progress = before | {"score": [1.5, 1.5], "seconds": 4}
        assert found_text(run) == unproven
    run.progress = {"places": [2.0, 2.0], "priority 1": [1.0, 1.0], "score": [1.5, 1.5], "seconds": 4}
    assert "已证明最优" in found_text(run)


@pytest.mark.parametrize(
    ("value", "bound", "text"),
    [
        (2.0, 2.0, "0.00"),
        (2.0, 2.0 + 9e-7, "0.00"),
        (2.0, 2.0 + 3e-6, "0.0003（0.01%）"),
        (2.0, 2.01, "1.00（0.50%）"),
        (2.0, 1.9, "0.00"),
    ],
)
def test_a_gap_is_a_share_of_the_plan(value, bound, text) -> None:
    assert gap_text(value, bound) == text


def test_a_run_is_stopped_once_and_by_its_owner(run, matched, signed_in) -> None:
    client = signed_in(matched.by)
    response = client.post(f"/matching/runs/{run.pk}/stop/")
    assert response.url == f"/matching/runs/{run.pk}/"
    run.refresh_from_db()
    assert run.is_stop_requested
    assert "已请求停止" in text_of(client.get(response.url))
    stop_run(run, by=matched.by, at=AT)
    assert AuditEvent.objects.filter(action="matching_run.stop").count() == 1
    with pytest.raises(NotAllowedError):
        stop_run(run, by=run.campaign.created_by, at=AT)


@pytest.mark.parametrize("state", [RunState.DONE, RunState.FAILED])
def test_a_run_that_has_ended_says_so_also_to_those_who_ask_again(run, matched, signed_in, state) -> None:
    client = signed_in(matched.by)
    client.post(f"/matching/runs/{run.pk}/stop/")
    MatchingRun.objects.update(state=state)
    with pytest.raises(RunEndedError, match="计算已经结束，不能再停止"):
        stop_run(run, by=matched.by, at=AT)
    response = client.post(f"/matching/runs/{run.pk}/stop/")
    said = [str(one) for one in get_messages(response.wsgi_request)]
    assert said[-1] == "计算已经结束，不能再停止。请刷新页面查看结果。"
    assert AuditEvent.objects.filter(action="matching_run.stop").count() == 1


@pytest.mark.parametrize("change", [{"progress": {}}, {"state": RunState.QUEUED}])
def test_without_a_plan_there_is_nothing_to_stop_with(run, matched, signed_in, change) -> None:
    MatchingRun.objects.update(**change)
    with pytest.raises(NoPlanYetError, match="尚未找到可以采用的方案"):
        stop_run(run, by=matched.by, at=AT)
    response = signed_in(matched.by).post(f"/matching/runs/{run.pk}/stop/")
    assert response.url == f"/matching/runs/{run.pk}/"
    assert not AuditEvent.objects.filter(action="matching_run.stop").exists()


def test_a_look_writes_what_was_found_and_passes_the_request_on(run) -> None:
    searching = Searching(run, begun=0.0)
    searching.look()
    run.refresh_from_db()
    assert run.progress == FOUND
    searching.watch("places", 3.0, 3.0)
    searching.watch("score", 1.5, 2.0)
    searching.look()
    run.refresh_from_db()
    assert run.progress["score"] == [1.5, 2.0]
    assert run.progress["seconds"] > 0
    assert not searching.interruption.is_requested
    MatchingRun.objects.update(is_stop_requested=True)
    searching.look()
    assert (searching.interruption.is_requested, searching.is_stopped) == (True, True)


def test_what_was_found_of_later_goals_goes_when_an_earlier_one_is_searched_again(run) -> None:
    searching = Searching(run)
    for found in (("places", 2.0, 2.0), ("early_score", 1.5, 1.5), ("places", 2.0, 3.0)):
        searching.watch(*found)
    assert searching.found == {"places": (2.0, 3.0)}
    searching.watch("priority 1", 1.0, 1.0)
    assert list(searching.found) == ["places", "priority 1"]


def test_a_request_left_by_a_worker_that_died_waits_for_a_plan(run) -> None:
    MatchingRun.objects.update(is_stop_requested=True)
    searching = Searching(run)
    searching.look()
    assert (searching.interruption.is_requested, searching.is_stopped) == (False, True)
    searching.watch("places", 2.0, 3.0)
    assert searching.interruption.is_requested


def test_a_cancelled_job_ends_the_search_too_and_keeps_nothing(run, monkeypatch) -> None:
    Job.objects.filter(pk=run.job_id).update(is_cancel_requested=True)
    searching = Searching(run)
    searching.look()
    assert (searching.interruption.is_requested, searching.is_stopped) == (True, False)

    def progress(done: int, _total: int, _doing: str) -> None:
        if done == 4:
            raise JobCancelledError

    with pytest.raises(JobCancelledError):
        execute_run(run, at=AT, progress=progress)
    assert not Proposal.objects.exists()


def test_a_stopped_run_keeps_its_best_plan_and_says_that_it_is_not_proven(
    run, matched, signed_in, monkeypatch
) -> None:
    """The search is asked to end when it begins, so that it ends with its first plan."""
    MatchingRun.objects.update(is_stop_requested=True)

    def asked(run: MatchingRun) -> Searching:
        searching = Searching(run)
        searching.interruption.request()
        return searching

    monkeypatch.setattr(runs, "Searching", asked)
    proposal = execute_run(run, at=AT, progress=no_progress)
    run.refresh_from_db()
    assert run.report["is_stopped"] is True
    assert run.report["status"] == "stopped_at_limit"
    assert proposal.pairs.count() == run.report["n_assigned"]
    page = text_of(signed_in(matched.by).get(f"/matching/runs/{run.pk}/"))
    assert "经办人在 0 秒时停止，采用当时最好的方案，尚未证明最优" in page


def test_a_run_under_rules_stays_near_and_says_so(matched, django_capture_on_commit_callbacks) -> None:
    equal = {"rank": 10}
    first = run_now(matched, django_capture_on_commit_callbacks, equal)
    with django_capture_on_commit_callbacks(execute=True):
        second = start_run(matched.campaign, weights=equal, by=matched.by, at=AT)
    second.refresh_from_db()
    assert second.report["nearness"]["n_moved"] == 0
    assert second.report["nearness"]["is_proven"] is True
    pairs = "nomination", "campaign_post"
    kept = set(second.proposals.get().pairs.values_list(*pairs))
    assert kept == set(first.pairs.values_list(*pairs))


def test_the_search_has_no_watcher_without_side_rules(
    matched, django_capture_on_commit_callbacks, monkeypatch
) -> None:
    SideRule.objects.all().delete()
    monkeypatch.setattr(runs, "Searching", lambda _run: pytest.fail("not needed"))
    assert run_now(matched, django_capture_on_commit_callbacks).run.progress == {}


def test_prices_of_rules_end_when_asked(matched) -> None:
    interruption = Interruption()
    interruption.request()
    assert rule_prices(None, [None], None, None, before_each=print, interruption=interruption) == []
