"""The fewest rules that exclude a pair, and the least that would have to give way: one by one, together, under side rules."""

import pytest
from django.urls import reverse

from secondment.algorithms.side_rules import conflict
from secondment.algorithms.side_rules.conflict import Conflict, ConflictStatus
from secondment.campaigns.models import Quota
from secondment.matching import obstacles
from secondment.matching.choices import LockKind, SideRuleKind
from secondment.matching.models import Lock
from secondment.matching.obstacles import Effort, Kind, Verdict, verdict_on
from secondment.matching.services.plans import ProposalPlan
from secondment.matching.services.side_rules import add_side_rule
from tests.makers import AT, CHECKED, make_nomination, make_person
from tests.matching.campaigns import block, make_matched, run_now
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched():
    return make_matched()


@pytest.fixture
def plan(matched, django_capture_on_commit_callbacks):
    return lambda: ProposalPlan(run_now(matched, django_capture_on_commit_callbacks))


def lock(matched, person: int, post: int, kind: LockKind = LockKind.LOCK) -> Lock:
    return Lock.objects.create(
        campaign=matched.campaign,
        nomination=matched.people[person],
        campaign_post=matched.posts[post],
        kind=kind,
        by=matched.by,
    )


def verdict(plan: ProposalPlan, person: int, post: int, n_findings: int = 0, **limits: float) -> Verdict:
    return verdict_on(plan.snapshot, plan.problem, (person, post), n_findings, Effort(**limits))


def kinds(found) -> list[Kind]:
    return sorted((one.kind for one in found), key=str)


def cap(matched, most: int) -> None:
    Quota.objects.update_or_create(
        campaign=matched.campaign, home_unit=matched.homes[0], defaults={"release_cap": most}
    )


def test_a_pair_that_nothing_excludes_is_possible(plan) -> None:
    found = verdict(plan(), 3, 1)
    assert found == Verdict()
    assert found.is_possible


def test_findings_exclude_each_alone_and_all_must_give_way(plan) -> None:
    found = verdict(plan(), 3, 1, n_findings=2)
    assert kinds(found.smallest) == [Kind.FINDING]
    assert kinds(found.relaxed) == [Kind.FINDING, Kind.FINDING]
    assert not found.is_possible


def test_prohibition_full_post_and_lock_elsewhere_add_up(matched, plan) -> None:
    """李丁 is locked at 南 and ruled out at 西, which 孙丙 fills by a lock: three must give way."""
    lock(matched, 3, 2)
    lock(matched, 2, 1)
    lock(matched, 3, 1, LockKind.FORBID)
    found = verdict(plan(), 3, 1)
    assert len(found.smallest) == 1
    assert kinds(found.relaxed) == [Kind.FORBIDDEN, Kind.LOCK, Kind.LOCK]
    assert {one.at for one in found.relaxed if one.kind is Kind.LOCK} == {(3, 2), (2, 1)}


def test_a_cap_used_up_by_locks_gives_way_itself_or_one_of_them(matched, plan) -> None:
    cap(matched, 1)
    lock(matched, 0, 0)
    found = verdict(plan(), 2, 1)
    assert kinds(found.smallest) == [Kind.CAP, Kind.LOCK]
    assert len(found.relaxed) == 1
    assert verdict(plan(), 0, 0).is_possible  # the locked one itself
    assert verdict(plan(), 3, 1).is_possible  # of another unit
    cap(matched, 2)
    assert verdict(plan(), 2, 1).is_possible


def test_a_post_without_a_place(matched, plan) -> None:
    ready = plan()
    ready.snapshot.headcount[2] = 0
    ready.problem.capacity[2] = 0
    found = verdict(ready, 3, 2)
    assert kinds(found.smallest) == kinds(found.relaxed) == [Kind.NO_PLACE]


def test_side_rules_exclude_together_with_locks(matched, plan) -> None:
    """Both of the team (东, 西) must have the specialty or one at least; only 孙丙 has it, and 赵甲 is locked to 东."""
    matched.people[2].person.specialties.create(tag="health")
    for post in matched.posts[:2]:
        post.team = "一组"
        post.save(update_fields=["team"])
    add_side_rule(
        matched.campaign, SideRuleKind.TEAM_SKILL, {"specialty": "health", "least": 1}, by=matched.by, at=AT
    )
    assert verdict(plan(), 3, 1).is_possible  # 孙丙 may still go to 东
    lock(matched, 0, 0)
    ready = plan()
    found = verdict(ready, 3, 1)
    assert kinds(found.smallest) == [Kind.LOCK, Kind.SIDE_RULE]
    assert (len(found.relaxed), found.is_proven) == (1, True)
    assert verdict(ready, 2, 1).is_possible
    blocked = verdict(ready, 3, 1, n_findings=1)
    assert len(blocked.relaxed) == 2


def test_a_cap_that_a_side_rule_needs_and_a_full_post_are_found_by_the_search(matched, plan) -> None:
    """钱乙 is locked to 东; only 赵甲 has what the team (东, 西) needs, and 甲厅 releases one: 孙丙 can go nowhere."""
    matched.people[0].person.specialties.create(tag="health")
    for post in matched.posts[:2]:
        post.team = "一组"
        post.save(update_fields=["team"])
    add_side_rule(
        matched.campaign, SideRuleKind.TEAM_SKILL, {"specialty": "health", "least": 1}, by=matched.by, at=AT
    )
    cap(matched, 1)
    lock(matched, 1, 0)
    ready = plan()
    found = verdict(ready, 2, 2)
    assert kinds(found.smallest) == [Kind.CAP, Kind.LOCK, Kind.SIDE_RULE]
    assert len(found.relaxed) == 1
    ready.snapshot.headcount[2] = 0
    ready.problem.capacity[2] = 0
    full = verdict(ready, 2, 2)
    assert kinds(full.smallest) == [Kind.NO_PLACE]
    assert len(full.relaxed) == 2


def test_the_page_says_it_for_every_wish_and_any_post(matched, client, plan) -> None:
    block(matched, 3, 1, "H4")
    lock(matched, 0, 0)
    cap(matched, 2)
    proposal = plan().proposal
    client.force_login(matched.by)
    url = reverse("matching:person_obstacles", args=[proposal.pk, matched.people[3].pk])
    text = text_of(client.get(url))  # the only wish: 东, which 赵甲 is locked to
    assert "本人志愿： 1. 东村 第一书记" in text
    assert "使其不可能的最少规则 锁定：赵甲 → 东村 第一书记 解除这项锁定。" in text
    text = text_of(client.get(url, {"post": matched.posts[1].pk}))
    assert "示例事实 示例依据" in text
    held = client.get(url, {"post": matched.posts[2].pk})
    assert "本方案就安排在此岗位。" in text_of(held) or "没有规则使其不可能" in text_of(held)
    matched.people[3].preferences.all().delete()
    assert "本人没有填报志愿" in text_of(client.get(url))
    assert client.get(url, {"post": 999999}).status_code == 404
    listed = text_of(client.get(reverse("matching:unplaced_list", args=[proposal.pk])))
    assert "志愿为何不成" in listed


def test_a_search_cut_short_claims_nothing(matched, plan, monkeypatch) -> None:
    for post in matched.posts[:2]:
        post.team = "一组"
        post.save(update_fields=["team"])
    add_side_rule(matched.campaign, SideRuleKind.WHOLE_TEAM, {}, by=matched.by, at=AT)
    ready = plan()
    unknown = Conflict(ConflictStatus.UNKNOWN, (), 0, (1, 0, 1), 0)
    monkeypatch.setattr(conflict, "find_conflict", lambda _market, **_limits: unknown)
    found = verdict(ready, 3, 1)
    assert (found.is_proven, found.is_possible, found.smallest) == (False, False, ())


@pytest.mark.parametrize(("most_probes", "is_proven"), [(0, False), (40, True)])
def test_a_search_within_a_request_counts_its_steps(
    matched, client, plan, monkeypatch, most_probes, is_proven
) -> None:
    """However slow or fast the machine is: without a question to the solver nothing is proven, and the page says so."""
    for post in matched.posts[:2]:
        post.team = "一组"
        post.save(update_fields=["team"])
    add_side_rule(matched.campaign, SideRuleKind.WHOLE_TEAM, {}, by=matched.by, at=AT)
    for one in (1, 2):
        lock(matched, one, one - 1)
    ready = plan()
    assert verdict(ready, 3, 2, most_probes=most_probes).is_proven is is_proven
    effort = Effort(most_probes=most_probes)
    monkeypatch.setattr(obstacles, "Effort", lambda: effort)
    client.force_login(matched.by)
    url = reverse("matching:person_obstacles", args=[ready.proposal.pk, matched.people[3].pk])
    text = text_of(client.get(url, {"post": matched.posts[2].pk}))
    assert ("未能在限定步数内证明" in text) is not is_proven


def test_every_obstacle_is_told_with_its_remedy(matched, client, plan) -> None:
    """李丁 → 西 is ruled out; 孙丙 → 南 meets a used-up cap and a team that needs 赵甲."""
    matched.people[0].person.specialties.create(tag="health")
    for post in matched.posts[:2]:
        post.team = "一组"
        post.save(update_fields=["team"])
    add_side_rule(
        matched.campaign, SideRuleKind.TEAM_SKILL, {"specialty": "health", "least": 1}, by=matched.by, at=AT
    )
    cap(matched, 1)
    lock(matched, 1, 0)
    lock(matched, 3, 1, LockKind.FORBID)
    ready = plan()
    late = make_nomination(matched.campaign, make_person(matched.homes[0]), **CHECKED)
    client.force_login(matched.by)

    def told(nomination, post: int) -> str:
        url = reverse("matching:person_obstacles", args=[ready.proposal.pk, nomination.pk])
        return text_of(client.get(url, {"post": matched.posts[post].pk}))

    assert "这一安排已由人工排除。" in told(matched.people[3], 1)
    text = told(matched.people[2], 2)
    assert "甲厅最多派出 1 人。" in text
    assert "附加规则：" in text
    assert "锁定：钱乙 → 东村 第一书记" in text
    assert "请重新计算" in told(late, 2)
    run = ready.proposal.run
    run.snapshot["headcount"] = [1, 1, 0]
    run.save()
    assert "岗位没有名额：在岗人员占满。" in told(matched.people[3], 2)
