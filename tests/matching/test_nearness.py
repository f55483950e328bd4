"""A run stays near to the plan before it, and says what changed and why."""

from dataclasses import replace

import numpy as np
import pytest

from secondment.campaigns.choices import NominationState
from secondment.campaigns.lots import Lots
from secondment.campaigns.models import Nomination, Preference
from secondment.matching.choices import TieKind
from secondment.matching.models import Lock, MatchingRun, Proposal, SideRule
from secondment.matching.nearness import nearness_text, tie_text
from secondment.matching.services.changes import unassign, undo_intervention
from secondment.matching.services.proposals import choose_proposal, copy_proposal
from secondment.matching.services.runs import start_run
from secondment.matching.snapshot import pack, unpack
from secondment.matching.snapshot_facts import take_snapshot
from secondment.people.models import Person
from secondment.posts.models import Post
from tests.makers import (
    AT,
    CHECKED,
    make_campaign_post,
    make_nomination,
    make_person,
    make_post,
    make_quota,
    make_unit,
)
from tests.matching.campaigns import Matched, block, holders, host_wish, make_matched, run_now, wish
from tests.pages import text_of

pytestmark = pytest.mark.django_db
EQUAL = {"person_preference": 0, "host_preference": 0, "rank": 10}


@pytest.fixture
def matched() -> Matched:
    return make_matched()


def run_of(proposal: Proposal) -> MatchingRun:
    return MatchingRun.objects.select_related("reference").get(pk=proposal.run_id)


def newest(matched: Matched, callbacks, weights=None) -> Proposal:
    run = MatchingRun.objects.filter(campaign=matched.campaign)
    with callbacks(execute=True):
        started = start_run(matched.campaign, weights=weights or EQUAL, by=matched.by, at=AT)
    assert run.get(pk=started.pk).state == "done"
    return Proposal.objects.select_related("run__campaign__owner_unit").get(run=started)


def test_a_first_run_has_no_plan_before_it(matched, django_capture_on_commit_callbacks) -> None:
    run = run_of(run_now(matched, django_capture_on_commit_callbacks))
    assert (run.reference, nearness_text(run)) == (None, "")
    assert "nearness" not in run.report


def test_equal_plans_are_drawn_and_a_second_run_keeps_them(
    matched, django_capture_on_commit_callbacks
) -> None:
    """With one component that is the same for everybody, every plan of three people is equally good."""
    first = newest(matched, django_capture_on_commit_callbacks)
    assert set(first.pairs.values_list("tie", flat=True)) == {TieKind.DRAWN}
    assert tie_text(run_of(first)) == "并列：3 个岗位的人选与其他方案总匹配度相同，按固定次序确定。"
    second = newest(matched, django_capture_on_commit_callbacks)
    assert holders(second) == holders(first)
    assert set(second.pairs.values_list("tie", flat=True)) == {TieKind.NEAR}
    run = run_of(second)
    assert tie_text(run) == ""
    assert run.seed == run_of(first).seed > 0
    assert nearness_text(run) == "与上一方案（计算方案 1）相同，无人变动。"


def test_a_lock_changes_only_what_it_must_and_is_named(matched, django_capture_on_commit_callbacks) -> None:
    first = newest(matched, django_capture_on_commit_callbacks)
    unplaced = first.unplaced.get().nomination
    post = matched.posts[0]
    Lock.objects.create(
        campaign=matched.campaign, nomination=unplaced, campaign_post=post, kind="lock", by=matched.by
    )
    second = newest(matched, django_capture_on_commit_callbacks)
    before, after = holders(first), holders(second)
    assert [name for name in before if before[name] != after[name]] == ["东村"]
    assert nearness_text(run_of(second)) == (
        "与上一方案（计算方案 1）相比变动 2 人：0 人换岗，1 人进入，1 人退出；"
        f"原因：锁定与排除变动：{unplaced.person.name}。"
    )


def lock(matched: Matched, person: Nomination, post: int, kind: str) -> Lock:
    return Lock.objects.create(
        campaign=matched.campaign,
        nomination=person,
        campaign_post=matched.posts[post],
        kind=kind,
        by=matched.by,
    )


def causes_of_run(proposal: Proposal) -> dict[str, int]:
    return {one["kind"]: one["n"] for one in run_of(proposal).report["nearness"]["causes"]}


def test_a_lock_that_changes_nothing_is_no_cause(matched, django_capture_on_commit_callbacks) -> None:
    """Set on a pair that the plan has, or against one that it has not; and lifted from one that it keeps."""
    first = newest(matched, django_capture_on_commit_callbacks)
    there, free = first.pairs.get(campaign_post=matched.posts[0]).nomination, first.unplaced.get().nomination
    locks = lock(matched, there, 0, "lock"), lock(matched, free, 1, "forbid")
    assert causes_of_run(newest(matched, django_capture_on_commit_callbacks)) == {}
    for one in locks:
        one.delete()
    assert causes_of_run(newest(matched, django_capture_on_commit_callbacks)) == {}


@pytest.mark.parametrize("kind", ["lock", "forbid"])
def test_a_lock_that_was_lifted_and_is_not_kept_is_a_cause(
    matched, django_capture_on_commit_callbacks, kind
) -> None:
    """钱乙 is worth most in 东村; the lock holds her elsewhere, the prohibition keeps her out."""
    held = lock(matched, matched.people[1], 2 if kind == "lock" else 0, kind)
    weights = {"person_preference": 10, "host_preference": 0, "rank": 0}
    newest(matched, django_capture_on_commit_callbacks, weights)
    wish(matched, 1, 2, 5)
    Preference.objects.filter(nomination=matched.people[0]).delete()
    held.delete()
    last = newest(matched, django_capture_on_commit_callbacks, weights)
    assert holders(last)["东村"] == "钱乙"
    assert causes_of_run(last)["locks"] == 1


def test_each_change_by_hand_that_still_holds_is_a_cause(matched, django_capture_on_commit_callbacks) -> None:
    """Somebody taken out leaves no pair behind that could be counted."""
    first = run_now(matched, django_capture_on_commit_callbacks)
    placed = first.pairs.get(campaign_post=matched.posts[0]).nomination
    act = {"version": None, "by": matched.by, "at": AT}
    unassign(first, placed, reason="本人困难", **act)
    second = run_now(matched, django_capture_on_commit_callbacks)
    assert nearness_text(run_of(second)).endswith("0 人退出；原因：上一方案有人工调整 1 项。")
    taken_out = second.pairs.get(campaign_post=matched.posts[0]).nomination
    unassign(second, taken_out, reason="本人困难", **act)
    undo_intervention(second.interventions.get(), **act)
    assert causes_of_run(run_now(matched, django_capture_on_commit_callbacks)) == {}


@pytest.mark.parametrize(("is_judged", "is_named"), [(False, True), (True, False)])
def test_a_run_of_the_old_format_was_scored_otherwise(
    matched, django_capture_on_commit_callbacks, *, is_judged, is_named
) -> None:
    """Only where something could not be judged does the neutral value change a score."""
    first = newest(matched, django_capture_on_commit_callbacks)
    before = unpack(first.run.snapshot)
    components = before.admissible.components
    admissible = replace(before.admissible, components=np.nan_to_num(components) if is_judged else components)
    old = pack(replace(before, neutral=None, admissible=admissible))
    MatchingRun.objects.update(snapshot=old)
    run = run_of(newest(matched, django_capture_on_commit_callbacks))
    run.report["nearness"]["n_moved"] = 2
    assert ("计分办法变动（无法评定的按中性值计）" in nearness_text(run)) is is_named
    assert "计分办法" not in nearness_text(run_of(newest(matched, django_capture_on_commit_callbacks)))


def test_the_adopted_plan_counts_before_the_last_one(matched, django_capture_on_commit_callbacks) -> None:
    first = newest(matched, django_capture_on_commit_callbacks)
    choose_proposal(first, version=first.version, by=matched.by, at=AT)
    copy_proposal(first, name="副本", by=matched.by, at=AT)
    newest(matched, django_capture_on_commit_callbacks)
    assert run_of(newest(matched, django_capture_on_commit_callbacks)).reference == first
    Proposal.objects.update(is_chosen=False)
    last = Proposal.objects.order_by("-run__number").first()
    copy = copy_proposal(
        Proposal.objects.select_related("run__campaign__owner_unit").get(pk=last.pk),
        name="调整",
        by=matched.by,
        at=AT,
    )
    assert run_of(newest(matched, django_capture_on_commit_callbacks)).reference == copy


def test_every_kind_of_cause_is_named(matched, django_capture_on_commit_callbacks) -> None:
    first = newest(matched, django_capture_on_commit_callbacks)
    new_post = make_campaign_post(
        matched.campaign, make_post(make_unit("北村", matched.root), title="第一书记")
    )
    make_nomination(matched.campaign, make_person(matched.homes[0], name="周戊"), **CHECKED)
    Nomination.objects.filter(pk=matched.people[3].pk).update(state=NominationState.WITHDRAWN)
    matched.posts[1].priority = 1
    matched.posts[1].save()
    make_quota(matched.campaign, matched.homes[1], release_cap=1)
    block(matched, 0, 0)
    wish(matched, 2, 0, 2)
    first.pairs.update(is_manual=True)
    second = newest(matched, django_capture_on_commit_callbacks, EQUAL | {"growth": 5})
    causes = nearness_text(run_of(second)).partition("原因：")[2]
    assert causes == (
        "新增人选：周戊；退出人选：李丁；新增岗位：北村 第一书记；岗位人数或优先级调整：西村 第一书记；"
        "派出上限调整：乙厅；权重调整：补足短板；资格审查结果变动 1 项；人选资料或志愿变动：孙丙；"
        "上一方案有人工调整 3 项。"
    )
    new_post_key = new_post.pk
    new_post.delete()
    third = newest(matched, django_capture_on_commit_callbacks, EQUAL | {"growth": 5})
    assert run_of(third).report["nearness"]["causes"] == [
        {"kind": "posts_out", "n": 1, "people": [], "posts": [new_post_key], "units": [], "weights": []}
    ]


def test_a_plan_before_that_is_gone_has_no_name(matched, django_capture_on_commit_callbacks) -> None:
    first = newest(matched, django_capture_on_commit_callbacks)
    run = run_of(newest(matched, django_capture_on_commit_callbacks))
    first.delete()
    assert nearness_text(run_of(run.proposals.get())) == "与上一方案（已删除的方案）相同，无人变动。"


def test_without_a_cause_and_without_a_proof_both_are_said(
    matched, django_capture_on_commit_callbacks
) -> None:
    newest(matched, django_capture_on_commit_callbacks)
    run = run_of(newest(matched, django_capture_on_commit_callbacks))
    run.report["nearness"] |= {"n_moved": 2, "is_proven": False, "causes": []}
    assert nearness_text(run) == (
        "与上一方案（计算方案 1）相比变动 2 人：2 人换岗，0 人进入，0 人退出；"
        "原因：计算所依据的材料没有变动。未能证明变动人数已为最少。"
    )


def test_many_names_are_cut_short(matched, django_capture_on_commit_callbacks) -> None:
    newest(matched, django_capture_on_commit_callbacks)
    for number in range(7):
        make_nomination(
            matched.campaign,
            make_person(matched.homes[0], name=f"新人{number}", name_key=f"x{number}"),
            **CHECKED,
        )
    run = run_of(newest(matched, django_capture_on_commit_callbacks))
    run.report["nearness"]["n_in"] = 1
    assert "新增人选：新人0、新人1、新人2、新人3、新人4等 7 项" in nearness_text(run)


def test_side_rules_and_facts_of_posts_are_causes(matched, django_capture_on_commit_callbacks) -> None:
    newest(matched, django_capture_on_commit_callbacks)
    SideRule.objects.create(
        campaign=matched.campaign,
        kind="region_count",
        values={"attribute": "woman", "most": 3},
        created_by=matched.by,
        created_at=AT,
    )
    for person in range(4):
        host_wish(matched, 2, person, person + 1)
    run = run_of(newest(matched, django_capture_on_commit_callbacks))
    causes = {one["kind"]: one for one in run.report["nearness"]["causes"]}
    assert causes["side_rules"]["n"] == 1
    assert causes["posts_facts"]["posts"] == [matched.posts[2].pk]


def test_the_page_of_a_run_says_both(matched, signed_in, django_capture_on_commit_callbacks) -> None:
    run = run_of(newest(matched, django_capture_on_commit_callbacks))
    assert "并列：3 个岗位的人选" in text_of(signed_in(matched.by).get(f"/matching/runs/{run.pk}/"))
    run = run_of(newest(matched, django_capture_on_commit_callbacks))
    assert "与上一方案（计算方案 1）相同" in text_of(signed_in(matched.by).get(f"/matching/runs/{run.pk}/"))


def test_numbers_and_reference_survive_packing(matched, django_capture_on_commit_callbacks) -> None:
    first = newest(matched, django_capture_on_commit_callbacks)
    taken = take_snapshot(matched.campaign, first)
    back = unpack(pack(taken))
    assert back.reference == taken.reference != ()
    assert back.person_keys.tolist() == taken.person_keys.tolist()
    assert back.post_keys.tolist() == taken.post_keys.tolist()
    assert len(set(back.person_keys.tolist())) == 4


def test_people_of_one_name_are_told_apart(matched) -> None:
    twin = matched.people[0].person
    make_nomination(matched.campaign, make_person(twin.unit, name=twin.name, born_on=twin.born_on), **CHECKED)
    assert len(set(take_snapshot(matched.campaign).person_keys.tolist())) == 5


def draw_of(matched, *, has_lots: bool) -> list[list[int]]:
    """Keys of people and posts before and after every name was corrected."""
    if has_lots:
        lots = Lots(matched.campaign)
        for one in matched.people:
            one.lot = lots.of_person(one.home_unit, one.person)
            one.save()
        for post in matched.posts:
            post.lot = lots.of_post(post.post)
            post.save()
    found = []
    for suffix in ("", "更正"):
        for one in matched.people:
            Person.objects.filter(pk=one.person_id).update(name=f"{one.person.name}{suffix}")
        for post in matched.posts:
            Post.objects.filter(pk=post.post_id).update(title=f"{post.post.title}{suffix}")
        snapshot = take_snapshot(matched.campaign)
        found.append([*snapshot.person_keys.tolist(), *snapshot.post_keys.tolist()])
    return found


def test_a_name_that_is_corrected_moves_no_tie(matched) -> None:
    before, after = draw_of(matched, has_lots=True)
    assert before == after
    assert len(set(before)) == 7


def test_without_numbers_names_still_decide(matched) -> None:
    before, after = draw_of(matched, has_lots=False)
    assert not set(before) & set(after)
