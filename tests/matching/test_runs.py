"""A run from click to rows: what is proposed, what is said about it, and what is refused."""

import pytest
from django.utils.translation import override

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState
from secondment.campaigns.lapses import LapsedError
from secondment.campaigns.models import Campaign
from secondment.common.errors import NotAllowedError
from secondment.jobs.models import Job
from secondment.matching.choices import LockKind
from secondment.matching.errors import NotInReviewError, WeightsError
from secondment.matching.models import Lock, MatchingRun, Unplaced
from secondment.matching.services.runs import start_run
from secondment.matching.snapshot import pack, unpack
from secondment.matching.snapshot_facts import take_snapshot
from tests.makers import AT, make_quota, make_user
from tests.matching.campaigns import SILENT_HOST, WEIGHTS, block, holders, make_matched, run_now

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched():
    return make_matched()


@pytest.fixture
def callbacks(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def test_the_best_plan_fills_all_posts_with_the_highest_total(matched, callbacks) -> None:
    proposal = run_now(matched, callbacks)
    # 甲→东 1.0 and 丙→西 1.0; 南 asked nobody and nobody asked for it: 0 each
    assert {unit: name for unit, name in holders(proposal).items() if unit != "南村"} == {
        "东村": "赵甲",
        "西村": "孙丙",
    }
    assert proposal.total_score == pytest.approx(2.0 + SILENT_HOST)
    report = proposal.run.report
    assert (report["status"], report["n_assigned"], report["n_places"], report["n_people"]) == (
        "optimal",
        3,
        3,
        4,
    )
    assert report["bound"] - report["total_score"] == report["gap"] == 0
    assert Job.objects.get(pk=proposal.run.job_id).result["path"] == f"/matching/proposals/{proposal.pk}/"
    actions = list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))
    assert actions[-2:] == ["matching_run.start", "matching_run.finish"]


def test_components_alternatives_and_reasons_are_kept(matched, callbacks) -> None:
    proposal = run_now(matched, callbacks)
    pair = proposal.pairs.get(campaign_post=matched.posts[0])
    assert (pair.score, pair.components["person_preference"], pair.components["specialty"]) == (
        1.0,
        1.0,
        None,
    )
    first, second = pair.alternatives
    assert {first["nomination"], second["nomination"]} <= {one.pk for one in matched.people[1:]}
    assert first["loss"] == 0.4  # 钱乙 wished it first, the host did not name him: 0.6 against 1.0
    assert first["lower"] == ["host_preference"]
    unplaced = proposal.unplaced.get()
    assert "若改派此人到" in unplaced.reason_text


def test_the_snapshot_survives_packing(matched) -> None:
    block(matched, 1, 0)
    block(matched, 3)
    make_quota(matched.campaign, matched.homes[0], release_cap=1)
    snapshot = take_snapshot(matched.campaign)
    again = unpack(pack(snapshot))
    assert pack(again) == pack(snapshot)
    assert again.blocked_by == {3: ("H1",)}
    assert again.group.tolist() == [0, -1, 0, -1]
    assert set(again.ruled_out) == {"H1"}
    assert len(again.admissible) == 8


def test_blocked_people_and_pairs_stay_out_and_are_explained(matched, callbacks) -> None:
    block(matched, 0, rule="H4")
    for post in range(3):
        block(matched, 1, post, rule="H3")
    proposal = run_now(matched, callbacks)
    reasons = {str(one.nomination): one.reason_text for one in proposal.unplaced.all()}
    assert reasons["赵甲"] == "资格审查未通过：H4。"
    assert reasons["钱乙"] == "没有可安排的岗位：各岗位均因资格条件或回避规定不能安排（H3）。"
    shortages = proposal.run.shortages
    assert shortages[0]["kind"] == "posts"
    assert (shortages[0]["n_wanted"], shortages[0]["n_available"]) == (3, 2)
    assert shortages[0]["rules"] == [["H3", 1], ["H4", 1]]
    assert [(one["rule"], one["n_more"]) for one in shortages if one["kind"] == "rule"] == [
        ("H4", 1),
        ("H3", 1),
    ]


def test_a_full_cap_is_named_with_what_one_more_would_free(matched, callbacks) -> None:
    make_quota(matched.campaign, matched.homes[0], release_cap=1)
    block(matched, 3, rule="H9")
    proposal = run_now(matched, callbacks)
    assert proposal.run.report["n_assigned"] == 2
    caps = [one for one in proposal.run.shortages if one["kind"] == "cap"]
    assert [(one["unit"], one["cap"], one["n_more"]) for one in caps] == [(matched.homes[0].pk, 1, 1)]
    assert any("本单位派出人数已达上限；若改派此人到" in one.reason_text for one in proposal.unplaced.all())


def test_locks_are_kept_and_prohibitions_obeyed(matched, callbacks) -> None:
    for person, post, kind in ((0, 1, LockKind.LOCK), (1, 0, LockKind.FORBID)):
        Lock.objects.create(
            campaign=matched.campaign,
            nomination=matched.people[person],
            campaign_post=matched.posts[post],
            kind=kind,
            by=matched.by,
        )
    proposal = run_now(matched, callbacks)
    assert holders(proposal)["西村"] == "赵甲"
    assert holders(proposal)["东村"] != "钱乙"
    assert proposal.pairs.get(nomination=matched.people[0]).is_locked


def test_nobody_fits_once_all_posts_are_locked_to_others(matched, callbacks) -> None:
    make_quota(matched.campaign, matched.homes[1], release_cap=1)
    for person, post in ((0, 0), (1, 1), (2, 2)):
        Lock.objects.create(
            campaign=matched.campaign,
            nomination=matched.people[person],
            campaign_post=matched.posts[post],
            kind=LockKind.LOCK,
            by=matched.by,
        )
    proposal = run_now(matched, callbacks)
    assert [one.reason_text for one in proposal.unplaced.all()] == ["本单位派出人数已达上限，且均已锁定。"]


def _lock(matched, person: int, post: int) -> None:
    Lock.objects.create(
        campaign=matched.campaign,
        nomination=matched.people[person],
        campaign_post=matched.posts[post],
        kind=LockKind.LOCK,
        by=matched.by,
    )


def failed_message(matched, callbacks) -> str:
    with callbacks(execute=True):
        run = start_run(matched.campaign, weights=WEIGHTS, by=matched.by, at=AT)
    run.refresh_from_db()
    assert run.state == "failed"
    return Job.objects.get(pk=run.job_id).message


def test_a_lock_that_a_rule_now_forbids_is_named(matched, callbacks) -> None:
    _lock(matched, 0, 1)
    block(matched, 0, 1)
    assert failed_message(matched, callbacks).startswith("锁定的“赵甲 → 西村 第一书记”不再符合资格条件。")


def test_more_locks_than_places_are_refused(matched, callbacks) -> None:
    _lock(matched, 0, 1)
    _lock(matched, 2, 1)
    assert failed_message(matched, callbacks).startswith("锁定的人选超过了岗位人数")


def test_nothing_to_match_says_so(matched, callbacks) -> None:
    for person in range(4):
        block(matched, person)
    assert failed_message(matched, callbacks).startswith("没有可以匹配的人选和岗位：共 4 名人选、3 个岗位。")


def test_weights_become_the_campaigns_own_and_runs_are_numbered(matched, callbacks) -> None:
    run_now(matched, callbacks)
    assert run_now(matched, callbacks, {"rank": 1}).run.number == 2
    assert Campaign.objects.get().weights == {"rank": 1}


@pytest.mark.parametrize("weights", [{}, {"rank": -1}, {"charm": 3}])
def test_useless_weights_are_refused(matched, weights) -> None:
    with pytest.raises(WeightsError):
        start_run(matched.campaign, weights=weights, by=matched.by, at=AT)


def test_unchecked_people_are_refused(matched) -> None:
    matched.people[0].checked_at = None
    matched.people[0].save()
    with pytest.raises(LapsedError, match="赵甲没有经过资格审查"):
        start_run(matched.campaign, weights=WEIGHTS, by=matched.by, at=AT)


def test_only_a_campaign_under_review_is_matched() -> None:
    matched = make_matched(state=CampaignState.OPEN)
    with pytest.raises(NotInReviewError, match="征集推荐"):
        start_run(matched.campaign, weights=WEIGHTS, by=matched.by, at=AT)
    assert not MatchingRun.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ORGANISATION_DEPARTMENT])
def test_nobody_else_starts_a_run(matched, role) -> None:
    with pytest.raises(NotAllowedError):
        start_run(matched.campaign, weights=WEIGHTS, by=make_user(role, matched.root), at=AT)


def test_reasons_are_told_in_the_readers_language_and_old_ones_as_kept(matched, callbacks) -> None:
    unplaced = run_now(matched, callbacks).unplaced.get()
    assert unplaced.kind == "outscored"
    with override("en"):
        assert str(unplaced).startswith("Every available post")
    assert str(Unplaced(reason="资格审查未通过：H4。")) == "资格审查未通过：H4。"
    assert str(Unplaced(kind="no more")) == "no more"
