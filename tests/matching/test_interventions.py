"""What is done by hand: reason, cost, order, undoing, earlier versions, and what locks cost a run."""

import pytest
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.algorithms.side_rules.solution import Status
from secondment.audit.models import AuditEvent
from secondment.campaigns.models import Quota
from secondment.decision.forms import initial_changes
from secondment.matching.choices import LockKind, Principle, SideRuleKind
from secondment.matching.errors import NotAdmissibleError, NotUndoableError, PostFullError, ReasonMissingError
from secondment.matching.intervention_lines import intervention_lines, lock_cost_words, lock_lines
from secondment.matching.models import Intervention, Lock, Proposal, SideRule
from secondment.matching.services import lock_costs
from secondment.matching.services.changes import (
    assign_person,
    clear_lock,
    forbid_pair,
    lock_pair,
    rearrange,
    swap_pair,
    unassign,
    undo_intervention,
)
from secondment.matching.services.interventions import checked_reason, plan_at, reasons_by_hand
from secondment.matching.services.lock_costs import _locks
from secondment.matching.services.options import propose_plan
from secondment.matching.services.proposals import choose_proposal, copy_proposal
from secondment.matching.snapshot_facts import take_snapshot
from tests.makers import AT, make_campaign, make_campaign_post, make_post, make_unit, make_user
from tests.matching.campaigns import block, holders, make_matched, run_now
from tests.pages import text_of

pytestmark = pytest.mark.django_db
REASON = "主要领导意见"


@pytest.fixture
def matched():
    return make_matched()


@pytest.fixture
def run(matched, django_capture_on_commit_callbacks):
    return lambda: run_now(matched, django_capture_on_commit_callbacks)


@pytest.fixture
def client(matched, signed_in):
    return signed_in(matched.by)


@pytest.fixture
def deed(matched):
    """The keywords of every change."""
    return {"reason": REASON, "version": None, "by": matched.by, "at": AT}


def undo(proposal, number: int, matched):
    found = Intervention.objects.get(proposal=proposal, number=number)
    return undo_intervention(found, version=None, by=matched.by, at=AT)


def plan_of(proposal) -> dict[int, int]:
    return dict(proposal.pairs.values_list("nomination_id", "campaign_post_id"))


@pytest.mark.parametrize(("reason", "kept"), [(" 两地\n分居 ", "两地 分居"), ("理" * 200, "理" * 200)])
def test_a_reason_is_kept_on_one_line(reason, kept) -> None:
    assert checked_reason(reason) == kept


@pytest.mark.parametrize("reason", ["", "  \n", "理" * 201])
def test_without_a_reason_or_with_too_long_a_one_nothing_is_done(matched, run, reason) -> None:
    proposal = run()
    one, post = matched.people[0], matched.posts[0]
    about = {"version": None, "by": matched.by, "at": AT, "reason": reason}
    pair = proposal.pairs.get(nomination=one)
    for act in (
        lambda: swap_pair(proposal, one, matched.people[2], **about),
        lambda: unassign(proposal, one, **about),
        lambda: assign_person(proposal, one, matched.posts[2], **about),
        lambda: rearrange(proposal, one, matched.posts[1], **about),
        lambda: forbid_pair(proposal, one, post, **about),
        lambda: lock_pair(pair, reason=reason, by=matched.by, at=AT),
    ):
        with pytest.raises(ReasonMissingError, match="不超过 200 字"):
            act()
    assert not Intervention.objects.exists()
    assert not Lock.objects.exists()


def test_every_kind_is_noted_in_order_with_cost_and_reason(matched, run, deed) -> None:
    proposal = run()
    swap_pair(proposal, matched.people[0], matched.people[2], **deed)
    lock_pair(proposal.pairs.get(nomination=matched.people[0]), reason=REASON, by=matched.by, at=AT)
    clear_lock(Lock.objects.get(), by=matched.by, at=AT)
    unassign(proposal, matched.people[0], **deed)
    forbid_pair(proposal, matched.people[2], matched.posts[0], **deed)
    found = [
        (one.number, one.kind, one.score, one.places, bool(one.pair)) for one in proposal.interventions.all()
    ]
    assert found == [
        (1, "swap", -1.52, 0, False),
        (2, "lock", 0, 0, True),
        (3, "clear", 0, 0, True),
        (4, "unassign", -0.48, -1, False),
        (5, "forbid", 0.0, -1, True),
    ]
    assert set(proposal.interventions.exclude(kind="clear").values_list("reason", flat=True)) == {REASON}
    assert Lock.objects.get().at == AT
    assert AuditEvent.objects.filter(action="proposal.forbid_pair").get().details["reason"] == REASON


def test_undoing_is_the_reverse_move_and_is_noted(matched, run, deed) -> None:
    proposal = run()
    before = plan_of(proposal)
    swap_pair(proposal, matched.people[0], matched.people[2], **deed)
    cost = undo(proposal, 1, matched)
    assert (cost.score, plan_of(proposal)) == (1.52, before)
    assert not proposal.pairs.filter(is_manual=True).exists()  # as computed again
    last = proposal.interventions.last()
    assert (last.number, last.kind, last.undoes.number) == (2, "undo", 1)
    for number in (1, 2):
        with pytest.raises(NotUndoableError, match="不能再撤销"):
            undo(proposal, number, matched)


def test_what_later_changes_concern_cannot_be_undone_before_them(matched, run, deed) -> None:
    proposal = run()
    swap_pair(proposal, matched.people[0], matched.people[2], **deed)
    unassign(proposal, matched.people[0], **deed)
    with pytest.raises(NotUndoableError, match="第 1 项之后"):
        undo(proposal, 1, matched)
    undo(proposal, 2, matched)
    undo(proposal, 1, matched)
    assert holders(proposal)["东村"] == "赵甲"


def test_somebody_back_in_another_post_stays_there(matched, run, deed) -> None:
    proposal = run()
    unassign(proposal, matched.people[0], **deed)
    assign_person(proposal, matched.people[0], matched.posts[0], **deed)
    with pytest.raises(NotUndoableError, match="第 1 项之后"):
        undo(proposal, 1, matched)


def test_a_place_taken_meanwhile_is_named(matched, run, deed) -> None:
    proposal = run()
    unassign(proposal, matched.people[0], **deed)
    free = next(one for one in matched.people[1:] if not proposal.pairs.filter(nomination=one).exists())
    assign_person(proposal, free, matched.posts[0], **deed)
    with pytest.raises(PostFullError):
        undo(proposal, 1, matched)


def test_undoing_a_lock_or_prohibition_clears_it(matched, run, deed) -> None:
    proposal = run()
    lock_pair(proposal.pairs.get(nomination=matched.people[0]), reason=REASON, by=matched.by, at=AT)
    undo(proposal, 1, matched)
    assert not Lock.objects.exists()
    assert not proposal.pairs.filter(is_locked=True).exists()
    forbid_pair(proposal, matched.people[0], matched.posts[0], **deed)
    undo(proposal, 3, matched)
    assert not Lock.objects.exists()
    assert holders(proposal)["东村"] == "赵甲"


def test_why_somebody_had_no_post_comes_back_with_undoing(matched, run, deed) -> None:
    proposal = run()
    waiting = proposal.unplaced.get()
    why = (waiting.kind, waiting.facts)
    holder = proposal.pairs.get(campaign_post=matched.posts[2]).nomination
    assign_person(proposal, waiting.nomination, matched.posts[2], displaced=holder, **deed)
    undo(proposal, 1, matched)
    again = proposal.unplaced.get()
    assert (again.nomination, again.kind, again.facts) == (waiting.nomination, *why)


def test_bringing_somebody_with_the_others_moved_costs_what_was_told(matched, run, deed) -> None:
    proposal = run()
    before = plan_of(proposal)
    cost = rearrange(proposal, matched.people[0], matched.posts[1], **deed)
    assert (cost.score, cost.places) == (-0.92, 0)
    found = holders(proposal)
    assert (found["西村"], found["东村"]) == ("赵甲", "钱乙")
    undo(proposal, 1, matched)
    assert plan_of(proposal) == before


def test_nobody_is_brought_where_a_rule_or_a_lock_forbids(matched, run, deed) -> None:
    block(matched, 0, 2, rule="H3")
    proposal = run()
    with pytest.raises(NotAdmissibleError, match="H3"):
        rearrange(proposal, matched.people[0], matched.posts[2], **deed)
    lock_pair(proposal.pairs.get(nomination=matched.people[2]), reason=REASON, by=matched.by, at=AT)
    forbid_pair(proposal, matched.people[1], matched.posts[1], **deed)
    with pytest.raises(NotAdmissibleError, match="已被排除"):
        rearrange(proposal, matched.people[1], matched.posts[1], **deed)


def test_nobody_is_brought_while_other_decisions_by_hand_leave_no_room(matched, run, deed) -> None:
    """Of 甲厅 one may go, and the one who does is locked."""
    Quota.objects.update_or_create(
        campaign=matched.campaign, home_unit=matched.homes[0], defaults={"release_cap": 1}
    )
    proposal = run()
    locked = proposal.pairs.get(nomination__in=[matched.people[0], matched.people[2]])
    lock_pair(locked, reason=REASON, by=matched.by, at=AT)
    (other,) = {matched.people[0], matched.people[2]} - {locked.nomination}
    with pytest.raises(NotAdmissibleError, match="其他人工安排"):
        rearrange(proposal, other, matched.posts[2], **deed)


def test_a_plan_by_a_principle_is_not_rearranged(matched, run, deed) -> None:
    proposal = propose_plan(
        run().run, Principle.STABLE_POSTS, reason="尊重接收单位意向", by=matched.by, at=AT
    )
    with pytest.raises(NotAdmissibleError, match="不按总匹配度最高安排"):
        rearrange(proposal, matched.people[0], matched.posts[1], **deed)


def test_a_lock_that_the_run_did_not_keep_costs_nothing(matched) -> None:
    """One is set while the run goes on, one is about a post of another campaign."""
    snapshot = take_snapshot(matched.campaign)
    other = make_campaign(matched.root)
    gone = make_campaign_post(other, make_post(make_unit("北村", matched.root), title="第一书记"))
    for post in (matched.posts[2], gone):
        Lock.objects.create(
            campaign=matched.campaign,
            nomination=matched.people[0],
            campaign_post=post,
            kind=LockKind.FORBID,
            by=matched.by,
            at=AT,
        )
    assert list(_locks(snapshot, snapshot.problem({"person_preference": 1}))) == []


def test_a_cost_that_no_search_has_found_is_not_named(matched, run, deed, monkeypatch) -> None:
    proposal = run()
    lock_pair(proposal.pairs.get(nomination=matched.people[2]), reason=REASON, by=matched.by, at=AT)
    SideRule.objects.create(
        campaign=matched.campaign,
        kind=SideRuleKind.COUPLE_TOGETHER,
        created_by=matched.by,
        created_at=AT,
    )
    monkeypatch.setattr(lock_costs, "solve_with_rules", lambda *_given, **_more: (Status.UNKNOWN, None))
    (entry,) = run().run.report["locks"]
    assert (entry["places"], entry["score"], entry["is_proven"]) == (0, None, False)


def test_earlier_versions_follow_backwards(matched, run, deed) -> None:
    proposal = run()
    plans = [plan_of(proposal)]
    swap_pair(proposal, matched.people[0], matched.people[2], **deed)
    plans.append(plan_of(proposal))
    unassign(proposal, matched.people[0], **deed)
    plans.append(plan_of(proposal))
    undo(proposal, 2, matched)
    plans.append(plan_of(proposal))
    forbid_pair(proposal, matched.people[0], matched.posts[1], **deed)
    plans.append(plan_of(proposal))
    assert [plan_at(proposal, number) for number in range(5)] == plans


def test_a_copy_has_the_history_of_its_original(matched, run, deed) -> None:
    proposal = run()
    swap_pair(proposal, matched.people[0], matched.people[2], **deed)
    undo(proposal, 1, matched)
    copy = copy_proposal(proposal, name="副本", by=matched.by, at=AT)
    assert [one.kind for one in copy.interventions.all()] == ["swap", "undo"]
    assert copy.interventions.last().undoes == copy.interventions.first()
    unassign(copy, matched.people[0], **deed)
    assert (copy.interventions.count(), proposal.interventions.count()) == (3, 2)


def test_a_run_names_what_each_lock_costs(matched, run, deed) -> None:
    proposal = run()
    swap_pair(proposal, matched.people[0], matched.people[2], **deed)
    lock_pair(proposal.pairs.get(nomination=matched.people[0]), reason=REASON, by=matched.by, at=AT)
    forbid_pair(proposal, matched.people[3], matched.posts[2], **deed)
    again = run()
    first, second = again.run.report["locks"]
    # 甲→西 0.48, 乙→东 0.6 instead of 2.0
    assert (first["kind"], first["score"], first["places"], first["is_proven"]) == ("lock", -0.92, 0, True)
    assert (second["kind"], second["score"], second["places"]) == ("forbid", 0.0, 0)
    lines = lock_lines(again.run)
    assert (lines[0].cost, lines[0].reason, lines[0].by) == ("总匹配度 −92.00 分", REASON, matched.by.name)
    assert lines[1].cost == "不影响结果"
    assert [one.kind for one in intervention_lines(again)] == ["锁定", "排除"]


def test_a_prohibition_can_cost_places(matched, run, deed) -> None:
    for person in (1, 2, 3):
        block(matched, person, 0)
    proposal = run()
    forbid_pair(proposal, matched.people[0], matched.posts[0], **deed)
    (entry,) = run().run.report["locks"]
    assert (entry["places"], entry["score"]) == (-1, -1.0)
    assert lock_cost_words(entry) == "填补岗位 −1；总匹配度 −100.00 分"


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"score": None, "places": 0, "is_proven": False}, "代价未能在时限内算出"),
        ({"score": 0.0, "places": 0, "is_proven": True}, "不影响结果"),
        ({"score": -0.1, "places": 0, "is_proven": True}, "总匹配度 −10.00 分"),
        ({"score": -0.1, "places": 0, "is_proven": False}, "总匹配度 −10.00 分（未证明）"),
    ],
)
def test_how_sure_a_cost_is(entry, words) -> None:
    assert lock_cost_words(entry) == words


def test_reasons_reach_the_record_of_the_decision(matched, run, deed) -> None:
    proposal = run()
    swap_pair(proposal, matched.people[0], matched.people[2], **deed)
    reasons = reasons_by_hand(proposal)
    assert reasons == {matched.people[0].pk: REASON, matched.people[2].pk: REASON}
    rows = initial_changes(list(proposal.pairs.all()), plan_at(proposal, 0), reasons)
    assert [row["reason"] for row in rows] == [REASON, REASON]
    undo(proposal, 1, matched)
    assert reasons_by_hand(proposal) == {}


def test_the_page_lists_everything_and_takes_it_back(matched, run, client, deed) -> None:
    proposal = run()
    url = reverse("matching:intervention_list", args=[proposal.pk])
    assert "没有人工干预" in text_of(client.get(url))
    swap_pair(proposal, matched.people[0], matched.people[2], **deed)
    text = text_of(client.get(url))
    assert "赵甲：东村 第一书记 → 西村 第一书记；孙丙：西村 第一书记 → 东村 第一书记" in text
    assert f"总匹配度 −152.00 分 {REASON} 此前方案 撤销" in text
    version = text_of(client.get(reverse("matching:proposal_version", args=[proposal.pk, 0])))
    assert "当时安排 3 人、总匹配度 210.00；现方案 3 人、58.00。不同的岗位 2 个" in version
    assert "东村 第一书记 赵甲 100.00 不同 孙丙 0.00" in version
    assert client.get(reverse("matching:proposal_version", args=[proposal.pk, 2])).status_code == 404
    found = proposal.interventions.get()
    proposal.refresh_from_db()
    response = client.post(
        reverse("matching:intervention_undo", args=[found.pk]), {"version": proposal.version}, follow=True
    )
    assert "已撤销第 1 项。总匹配度变化 +152.00 分。" in text_of(response)
    assert "撤销第 1 项" in text_of(response)
    assert "已撤销" in text_of(response)


def test_paper_run_and_decision_show_the_same_list(matched, run, client, deed) -> None:
    first = run()
    lock_pair(first.pairs.get(nomination=matched.people[0]), reason="锁定的理由", by=matched.by, at=AT)
    proposal = run()
    unassign(proposal, matched.people[2], **deed)
    undo(proposal, 1, matched)
    unassign(proposal, matched.people[2], **deed)
    choose_proposal(proposal, version=None, by=matched.by, at=AT)
    for url in (
        reverse("matching:proposal_print", args=[proposal.pk]),
        reverse("decision:decision_detail", args=[matched.campaign.pk]),
    ):
        text = text_of(client.get(url))
        assert text.index("锁定的理由") < text.index(REASON) < text.index("撤销第 1 项") < text.rindex(REASON)
    text = text_of(client.get(reverse("matching:run_detail", args=[proposal.run_id])))
    assert "所用锁定与排除 1 项" in text


def test_who_is_gone_since_is_a_dash(matched, run, deed) -> None:
    proposal = run()
    unassign(proposal, matched.people[0], **deed)
    row = proposal.interventions.get()
    row.removed = [[0, 0]]
    row.save()
    assert intervention_lines(proposal)[-1].what == "—：— → 未匹配"


def as_before_interventions_were_recorded(proposal, matched) -> None:
    """Two people swapped and locks kept by the run, nothing of it noted."""
    first, second = (proposal.pairs.get(nomination=matched.people[row]) for row in (0, 2))
    first.campaign_post, second.campaign_post = second.campaign_post, first.campaign_post
    for pair in (first, second):
        pair.is_manual = True
        pair.save()
    proposal.total_score = 0.58
    proposal.save()
    run = proposal.run
    run.report.pop("locks", None)
    run.snapshot |= {"locked": [[1, 2]], "forbidden": [[3, 0]]}
    run.save()


def test_what_was_changed_before_changes_were_noted_is_named(matched, run, client, deed) -> None:
    proposal = run()
    as_before_interventions_were_recorded(proposal, matched)
    Lock.objects.create(
        campaign=matched.campaign,
        nomination=matched.people[1],
        campaign_post=matched.posts[2],
        kind="lock",
        reason="旧版锁定",
        by=matched.by,
    )
    text = text_of(client.get(reverse("matching:intervention_list", args=[proposal.pk])))
    assert "没有人工干预" not in text
    assert "系统记录人工干预之前的调整" in text
    assert "赵甲：东村 第一书记 → 西村 第一书记；孙丙：西村 第一书记 → 东村 第一书记" in text
    lines = intervention_lines(proposal)
    assert [(one.kind, one.what, one.cost, one.reason) for one in lines[:2]] == [
        ("锁定", "钱乙 → 南村 第一书记", "当时未计算代价", "旧版锁定"),
        ("排除", "李丁 → 东村 第一书记", "当时未计算代价", ""),
    ]
    assert lines[2].cost == "总匹配度 −152.00 分"
    version = text_of(client.get(reverse("matching:proposal_version", args=[proposal.pk, 0])))
    assert "：计算结果" not in version
    assert "此前已有人工调整，不是计算结果" in version


def test_what_is_noted_later_is_told_apart_from_it(matched, run, deed) -> None:
    proposal = run()
    as_before_interventions_were_recorded(proposal, matched)
    proposal = type(proposal).objects.get(pk=proposal.pk)
    unassign(proposal, matched.people[0], **deed)
    proposal.refresh_from_db()
    kinds = [(one.kind, one.number, one.cost) for one in intervention_lines(proposal)[2:]]
    assert kinds == [
        ("系统记录人工干预之前的调整", None, "总匹配度 −152.00 分"),
        ("调出", 1, "填补岗位 −1；总匹配度 −48.00 分"),
    ]


def test_a_post_deleted_since_is_no_change_by_hand(matched, run) -> None:
    proposal = run()
    matched.posts[2].delete()
    assert intervention_lines(proposal) == []


def test_a_pair_of_a_run_without_neutral_values_states_its_own_formula(matched, run, client) -> None:
    proposal = run()
    url = reverse("matching:pair_detail", args=[proposal.pk, proposal.pairs.first().pk])
    assert "无法评定的按中性值计" in text_of(client.get(url))
    run_before = proposal.run
    run_before.report.pop("components")
    run_before.snapshot |= {"format": 2, "neutral": None}
    run_before.save()
    text = text_of(client.get(url))
    assert "无法评定的不计入" in text
    assert "中性值" not in text


def test_locking_twice_is_noted_once(matched, run) -> None:
    proposal = run()
    pair = proposal.pairs.get(nomination=matched.people[0])
    first, second = (lock_pair(pair, reason=REASON, by=matched.by, at=AT) for _ in range(2))
    assert first == second
    assert proposal.interventions.count() == 1
    undo(proposal, 1, matched)
    assert not Lock.objects.exists()


def test_ruling_out_twice_is_noted_once(matched, run, deed) -> None:
    proposal = run()
    for _ in range(2):
        cost = forbid_pair(proposal, matched.people[0], matched.posts[0], **deed)
    assert (cost.score, cost.places, proposal.interventions.count()) == (0, 0, 1)


def test_the_lock_of_somebody_else_is_not_undone(matched, run) -> None:
    proposal = run()
    pair = proposal.pairs.get(nomination=matched.people[0])
    clear_lock(lock_pair(pair, reason=REASON, by=matched.by, at=AT), by=matched.by, at=AT)
    with pytest.raises(NotUndoableError, match="第 1 项设定的锁定或排除已经解除"):
        undo(proposal, 1, matched)
    other = make_user(Role.ORGANISATION_DEPARTMENT, matched.root)
    lock_pair(pair, reason=REASON, by=other, at=AT)
    with pytest.raises(NotUndoableError, match="由他人或在其他方案中设定"):
        undo(proposal, 1, matched)
    assert Lock.objects.get().by == other


def test_a_copy_does_not_undo_the_lock_of_its_original(matched, run) -> None:
    proposal = run()
    lock_pair(proposal.pairs.get(nomination=matched.people[0]), reason=REASON, by=matched.by, at=AT)
    copy = copy_proposal(proposal, name="副本", by=matched.by, at=AT)
    with pytest.raises(NotUndoableError):
        undo(copy, 1, matched)
    assert Lock.objects.exists()


@pytest.mark.parametrize(
    ("name", "reason", "stale"),
    [("pair_swap", "理" * 201, 0), ("pair_swap", "书记意见", 1), ("pair_lock", "理" * 201, 0)],
)
def test_a_reason_is_not_lost_when_the_act_is_refused(matched, run, client, name, reason, stale) -> None:
    proposal = run()
    proposal.refresh_from_db()
    one, other = (matched.people[row].pk for row in (0, 2))
    key = proposal.pairs.first().pk if name == "pair_lock" else proposal.pk
    data = {"nomination": one, "other": other, "reason": reason, "version": proposal.version - stale}
    answer = client.post(reverse(f"matching:{name}", args=[key]), data)
    page = answer.content.decode()
    if stale:  # the page is out of date: typing differently would not help
        assert answer.status_code == 409
        assert f"readonly>{reason}</textarea>" in page
    else:
        assert answer.status_code == 200
        assert f'value="{reason}"' in page
        assert "不超过 200 字" in text_of(answer)
    assert not Intervention.objects.exists()


def test_a_refusal_comes_back_to_the_page_of_the_act(matched, run, client) -> None:
    """To the pair that was to go, to the post that is full, to the list of what was done, and to the campaign."""
    proposal = run()
    proposal.refresh_from_db()
    pair = proposal.pairs.get(nomination=matched.people[0])
    lock_pair(pair, reason="书记点名", by=matched.by, at=AT)
    proposal.refresh_from_db()
    data = {"nomination": matched.people[0].pk, "reason": "另有任用", "version": proposal.version}
    answer = client.post(reverse("matching:person_unassign", args=[proposal.pk]), data)
    assert "其中有已锁定的安排" in text_of(answer)
    assert "解除锁定" in text_of(answer)
    full = data | {"campaign_post": matched.posts[0].pk, "nomination": matched.people[1].pk}
    answer = client.post(reverse("matching:person_assign", args=[proposal.pk]), full)
    assert "共 1 个名额，已满" in text_of(answer)
    assert "换到：东村" in text_of(answer)
    assert 'value="另有任用"' in answer.content.decode()
    note = Intervention.objects.get()
    undo_url = reverse("matching:intervention_undo", args=[note.pk])
    version = Proposal.objects.get(pk=proposal.pk).version
    assert "已撤销" in text_of(client.post(undo_url, {"version": version}, follow=True))
    version = Proposal.objects.get(pk=proposal.pk).version
    again = client.post(undo_url, {"version": version}, follow=True)
    assert again.redirect_chain == [(reverse("matching:intervention_list", args=[proposal.pk]), 302)]
    assert again.status_code == 200
