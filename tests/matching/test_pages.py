"""The pages: figures, links, costs before confirming, who sees which button, constant queries."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.campaigns.choices import CampaignState
from secondment.files.reading import parse_table
from secondment.jobs.models import Job
from secondment.matching.models import Lock, MatchingRun, Proposal
from secondment.matching.services.proposals import copy_proposal
from tests.makers import AT, CHECKED, make_campaign_post, make_nomination, make_person, make_post, make_user
from tests.matching.campaigns import WEIGHTS, block, holders, make_matched, run_now
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


def page(client, name: str, *args, **query) -> str:
    return text_of(client.get(reverse(f"matching:{name}", args=args), query))


def test_campaigns_runs_and_proposals_are_listed(matched, run, client) -> None:
    assert "暂无方案" in page(client, "campaign_detail", matched.campaign.pk)
    run()
    assert matched.campaign.name in page(client, "campaign_list")
    text = page(client, "campaign_detail", matched.campaign.pk)
    assert "计算方案 1 #1 210.00" in text
    assert "设定权重并计算" in text


def test_a_campaign_not_yet_under_review_is_not_listed(client, matched) -> None:
    matched.campaign.state = CampaignState.OPEN
    matched.campaign.save()
    assert "暂无进入审查匹配的批次" in page(client, "campaign_list")


def test_weights_start_a_run(matched, client, django_capture_on_commit_callbacks) -> None:
    url = reverse("matching:run_create", args=[matched.campaign.pk])
    assert 'value="25"' in client.get(url).content.decode()
    weights = dict.fromkeys(
        ("specialty", "needed_abilities", "growth", "rank", "experience", "distance", "continuity"), 0
    )
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url, weights | WEIGHTS)
    run = MatchingRun.objects.get()
    assert response["Location"] == reverse("matching:run_detail", args=[run.pk])
    text = page(client, "run_detail", run.pk)
    assert "求解结论 已证明最优" in text
    assert "填补岗位 3 / 3 总匹配度 210.00 理论上限 210.00 差距 0" in text


@pytest.mark.parametrize(("value", "words"), [("", "至少有一项权重要大于 0"), ("101", "100")])
def test_useless_weights_stay_on_the_page(matched, client, value, words) -> None:
    fields = ("specialty", "needed_abilities", "growth", "rank", "experience", "person_preference")
    weights = dict.fromkeys((*fields, "host_preference", "distance", "continuity"), value or "0")
    response = client.post(reverse("matching:run_create", args=[matched.campaign.pk]), weights)
    assert words in text_of(response)


def test_the_preview_tells_what_the_weights_lead_to(matched, client) -> None:
    url = reverse("matching:weights_preview", args=[matched.campaign.pk])
    weights = dict.fromkeys(
        ("specialty", "needed_abilities", "growth", "rank", "experience", "distance", "continuity"), 0
    )
    text = text_of(client.post(url, weights | WEIGHTS))
    assert "填补岗位 3 / 3 总匹配度 210.00 平均匹配度 70.00 第一志愿 2 人 志愿之内 2 人" in text
    again = weights | {"person_preference": 100, "host_preference": 0}
    assert "总匹配度 200.00" in text_of(client.post(url, again))
    assert "改正后即可预览" in text_of(client.post(url, {"rank": "x"}))
    assert not MatchingRun.objects.exists()


def test_the_preview_stands_beside_the_last_run(matched, run, client) -> None:
    url = reverse("matching:weights_preview", args=[matched.campaign.pk])
    others = ("specialty", "needed_abilities", "growth", "rank", "experience", "distance", "continuity")
    weights = dict.fromkeys(others, 0) | WEIGHTS
    assert "上次" not in text_of(client.post(url, weights))
    run()
    text = text_of(client.post(url, weights))
    assert "总匹配度 210.00 上次 210.00（0.00）" in text
    assert "上次：第 1 次计算（计算方案 1），权重相同。" in text
    text = text_of(client.post(url, weights | {"person_preference": 100, "host_preference": 0}))
    assert "填补岗位 3 / 3 上次 3（+0） 总匹配度 200.00 上次 210.00（−10.00）" in text
    assert "权重不同，匹配度不能直接相比" in text
    assert "合计 100，" in text
    page = text_of(client.get(reverse("matching:run_create", args=[matched.campaign.pk])))
    assert page.count(" 上次 ") == len(weights)


def test_faults_of_weights_are_named_beside_the_preview(matched, client) -> None:
    url = reverse("matching:weights_preview", args=[matched.campaign.pk])
    text = text_of(client.post(url, {"rank": "x", "specialty": "101", "growth": "7"}))
    assert "职级相当：" in text
    assert "专业匹配：" in text
    assert "补足短板：" not in text
    assert "合计 108，" in text  # what is a number counts


def test_the_preview_says_why_nothing_can_be_matched(matched, client) -> None:
    for person in range(4):
        block(matched, person)
    client.get(reverse("matching:run_create", args=[matched.campaign.pk]))
    weights = dict.fromkeys(
        ("specialty", "needed_abilities", "growth", "rank", "experience", "distance", "continuity"), 0
    )
    url = reverse("matching:weights_preview", args=[matched.campaign.pk])
    assert "没有可以匹配的人选和岗位" in text_of(client.post(url, weights | WEIGHTS))


@pytest.mark.parametrize(
    ("state", "refresh"), [("queued", None), ("running", None), ("done", "true"), ("failed", "true")]
)
def test_progress_is_shown_until_the_run_is_finished(matched, client, state, refresh) -> None:
    run = MatchingRun.objects.create(
        campaign=matched.campaign,
        number=1,
        weights=WEIGHTS,
        state=state,
        created_by=matched.by,
        created_at=AT,
    )
    response = client.get(reverse("matching:run_progress", args=[run.pk]))
    assert response.headers.get("HX-Refresh") == refresh
    if state != "done":
        words = {"queued": "排队中", "running": "计算中", "failed": "计算没有完成"}
        assert words[state] in page(client, "run_detail", run.pk)


def test_a_proposal_shows_who_goes_where_and_who_would_be_next(run, client) -> None:
    proposal = run()
    text = page(client, "proposal_detail", proposal.pk)
    assert "已安排 3 人" in text
    assert "岗位安排 3 未匹配人选 1 空缺岗位 0" in text
    assert "钱乙 −40.00" in text  # the next for 东村, when everybody else is moved for the best
    assert "采用本方案" in text


def test_leaders_read_and_have_no_buttons(matched, run, signed_in) -> None:
    proposal = run()
    leader = signed_in(make_user(Role.LEADER, matched.root))
    pair = proposal.pairs.first()
    for text in (
        page(leader, "proposal_detail", proposal.pk),
        page(leader, "pair_detail", proposal.pk, pair.pk),
        page(leader, "move_preview", proposal.pk, nomination=pair.nomination_id),
        page(leader, "campaign_detail", matched.campaign.pk),
    ):
        assert not {"采用本方案", "锁定 排除 调出", "确认", "设定权重并计算"} & set(re.split(r" {1,}", text))


def test_leaders_are_not_told_which_rule_of_the_organisation_department_keeps_somebody_out(
    matched, run, client, signed_in
) -> None:
    block(matched, 0, rule="H4")
    block(matched, 1, rule="H9b")
    block(matched, 2, 0, rule="H4")
    proposal = run()
    leader = signed_in(make_user(Role.LEADER, matched.root))
    asked = [
        ("unplaced_list", {}),
        ("proposal_print", {}),
        ("shortage_list", {}),
        ("move_preview", {"nomination": matched.people[0].pk}),
        ("move_preview", {"nomination": matched.people[2].pk, "post": matched.posts[0].pk}),
    ]
    told = [page(client, name, proposal.pk, **query) for name, query in asked]
    kept = [page(leader, name, proposal.pk, **query) for name, query in asked]
    assert ["H4" in text for text in told] == [True] * 5
    assert ["H4" in text for text in kept] == [False] * 5
    assert ["请与组织部门联系" in text for text in kept] == [True, True, False, True, True]
    assert "资格审查未通过：H9b" in kept[0]


def test_lists_narrow_by_name_priority_and_source(matched, run, client) -> None:
    proposal = run()
    assert "共 1 条" in page(client, "proposal_detail", proposal.pk, q="孙丙")
    assert "共 3 条" in page(client, "proposal_detail", proposal.pk, priority="2")
    assert "没有符合条件的记录" in page(client, "proposal_detail", proposal.pk, mark="manual")
    assert "共 3 条" in page(client, "proposal_detail", proposal.pk, mark="computed")
    proposal.pairs.filter(nomination=matched.people[0]).update(is_locked=True)
    proposal.pairs.filter(nomination=matched.people[2]).update(is_manual=True)
    assert "共 1 条" in page(client, "proposal_detail", proposal.pk, mark="locked")
    assert "人工调整" in page(client, "proposal_detail", proposal.pk, mark="manual")
    assert "共 1 条" in page(client, "unplaced_list", proposal.pk, kind="outscored")


def test_the_excel_file_holds_points_and_leaves_a_trail(run, client) -> None:
    proposal = run()
    response = client.get(reverse("matching:proposal_detail", args=[proposal.pk]), {"export": "xlsx"})
    table = parse_table(response.content, file="plan.xlsx")
    first = next(row for row in table.rows if row["接收单位"] == "东村")
    assert (first["人选"], first["匹配度"], first["来源"]) == ("赵甲", "100", "计算结果")
    assert AuditEvent.objects.filter(action="proposal.export", details={"rows": 3}).exists()
    client.get(reverse("matching:unplaced_list", args=[proposal.pk]), {"export": "xlsx"})
    assert AuditEvent.objects.filter(action="proposal.export", details={"rows": 1}).exists()


def test_a_pair_is_explained_to_the_last_point(matched, run, client) -> None:
    proposal = run()
    pair = proposal.pairs.get(campaign_post=matched.posts[1])
    text = page(client, "pair_detail", proposal.pk, pair.pk)
    assert "1 −（r − 1）÷ 可填志愿数；未填该岗位为 0 100.00 60 60.00 — 第 1 志愿，共可填 5 个" in text
    assert "100.00 40 40.00 第 1 位，共列 1 人 — 接收单位意向" in text
    assert "无法评定 0 — — 没有就近要求" in text
    assert "锁定 排除 调出 换到…" in text


def test_a_change_shows_its_cost_before_it_is_confirmed(matched, run, client) -> None:
    proposal = run()
    text = page(
        client, "move_preview", proposal.pk, nomination=matched.people[0].pk, post=matched.posts[1].pk
    )
    assert "与孙丙对调 总匹配度 −152.00 理由 列入方案和决定材料 确认" in text
    assert "赵甲在“东村”更能发挥作用（100.00，此处 48.00）" in text
    assert "“西村”由孙丙改为赵甲（−52.00） “东村”由赵甲改为钱乙（−40.00）" in text
    assert "合计 −92.00 分 各项四舍五入，合计按未舍入的数计算。 理由" in text
    assert "替换孙丙（转为未匹配） 总匹配度 −152.00 · 填补岗位 −1" in text
    assert holders(proposal)["西村"] == "孙丙"


def test_a_change_that_cannot_be_made_says_why(matched, run, client) -> None:
    block(matched, 0, 2, rule="H3")
    proposal = run()
    asked = {"nomination": matched.people[0].pk, "post": matched.posts[2].pk}
    url = reverse("matching:move_preview", args=[proposal.pk])
    text = text_of(client.get(url, asked, headers={"HX-Target": "panel-body"}))
    assert "资格审查未通过（H3）" in text
    assert "确认" not in text


def test_suggestions_for_people_with_and_without_a_post(matched, run, client) -> None:
    proposal = run()
    text = page(client, "move_preview", proposal.pk, nomination=matched.people[0].pk)
    assert "东村 第一书记 100.00 赵甲 现岗位 西村 第一书记 48.00 孙丙 查看影响" in text
    late = make_nomination(matched.campaign, make_person(matched.homes[0]))
    assert "没有可安排的岗位" in page(client, "move_preview", proposal.pk, nomination=late.pk)
    response = client.get(
        reverse("matching:move_preview", args=[proposal.pk]),
        {"nomination": matched.people[0].pk},
        headers={"HX-Target": "panel-body"},
    )
    assert b"<html" not in response.content


def test_swapping_through_the_page(matched, run, client) -> None:
    proposal = run()
    change = {
        "version": 1,
        "nomination": matched.people[0].pk,
        "other": matched.people[2].pk,
        "reason": "两地分居",
    }
    response = client.post(reverse("matching:pair_swap", args=[proposal.pk]), change, follow=True)
    assert "已调整。总匹配度变化 −152.00 分。" in text_of(response)
    assert client.post(reverse("matching:pair_swap", args=[proposal.pk]), change).status_code == 409


def test_taking_out_forbidding_and_giving_back_through_the_page(matched, run, client) -> None:
    proposal = run()
    change = {
        "version": 1,
        "nomination": matched.people[0].pk,
        "campaign_post": matched.posts[0].pk,
        "reason": "有异议",
    }
    response = client.post(reverse("matching:pair_forbid", args=[proposal.pk]), change, follow=True)
    assert "已调整。总匹配度变化 −100.00 分，填补岗位 −1 个。" in text_of(response)
    lock = Lock.objects.get()
    text = page(client, "campaign_detail", matched.campaign.pk)
    assert "赵甲 东村 第一书记 有异议 排除 解除" in text
    client.post(reverse("matching:lock_clear", args=[lock.pk]))
    response = client.post(
        reverse("matching:person_assign", args=[proposal.pk]), change | {"version": 2}, follow=True
    )
    assert "总匹配度变化 +100.00 分，填补岗位 +1 个。" in text_of(response)
    client.post(reverse("matching:person_unassign", args=[proposal.pk]), change | {"version": 3})
    assert "空缺的岗位 本方案现状 接收单位 挂任职务 优先级 名额 空缺 东村 第一书记 2 1 1" in page(
        client, "shortage_list", proposal.pk
    )


def test_locking_through_the_page(matched, run, client) -> None:
    proposal = run()
    pair = proposal.pairs.get(nomination=matched.people[0])
    response = client.post(
        reverse("matching:pair_lock", args=[pair.pk]), {"reason": "主要领导意见"}, follow=True
    )
    assert "已锁定。以后的计算都会保留该项安排。" in text_of(response)
    assert "解除锁定" in text_of(response)
    assert Lock.objects.get().reason == "主要领导意见"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("person_assign", {"version": 1, "nomination": 0}),
        ("pair_swap", {"version": 1}),
        ("person_assign", {"nomination": 0, "campaign_post": 0}),
    ],
)
def test_forms_that_no_page_sends_are_not_found(matched, run, client, name, data) -> None:
    proposal = run()
    data = data | ({"nomination": matched.people[0].pk} if "nomination" in data else {})
    assert client.post(reverse(f"matching:{name}", args=[proposal.pk]), data).status_code == 404


@pytest.mark.parametrize("asked", ["", "x", "9" * 30])
def test_a_broken_address_is_not_found(run, client, asked) -> None:
    proposal = run()
    url = reverse("matching:move_preview", args=[proposal.pk])
    assert client.get(url, {"nomination": asked}).status_code == 404


def test_copying_choosing_and_comparing(matched, run, client) -> None:
    proposal = run()
    assert "暂无可以比较的方案" in page(client, "proposal_compare", proposal.pk)
    client.post(reverse("matching:proposal_copy", args=[proposal.pk]), {"name": "备选方案"})
    copy = Proposal.objects.get(name="备选方案")
    client.post(
        reverse("matching:pair_swap", args=[copy.pk]),
        {"version": 1, "nomination": matched.people[0].pk, "other": matched.people[2].pk, "reason": "试排"},
    )
    text = page(client, "proposal_compare", proposal.pk, **{"with": copy.pk})
    names = f"“{proposal.name}”到“备选方案”"
    assert f"由{names}：变动 2 人，涉及 2 个岗位。" in text
    assert "换岗 2 人 进入 0 人 退出 0 人 总匹配度 −152.00 210.00 → 58.00 已安排 3 人 3 → 3" in text
    assert "变动人员 2 全部岗位 3 合计与分项" in text
    assert "孙丙 甲厅 换岗 西村 第一书记 100.00 东村 第一书记 0.00 −100.00" in text
    assert "南村" not in text
    back = page(client, "proposal_compare", copy.pk, **{"with": proposal.pk})
    assert f"由{names}" in back  # the older one first, whichever is opened
    every = page(client, "proposal_compare", proposal.pk, **{"with": copy.pk, "show": "all"})
    assert "东村 第一书记 赵甲 100.00 孙丙 0.00 −100.00" in every
    assert "南村" in every
    figures = page(client, "proposal_compare", proposal.pk, **{"with": copy.pk, "show": "figures"})
    assert "总匹配度 210.00 58.00" in figures
    client.post(reverse("matching:proposal_choose", args=[copy.pk]), {"version": 2})
    copy.refresh_from_db()
    assert copy.is_chosen
    assert "已采用" in page(client, "campaign_list")


def test_two_equal_proposals_and_a_nameless_copy(matched, run, client) -> None:
    proposal = run()
    copy = copy_proposal(proposal, name="同", by=matched.by, at=AT)
    assert "两个方案完全一致" in page(client, "proposal_compare", proposal.pk, **{"with": copy.pk})
    response = client.post(reverse("matching:proposal_copy", args=[proposal.pk]), {"name": ""}, follow=True)
    assert "没有复制" in text_of(response)
    assert client.post(reverse("matching:proposal_choose", args=[proposal.pk])).status_code == 409


def test_shortages_name_rules_caps_and_what_each_relaxation_frees(matched, run, client) -> None:
    for post in range(3):
        block(matched, 1, post, rule="H3")
    block(matched, 0, rule="H4")
    proposal = run()
    text = page(client, "shortage_list", proposal.pk)
    assert "该组岗位需要 3 人，最多只能安排 2 人" in text
    assert "仅因规则 H4 不能到这些岗位的有 1 名。" in text
    assert "规则 H4 示例依据 1" in text


def test_paper_holds_everything(matched, run, client) -> None:
    proposal = run()
    proposal.pairs.filter(campaign_post=matched.posts[2]).delete()
    text = page(client, "proposal_print", proposal.pk)
    assert "建议方案，供集体研究" in text
    assert "东村 第一书记 赵甲 甲厅" in text
    assert "空缺岗位 南村 第一书记" in text


@pytest.mark.parametrize("name", ["proposal_detail", "unplaced_list", "shortage_list", "proposal_print"])
def test_queries_do_not_grow_with_the_campaign(matched, run, client, name) -> None:
    def n_queries(proposal) -> int:
        url = reverse(f"matching:{name}", args=[proposal.pk])
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(url).status_code == 200
        return len(captured)

    def grow(times: int) -> None:
        for _number in range(times):
            make_campaign_post(matched.campaign, make_post(matched.homes[0], title="第一书记"))
            for _again in range(2):
                make_nomination(matched.campaign, make_person(matched.homes[1]), **CHECKED)

    run()
    grow(1)  # every later plan says how it differs from the one before
    few = n_queries(run())
    grow(8)
    assert n_queries(run()) == few


def test_somebody_without_a_post_may_take_a_free_place_or_a_holders(matched, run, client) -> None:
    proposal = run()
    free = next(one for one in matched.people if not proposal.pairs.filter(nomination=one).exists())
    proposal.pairs.filter(campaign_post=matched.posts[2]).delete()
    text = page(client, "move_preview", proposal.pk, nomination=free.pk, post=matched.posts[2].pk)
    assert "安排到空缺名额 总匹配度 +10.00 · 填补岗位 +1" in text
    text = page(client, "move_preview", proposal.pk, nomination=free.pk, post=matched.posts[0].pk)
    assert "替换赵甲" in text
    assert "对调" not in text


def test_the_printed_page_leaves_a_trail(run, client) -> None:
    proposal = run()
    client.get(reverse("matching:proposal_print", args=[proposal.pk]))
    event = AuditEvent.objects.get(action="proposal.print")
    assert (event.object_type, event.object_id) == ("matching.proposal", str(proposal.pk))


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_a_run_whose_job_was_stopped_says_so(matched, client, state) -> None:
    job = Job.objects.create(
        kind="matching.run", owner=matched.by, created_at=AT, state=state, message="后台进程中断。"
    )
    run = MatchingRun.objects.create(
        campaign=matched.campaign,
        number=1,
        weights=WEIGHTS,
        state="running",
        created_by=matched.by,
        created_at=AT,
        job_id=job.pk,
    )
    assert client.get(reverse("matching:run_progress", args=[run.pk])).headers["HX-Refresh"] == "true"
    assert "后台进程中断。" in page(client, "run_detail", run.pk)


def test_a_waiting_run_says_when_no_worker_takes_it_and_can_be_cancelled(matched, client) -> None:
    job = Job.objects.create(kind="matching.run", owner=matched.by, created_at=AT)
    run = MatchingRun.objects.create(
        campaign=matched.campaign,
        number=1,
        weights=WEIGHTS,
        created_by=matched.by,
        created_at=AT,
        job_id=job.pk,
    )
    text = page(client, "run_detail", run.pk)
    assert "秒没有响应。请联系系统管理员" in text
    assert "取消计算" in text


class TestNobodyToMatch:
    """A campaign in which nobody is suitable says why, with what to do, and its buttons are shut."""

    def pages(self, client, matched) -> list[str]:
        names = ("campaign_detail", "run_create")
        return [
            client.get(reverse(f"matching:{one}", args=[matched.campaign.pk])).content.decode()
            for one in names
        ]

    def test_all_are_kept_out(self, matched, client) -> None:
        for number in range(len(matched.people)):
            block(matched, number)
        for found in self.pages(client, matched):
            assert "全部人选资格不符" in found
            assert reverse("campaigns:finding_rules", args=[matched.campaign.pk]) in found
            assert 'disabled aria-describedby="blockers"' in found

    def test_nobody_is_nominated(self, matched, client) -> None:
        matched.campaign.nominations.update(state="withdrawn")
        for found in self.pages(client, matched):
            assert "没有有效的推荐人选" in found
            assert 'disabled aria-describedby="blockers"' in found

    def test_otherwise_the_button_works(self, matched, client) -> None:
        for found in self.pages(client, matched):
            assert 'aria-describedby="blockers"' not in found
