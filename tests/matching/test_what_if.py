"""What it would take, relative to the plan as it stands: equal to a new solution that keeps what was decided by hand."""

import itertools
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.algorithms.assignment import LockError, solve_assignment
from secondment.matching.figures import signed_text
from secondment.matching.models import Lock
from secondment.matching.services.changes import forbid_pair, lock_pair, swap_pair, unassign
from secondment.matching.services.plans import ProposalPlan
from secondment.matching.services.what_if import WhatIf, kept_out
from tests.makers import AT, make_nomination, make_person, make_quota, make_user
from tests.matching.campaigns import block, make_matched, run_now
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched():
    return make_matched()


@pytest.fixture
def run(matched, django_capture_on_commit_callbacks):
    return lambda: run_now(matched, django_capture_on_commit_callbacks)


@pytest.fixture
def client(matched, signed_in):
    return signed_in(matched.by)


def by_solving(plan: ProposalPlan, pair, fixed, forbidden=()) -> tuple[int, float] | None:
    """Places and score lost against the standing plan when all is solved again with the pair."""
    problem = replace(plan.problem, locked=(), forbidden=tuple(forbidden))
    try:
        locked = tuple(sorted({*fixed, pair}, key=lambda one: one[::-1]))
        checked = type(problem).of(
            problem.n_people,
            problem.n_posts,
            problem.person,
            problem.post,
            problem.score,
            group=problem.group,
            cap=problem.cap,
            priority=problem.priority,
            capacity=problem.capacity,
            locked=locked,
            forbidden=tuple(forbidden),
        )
    except LockError:
        return None
    best = solve_assignment(checked)
    lost = plan.total(plan.post_of) - best.total_score
    return len(plan.post_of) - best.n_assigned, round(lost, 6)


def every_question(plan: ProposalPlan):
    for person, post in itertools.product(range(plan.problem.n_people), range(plan.problem.n_posts)):
        if plan.post_of.get(plan.snapshot.nominations[person]) != plan.snapshot.posts[post]:
            yield person, post


def check_all(plan: ProposalPlan, out: set[int] = frozenset()) -> int:
    """Every question about a post, a person and a pair equals the new solution."""
    n_checked = 0
    for person, post in every_question(plan):
        asked = WhatIf(plan, person=person, post=post)
        forbidden = {
            (one, where)
            for one, where in zip(plan.problem.person.tolist(), plan.problem.post.tolist(), strict=True)
            if one in out and one != person and where != post
        }
        expected = by_solving(plan, (person, post), asked.fixed, forbidden)
        answer = asked.with_pair((person, post))
        assert (answer and (answer.n_places, answer.loss)) == expected
        n_checked += 1
    return n_checked


def test_every_question_about_a_computed_plan_equals_a_new_solution(matched, run) -> None:
    make_quota(matched.campaign, matched.homes[0], release_cap=1)
    block(matched, 3, 2)
    plan = ProposalPlan(run())
    assert check_all(plan) == 9
    assert WhatIf(plan, post=0).anew == ()


def test_after_a_swap_the_answers_are_relative_to_the_plan_as_it_stands(matched, run) -> None:
    """甲 and 丙 changed places by hand; questions about 南 keep them, and would rather have 南 as it is."""
    proposal = run()
    swap_pair(
        proposal, matched.people[0], matched.people[2], reason="示例理由", version=None, by=matched.by, at=AT
    )
    plan = ProposalPlan(proposal)
    assert check_all(plan) == 9
    south = WhatIf(plan, post=2)
    assert (len(south.fixed), south.anew) == (2, ())
    # asked about 西, where 甲 now is, it is best to put 丙 back: 甲 returns to 东
    west = WhatIf(plan, post=1)
    best = west.told(west.placings[0])
    assert len(west.fixed) == 1
    assert best.pair[1] == 1


def test_what_is_gained_besides_is_told_apart(matched, run) -> None:
    """甲 was taken out; 东 is empty and 乙 could have it. A question about 西 says what it costs, and that beside."""
    proposal = run()
    unassign(proposal, matched.people[0], reason="示例理由", version=None, by=matched.by, at=AT)
    plan = ProposalPlan(proposal)
    assert check_all(plan, {0}) == 10
    asked = WhatIf(plan, post=1)
    (anew,) = asked.anew
    assert (anew.loss.n_places, anew.steps[0].post) == (-1, 0)
    answer = asked.told(next(one for one in asked.placings if one.person == 0))
    assert answer.pair == (0, 1)  # somebody taken out by hand can be asked about


def test_a_locked_post_can_be_asked_about_and_locks_elsewhere_stay(matched, run) -> None:
    proposal = run()
    lock_pair(proposal.pairs.get(nomination=matched.people[0]), reason="示例理由", by=matched.by, at=AT)
    plan = ProposalPlan(proposal)
    assert {one.person for one in WhatIf(plan, post=0).placings} == {1, 2, 3}
    assert {one.person for one in WhatIf(plan, post=1).placings} == {1, 3} - {
        plan.snapshot.person_of[one] for one, post in plan.post_of.items() if post == plan.snapshot.posts[1]
    }
    assert WhatIf(plan, post=1).with_pair((0, 1)) is None


def test_pairs_ruled_out_and_people_withdrawn_are_no_candidates(matched, run) -> None:
    proposal = run()
    forbid_pair(
        proposal, matched.people[1], matched.posts[1], reason="示例理由", version=None, by=matched.by, at=AT
    )
    matched.people[3].state = "withdrawn"
    matched.people[3].save()
    free = {plan_person(proposal, one) for one in matched.people} - {0, 3}
    found = {one.person for one in WhatIf(ProposalPlan(proposal), post=1).placings}
    assert found == {0} | (free - {1, 2})


def plan_person(proposal, nomination) -> int:
    return ProposalPlan(proposal).snapshot.person_of[nomination.pk]


def test_a_lock_of_another_proposal_does_not_concern_this_one(matched, run) -> None:
    proposal = run()
    Lock.objects.create(
        campaign=matched.campaign,
        nomination=matched.people[0],
        campaign_post=matched.posts[0],
        kind="forbid",
        by=matched.by,
    )
    plan = ProposalPlan(proposal)
    assert WhatIf(plan, post=1).anew == ()


def test_doing_without_a_pair_costs_what_a_new_solution_loses(matched, run) -> None:
    plan = ProposalPlan(run())
    answer = WhatIf(plan, post=0).without_pair((0, 0))
    assert (answer.loss, answer.n_places, answer.is_tie) == (0.4, 0, False)


def test_who_is_kept_out_is_counted_by_rule(matched, run) -> None:
    for person in (1, 2):
        block(matched, person, 0, rule="H3")
    block(matched, 2, 0, rule="H4")
    block(matched, 3, rule="H4")
    block(matched, 0, 2, rule="H7")  # of another post
    plan = ProposalPlan(run())
    assert kept_out(plan, 0) == type(kept_out(plan, 0))((("H3", 1), ("H4", 1)), 1)


def pair_page(client, proposal, post) -> str:
    pair = proposal.pairs.get(campaign_post=post)
    return text_of(client.get(reverse("matching:pair_detail", args=[proposal.pk, pair.pk])))


def test_the_page_of_a_pair_tells_the_chain_and_ties(matched, run, client) -> None:
    proposal = run()
    text = pair_page(client, proposal, matched.posts[0])
    assert "钱乙" in text
    assert "合计 −40.00 分" in text
    assert "全部 3 名其他人选" in text
    assert "并列：填补岗位和总匹配度都不变，由组织决定" in pair_page(client, proposal, matched.posts[2])


def test_after_a_change_by_hand_others_are_not_denied(matched, run, client) -> None:
    proposal = run()
    swap_pair(
        proposal, matched.people[0], matched.people[2], reason="示例理由", version=None, by=matched.by, at=AT
    )
    text = pair_page(client, proposal, matched.posts[0])
    assert "没有其他符合条件的人选" not in text
    assert "其他岗位的 1 项人工安排和锁定保持不变" in text


def test_when_nobody_else_may_the_rules_that_keep_them_out_are_counted(
    matched, run, client, signed_in
) -> None:
    for person in (1, 2, 3):
        block(matched, person, 0, rule="H3")
    proposal = run()
    text = pair_page(client, proposal, matched.posts[0])
    assert "没有其他符合条件的人选。 规则 H3 排除 3 人 示例依据" in text


def test_when_all_others_are_bound_by_hand_that_is_said(matched, run, client) -> None:
    for person in (1, 3):
        block(matched, person, rule="H3")
    proposal = run()
    lock_pair(proposal.pairs.get(nomination=matched.people[2]), reason="示例理由", by=matched.by, at=AT)
    assert "其他 1 名符合条件的人选都不能改到此处" in pair_page(client, proposal, matched.posts[0])


def test_everybody_for_a_post_and_every_post_for_a_person(matched, run, client) -> None:
    proposal = run()
    url = reverse("matching:post_candidates", args=[proposal.pk, matched.posts[0].pk])
    text = text_of(client.get(url))
    assert "共 3 条" in text
    assert text.index("钱乙") < text.index("合计 −40.00 分")
    assert "共 1 条" in text_of(client.get(url, {"q": "孙丙"}))
    url = reverse("matching:person_posts", args=[proposal.pk, matched.people[0].pk])
    text = text_of(client.get(url))
    assert "若不把此人安排在现岗位" in text
    assert "“西村”由孙丙改为赵甲（−52.00）" in text
    assert client.get(url, {"format": "xlsx"}).status_code == 200


def test_who_came_after_the_run_is_not_in_its_plan(matched, run, client) -> None:
    proposal = run()
    late = make_nomination(matched.campaign, make_person(matched.homes[0], name="周戊"))
    assert client.get(reverse("matching:person_posts", args=[proposal.pk, late.pk])).status_code == 404


def test_these_lists_read_no_more_for_more_rows(matched, run, client) -> None:
    proposal = run()
    url = reverse("matching:post_candidates", args=[proposal.pk, matched.posts[0].pk])
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(url, {"q": "孙丙"})
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(one)


def test_a_leader_reads_and_changes_nothing(matched, run, signed_in) -> None:
    proposal = run()
    leader = signed_in(make_user(Role.LEADER, matched.root))
    text = pair_page(leader, proposal, matched.posts[0])
    assert "合计 −40.00 分" in text
    assert "改用…" not in text


@pytest.mark.parametrize(
    ("score", "text"),
    [
        (-0.0046, "−0.46"),
        (0.0182, "+1.82"),
        (0.00005, "+0.01"),  # as two decimals show
        (-0.00004, "−0.0040"),
        (-0.0000001, "0.00"),
        (-0.0, "0.00"),
    ],
)
def test_a_change_of_score_is_never_rounded_to_a_signed_zero(score: float, text: str) -> None:
    assert signed_text(score) == text
