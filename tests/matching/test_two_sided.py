"""Stable plans of a run: who would leave for whom, what caps, locks and side rules do, and the choice with its reason."""

import json

import numpy as np
import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.models import Quota
from secondment.common.errors import NotAllowedError
from secondment.decision.forms import initial_changes
from secondment.matching.certificates import certificate_of
from secondment.matching.choices import LockKind, Principle, RunState, SideRuleKind
from secondment.matching.errors import NotAdmissibleError, PrincipleError
from secondment.matching.models import Lock, MatchingRun, Proposal
from secondment.matching.options import Options
from secondment.matching.placings import placing_rows
from secondment.matching.principled import Wanting
from secondment.matching.services.changes import rearrange, swap_pair
from secondment.matching.services.interventions import computed_posts, proposed_posts, reasons_by_hand
from secondment.matching.services.options import propose_plan
from secondment.matching.services.plans import ProposalPlan
from secondment.matching.services.proposals import choose_proposal, copy_proposal
from secondment.matching.services.side_rules import add_side_rule
from secondment.matching.services.what_if import WhatIf
from secondment.matching.two_sided import hardship_of
from tests.makers import AT, make_user
from tests.matching.campaigns import block, holders, host_wish, make_matched, run_now
from tests.pages import text_of

pytestmark = pytest.mark.django_db
STABLE = (Principle.STABLE_PEOPLE, Principle.STABLE_POSTS, Principle.LARGEST_STABLE)


@pytest.fixture
def matched():
    return make_matched()


@pytest.fixture
def callbacks(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def plan_of(options: Options, principle: Principle) -> dict[str, int]:
    """Post by person, by name."""
    problem, snapshot = options.market.problem, options.market.snapshot
    rows = options.plan(principle).rows
    names = {one.pk: str(one) for one in options.run.campaign.nominations.select_related("person")}
    pairs = zip(problem.person[rows].tolist(), problem.post[rows].tolist(), strict=True)
    return {names[snapshot.nominations[person]]: snapshot.posts[post] for person, post in pairs}


def contested(matched) -> None:
    """钱乙 and 赵甲 both want 东 most; its host names 钱乙 first, 赵甲 second; the best total keeps 赵甲 there."""
    matched.posts[0].host_preferences.all().delete()
    host_wish(matched, 0, 1, 1)
    host_wish(matched, 0, 0, 2)


def test_a_stable_plan_has_no_blocking_pair_and_the_best_total_may_have(matched, callbacks) -> None:
    """乙 has 1 at 东 (its first wish, the host's first): the best total is stable here; with the wishes turned it is not."""
    contested(matched)
    run = run_now(matched, callbacks).run
    options = Options(run)
    best, *stable = options.options
    assert [one.principle for one in options.options] == list(Principle)
    assert [one.n_blocking for one in stable] == [0, 0, 0]
    assert all(one.summary.n_pairs == 3 for one in options.options)
    assert all(one.n_changed == 0 or one.summary.total <= best.summary.total for one in stable)
    plans = [plan_of(options, one) for one in STABLE]
    assert plans[0]["钱乙"] == plans[1]["钱乙"] == plans[2]["钱乙"] == matched.posts[0].pk
    assert options.options[3].plan.is_largest


def test_blocking_pairs_of_the_best_total_are_listed_with_whom_the_post_gives_up(matched, callbacks) -> None:
    """By wishes 甲 (first wish) goes to 东; 乙 (second wish) is named first by its host, and has nothing better."""
    contested(matched)
    matched.people[1].preferences.update(rank=2)
    run = run_now(matched, callbacks, {"person_preference": 100, "host_preference": 0}).run
    options = Options(run)
    assert plan_of(options, Principle.BEST_TOTAL)["赵甲"] == matched.posts[0].pk
    (row,) = options.blocking_rows(Principle.BEST_TOTAL)
    assert (str(row.nomination), row.post.pk, str(row.gives_up)) == ("钱乙", matched.posts[0].pk, "赵甲")
    assert (row.pk, row.score, row.by_cap) == (1, 80.0, False)
    assert plan_of(options, Principle.STABLE_POSTS)["钱乙"] == matched.posts[0].pk


def test_a_release_cap_is_kept_and_says_what_stands_between_two(matched, callbacks) -> None:
    """甲厅 (赵甲, 孙丙) may release one: 赵甲 fits better at 东 than 孙丙 at 西, so 孙丙 stays and 西 would rather have her."""
    Quota.objects.update_or_create(
        campaign=matched.campaign, home_unit=matched.homes[0], defaults={"release_cap": 1}
    )
    run = run_now(matched, callbacks).run
    options = Options(run)
    stable = options.options[1]
    assert options.market.n_released(stable.plan).max() <= 1
    assert stable.n_blocking == stable.n_blocking_by_cap > 0
    rows = options.blocking_rows(Principle.STABLE_PEOPLE)
    assert all(one.by_cap and one.nomination.home_unit == matched.homes[0] for one in rows)
    assert f"{stable.n_blocking}（其中 {stable.n_blocking} 对因派出上限未能组合）" in options.rows()[9].values


def test_where_a_stable_plan_fills_less_the_largest_one_is_searched_and_proven(matched, callbacks) -> None:
    """Only 赵甲 may go to 东 or 西, 钱乙 to 东 alone: the best total fills both; 赵甲 and 东 would leave it for each other."""
    for person, post in ((0, 2), (1, 1), (1, 2), (2, None), (3, None)):
        block(matched, person, post)
    options = Options(run_now(matched, callbacks).run)
    best, *stable = options.options
    assert (best.summary.n_pairs, best.n_blocking) == (2, 1)
    assert [one.summary.n_pairs for one in stable] == [1, 1, 1]
    assert stable[2].plan.is_largest


def test_locks_and_prohibitions_hold_in_every_plan(matched, callbacks) -> None:
    lock = {"campaign": matched.campaign, "by": matched.by}
    Lock.objects.create(
        nomination=matched.people[3], campaign_post=matched.posts[0], kind=LockKind.LOCK, **lock
    )
    Lock.objects.create(
        nomination=matched.people[2], campaign_post=matched.posts[1], kind=LockKind.FORBID, **lock
    )
    options = Options(run_now(matched, callbacks).run)
    for principle in Principle:
        plan = plan_of(options, principle)
        assert plan["李丁"] == matched.posts[0].pk
        assert plan.get("孙丙") != matched.posts[1].pk


def test_side_rules_that_a_stable_plan_breaks_are_named(matched, callbacks) -> None:
    matched.posts[0].team = matched.posts[2].team = "一组"
    for post in (matched.posts[0], matched.posts[2]):
        post.save(update_fields=["team"])
    for nomination in matched.people:
        nomination.person.specialties.create(tag="health")
    matched.people[0].person.specialties.all().delete()
    add_side_rule(
        matched.campaign, SideRuleKind.TEAM_SKILL, {"specialty": "health", "least": 2}, by=matched.by, at=AT
    )
    options = Options(run_now(matched, callbacks).run)
    assert not options.options[0].broken
    assert any(one.broken for one in options.options[1:])


def test_hardship_counts_only_what_people_said() -> None:
    components = np.full((5, 9), np.nan)
    components[:, 7] = (
        0.4,
        0.7,
        np.nan,
        0.0,
        np.nan,
    )  # nearness: another city, same city, not asked, elsewhere
    components[:, 5] = (0.0, 0.2, np.nan, 1.0, 0.0)  # wishes: beyond, fifth, none stated, first, beyond
    found = hardship_of(components)
    assert (found.n, found.n_far, found.n_unwished) == (3, 2, 2)


def test_a_plan_is_made_a_proposal_once_with_its_reason(matched, callbacks) -> None:
    contested(matched)
    first = run_now(matched, callbacks)
    run = first.run
    made = propose_plan(run, Principle.STABLE_PEOPLE, reason=" 尊重双方意愿 ", by=matched.by, at=AT)
    assert (made.principle, made.principle_reason) == ("stable_people", "尊重双方意愿")
    assert len(holders(made)) == 3
    assert made.unplaced.get().kind in {"less_preferred", "full"}
    assert made.total_score == pytest.approx(sum(made.pairs.values_list("score", flat=True)))
    again = propose_plan(run, Principle.STABLE_PEOPLE, reason="尊重双方意愿", by=matched.by, at=AT)
    assert again.pk == made.pk
    events = AuditEvent.objects.filter(action="proposal.choose_principle")
    assert [one.details["reason"] for one in events] == ["尊重双方意愿"]
    best = propose_plan(run, Principle.BEST_TOTAL, reason="总体最合适", by=matched.by, at=AT)
    assert (best.pk, best.principle_reason) == (first.pk, "总体最合适")
    copy = copy_proposal(made, name="副本", by=matched.by, at=AT)
    assert (copy.principle, copy.principle_reason) == ("stable_people", "尊重双方意愿")


def test_choosing_is_refused_without_reason_before_the_end_and_to_others(matched, callbacks) -> None:
    run = run_now(matched, callbacks).run
    with pytest.raises(PrincipleError, match="请写明"):
        propose_plan(run, Principle.STABLE_POSTS, reason=" ", by=matched.by, at=AT)
    with pytest.raises(NotAllowedError):
        propose_plan(run, Principle.STABLE_POSTS, reason="x", by=make_user(Role.LEADER, matched.root), at=AT)
    run.state = RunState.RUNNING
    with pytest.raises(PrincipleError, match="尚未完成"):
        propose_plan(run, Principle.STABLE_POSTS, reason="x", by=matched.by, at=AT)
    assert Proposal.objects.count() == 1


def test_the_page_compares_and_makes_the_choice(matched, callbacks, client) -> None:
    run = run_now(matched, callbacks).run
    client.force_login(matched.by)
    url = reverse("matching:plan_options", args=[run.pk])
    text = text_of(client.get(url))
    assert "总匹配度最高 稳定，人选优先 稳定，岗位优先 稳定，安排人数最多" in text
    assert "填补岗位 3 / 3 3 / 3 3 / 3 3 / 3" in text
    assert "已证明人数最多。" in text
    choose = reverse("matching:plan_choose", args=[run.pk])
    refused = client.post(choose, {"principle": "stable_people", "reason": ""})
    assert refused.status_code == 200
    assert Proposal.objects.count() == 1
    made = client.post(choose, {"principle": "stable_people", "reason": "尊重双方意愿"}, follow=True)
    assert "已按“稳定，人选优先”形成方案。" in text_of(made)
    assert "尊重双方意愿" in text_of(made)
    assert "已形成方案" in text_of(client.get(url))
    listed = client.get(reverse("matching:blocking_pairs", args=[run.pk, "stable_people"]))
    assert "没有互相更愿意的组合" in text_of(listed)
    assert client.get(reverse("matching:blocking_pairs", args=[run.pk, "nonsense"])).status_code == 404
    MatchingRun.objects.update(state=RunState.FAILED)
    assert client.get(url).status_code == 404


def test_blocking_pairs_can_be_searched_and_exported(matched, callbacks, client) -> None:
    Quota.objects.update_or_create(
        campaign=matched.campaign, home_unit=matched.homes[0], defaults={"release_cap": 1}
    )
    run = run_now(matched, callbacks).run
    client.force_login(matched.by)
    url = reverse("matching:blocking_pairs", args=[run.pk, "stable_posts"])
    assert "所在单位已达派出上限" in text_of(client.get(url))
    assert "孙丙" in text_of(client.get(url, {"q": "孙丙"}))
    assert "西村" not in text_of(client.get(url, {"q": "查无此人"}))
    assert client.get(url, {"export": "xlsx"}).status_code == 200


def principled(matched, callbacks):
    """A plan in which 乙 (second wish, first of the host) has 东 instead of 甲 (first wish): 20 points less."""
    contested(matched)
    matched.people[1].preferences.update(rank=2)
    run = run_now(matched, callbacks, {"person_preference": 100, "host_preference": 0}).run
    return propose_plan(run, Principle.STABLE_POSTS, reason="尊重本人志愿", by=matched.by, at=AT)


def test_a_plan_by_a_principle_is_decided_against_itself_with_one_reason(matched, callbacks, client) -> None:
    plan = principled(matched, callbacks)
    chosen = dict(plan.pairs.values_list("nomination_id", "campaign_post_id"))
    assert chosen != computed_posts(plan)
    assert initial_changes(list(plan.pairs.all()), proposed_posts(plan), {}) == []
    swap_pair(
        plan, matched.people[1], matched.people[2], reason="另有安排", version=None, by=matched.by, at=AT
    )
    rows = initial_changes(list(plan.pairs.all()), proposed_posts(plan), reasons_by_hand(plan))
    assert {row["nomination"] for row in rows} == {str(one.pk) for one in matched.people[1:3]}
    assert {row["reason"] for row in rows} == {"另有安排"}


def test_the_pages_of_a_plan_by_a_principle_say_so(matched, callbacks, client) -> None:
    plan = principled(matched, callbacks)
    client.force_login(matched.by)
    told = "本方案按“稳定，岗位优先”原则安排，与总匹配度最高的方案相比：总匹配度 −20.00 分。"
    choose_proposal(plan, version=None, by=matched.by, at=AT)
    for url in (
        reverse("matching:proposal_detail", args=[plan.pk]),
        reverse("matching:intervention_list", args=[plan.pk]),
        reverse("decision:decision_detail", args=[matched.campaign.pk]),
    ):
        text = text_of(client.get(url))
        assert told in text
        assert "方案与计算结果一致" not in text
    pair = plan.pairs.first()
    text = text_of(client.get(reverse("matching:pair_detail", args=[plan.pk, pair.pk])))
    assert "只列直接对调、替换的影响" in text
    assert "重新优化" not in text
    with pytest.raises(NotAdmissibleError, match="不能自动调整其余人选"):
        rearrange(plan, matched.people[0], matched.posts[2], reason="x", version=None, by=matched.by, at=AT)


def test_who_would_rather_change_is_told_exactly_for_blocking_pairs(matched, callbacks) -> None:
    """Of the best total and of a stable plan: both want each other for the blocking pairs and for no others."""
    stable = principled(matched, callbacks)
    best = Proposal.objects.exclude(pk=stable.pk).get()
    n_blocking = []
    for proposal, principle in ((stable, Principle.STABLE_POSTS), (best, Principle.BEST_TOTAL)):
        market = Options(proposal.run).market
        optimum = tuple((person, post) for person, post in proposal.run.report["optimum"])
        blocking = {(one.person, one.post) for one in market.blocking(market.plan(principle, optimum))}
        plan = ProposalPlan(proposal)
        wanting = Wanting(plan)
        standing = {plan.indices(one) for one in plan.post_of.items()}
        pairs = set(zip(plan.problem.person.tolist(), plan.problem.post.tolist(), strict=True)) - standing
        assert {one for one in pairs if wanting.text(one) == "双方都更愿意"} == blocking
        n_blocking.append(len(blocking))
    assert n_blocking[0] == 0 < n_blocking[1]


def test_lists_of_a_plan_by_another_principle_follow_its_own_order(matched, callbacks, signed_in) -> None:
    plan = ProposalPlan(principled(matched, callbacks))
    for post in range(3):
        rows = placing_rows(WhatIf(plan, post=post))
        order = [(one.order, -one.score) for one in sorted(rows, key=lambda one: one.order)]
        assert order == sorted(order, key=lambda one: one[0])
        assert [one.order for one in rows] != [one.placing.worth for one in rows]
    held = plan.post_of[matched.people[1].pk]
    text = text_of(signed_in(matched.by).get(f"/matching/proposals/{plan.proposal.pk}/posts/{held}/"))
    assert "本人更愿意，岗位不愿意" in text


def test_the_certificate_says_that_another_principle_was_followed(matched, callbacks) -> None:
    plan = principled(matched, callbacks)
    found = json.loads(certificate_of(plan))
    assert found["why"] == "principle stable_posts"
    swap_pair(plan, matched.people[1], matched.people[2], reason="x", version=None, by=matched.by, at=AT)
    assert json.loads(certificate_of(plan))["why"] == "principle stable_posts, then changed by hand"
