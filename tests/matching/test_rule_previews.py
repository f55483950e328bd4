"""Before a rule is added: whom it is about and what the present plan gives; pairs decided by hand before there is a plan."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.common.errors import NotAllowedError
from secondment.matching.choices import LockKind, SideRuleKind
from secondment.matching.errors import ReasonMissingError, SideRuleError
from secondment.matching.models import Lock, SideRule
from secondment.matching.services.pairs import decide_pair
from secondment.matching.services.side_rules import add_side_rule
from secondment.matching.side_rules.preview import preview_pair, preview_rule
from secondment.people.choices import Sex
from tests.makers import AT, make_user
from tests.matching.campaigns import block, holders, make_matched, run_now
from tests.matching.test_further_side_rules import predecessor
from tests.matching.test_side_rules import counties, marry, team
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def matched():
    return make_matched()


@pytest.fixture
def callbacks(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks


def women(matched, *rows: int) -> None:
    for number in rows:
        matched.people[number].person.sex = Sex.FEMALE
        matched.people[number].person.save()


def facts(matched, kind: SideRuleKind, **values) -> list[str]:
    return preview_rule(matched.campaign, kind, values, None).facts


def test_such_people_are_counted_and_the_plan_is_judged(matched, callbacks) -> None:
    counties(matched)
    women(matched, 1, 3)
    block(matched, 3)
    plan = run_now(matched, callbacks)
    assert holders(plan) == {"东村": "赵甲", "西村": "孙丙", "南村": "钱乙"}
    values = {"attribute": "woman", "least": 1}
    preview = preview_rule(matched.campaign, SideRuleKind.REGION_COUNT, values, plan)
    assert preview.sentence == "每个县（市、区）：女干部不少于 1 人"
    assert preview.facts == ["符合的人选：2 人，其中审查未否决 1 人：钱乙、李丁", "有岗位的地区：2 个"]
    assert preview.problems == ["不能满足：各地区合计至少需要 2 人，符合且未被否决的只有 1 人。"]
    assert [(one.name, one.is_kept) for one in preview.report.lines] == [
        ("甲省110101", False),
        ("甲省110102", True),
    ]
    assert not SideRule.objects.exists()


def test_as_many_as_are_asked_are_enough(matched) -> None:
    counties(matched)
    women(matched, 1, 3)
    preview = preview_rule(
        matched.campaign, SideRuleKind.REGION_COUNT, {"attribute": "woman", "least": 1}, None
    )
    assert (preview.problems, preview.report) == ([], None)


def test_each_kind_says_what_there_is(matched) -> None:
    counties(matched)
    team(matched, 0, 1)
    marry(matched.people[0], matched.people[1])
    assert facts(matched, SideRuleKind.WHOLE_TEAM) == ["编组：1 个"]
    assert facts(matched, SideRuleKind.COUPLE_TOGETHER) == ["同时被推荐的夫妻：1 对"]
    assert facts(matched, SideRuleKind.TEAM_SKILL, specialty="health", least=1) == [
        "符合的人选：0 人，其中审查未否决 0 人",
        "编组：1 个",
    ]
    assert facts(matched, SideRuleKind.GROUP_CAP, group="unit", most=1) == [
        "推荐人数（从多到少）：甲厅 2；乙厅 2"
    ]
    assert facts(matched, SideRuleKind.FILLED, region="110101") == ["须配齐的岗位：2 个，共需 2 人"]
    assert facts(matched, SideRuleKind.BALANCE, size="county", measure="everybody", width=1) == [
        "有岗位的地区：2 个",
        "符合的人选：4 人，其中审查未否决 4 人：赵甲、钱乙、孙丙、李丁",
    ]
    ranks = facts(matched, SideRuleKind.PYRAMID, ratio=100)
    assert ranks[1].startswith("人选的职务层次（从高到低，人数）：")
    assert ranks[1].endswith(" 4")


def test_a_rule_about_nothing_says_so_and_a_faulty_one_why(matched) -> None:
    idle = "目前没有适用的对象，添加后暂不起作用。"
    for kind, values in (
        (SideRuleKind.COUPLE_TOGETHER, {}),
        (SideRuleKind.WHOLE_TEAM, {}),
        (SideRuleKind.OVERLAP, {"days": 1, "least": 100}),
    ):
        assert idle in preview_rule(matched.campaign, kind, values, None).problems
    values = {"attribute": "woman", "least": 3, "most": 2}
    faulty = preview_rule(matched.campaign, SideRuleKind.REGION_COUNT, values, None)
    assert faulty.problems == ["下限不能大于上限。"]


def test_the_days_of_each_handover_are_shown(matched) -> None:
    matched.campaign.handover_days = 20
    matched.campaign.save()
    placed = predecessor(matched, 0, dt.date(2027, 3, 10))
    preview = preview_rule(matched.campaign, SideRuleKind.OVERLAP, {"days": 11, "least": 100}, None)
    assert preview.facts == [
        "有前任的岗位：1 个；本批次 2027-03-01 到岗",
        f"东村 第一书记：{placed.person.name} 2027-03-10 期满，可交接 10 天",
    ]
    assert "交接不满 11 天" in preview.problems[0]


def test_many_people_are_named_in_part(matched) -> None:
    from secondment.matching.side_rules import preview as module

    assert module.MOST_NAMED == 12
    women(matched, 0, 1, 2, 3)
    reader = module._Reader(matched.campaign, SideRuleKind.REGION_COUNT, {"attribute": "woman", "least": 1})
    assert reader._people([0] * 13).endswith("等")
    assert not reader._people([0] * 12).endswith("等")


def test_the_fragment_follows_the_form(matched, callbacks, client) -> None:
    counties(matched)
    client.force_login(matched.by)
    args = [matched.campaign.pk, "region_count"]
    address = reverse("matching:side_rule_preview", args=args)
    assert "填写完整后" in text_of(client.post(address, {"least": "x"}))
    page = text_of(client.post(address, {"attribute": "woman", "least": "1"}))
    assert "女干部不少于 1 人" in page
    assert "尚无方案" in page
    run_now(matched, callbacks)
    page = text_of(client.post(address, {"attribute": "woman", "least": "1"}))
    assert "现方案（计算方案 1）" in page
    assert "共 2 处，满足 0 处" in page
    form = client.get(reverse("matching:side_rule_add", args=args)).content.decode()
    assert address in form
    unknown = reverse("matching:side_rule_preview", args=[matched.campaign.pk, "unknown"])
    assert client.post(unknown).status_code == 404


def test_the_preview_asks_as_often_for_few_as_for_many(
    matched, callbacks, client, django_assert_num_queries
) -> None:
    counties(matched)
    run_now(matched, callbacks)
    client.force_login(matched.by)
    address = reverse("matching:side_rule_preview", args=[matched.campaign.pk, "region_count"])
    sent = {"attribute": "woman", "least": "1"}
    women(matched, 0)
    client.post(address, sent)
    with CaptureQueriesContext(connection) as few:
        client.post(address, sent)
    women(matched, 1, 2, 3)
    with django_assert_num_queries(len(few)):
        client.post(address, sent)


# Pairs


def decide(matched, person: int, post: int, kind: LockKind = LockKind.LOCK, **fields):
    fields = {"reason": "示例理由", "by": matched.by, "at": AT} | fields
    return decide_pair(matched.people[person], matched.posts[post], kind, **fields)


def test_a_pair_is_locked_before_there_is_a_plan_and_kept(matched, callbacks, client) -> None:
    client.force_login(matched.by)
    address = reverse("matching:side_rule_add", args=[matched.campaign.pk, "lock"])
    assert "李丁 · 乙厅" in client.get(address).content.decode()
    sent = {"nomination": matched.people[3].pk, "post": matched.posts[2].pk}
    assert client.post(address, sent).status_code == 200
    preview = reverse("matching:side_rule_preview", args=[matched.campaign.pk, "lock"])
    assert "李丁安排到“南村 第一书记”" in text_of(client.post(preview, sent))
    assert client.post(address, {**sent, "reason": "对口支援"}).status_code == 302
    assert Lock.objects.get().reason == "对口支援"
    assert AuditEvent.objects.latest("pk").action == "lock.set"
    decide(matched, 0, 0, LockKind.FORBID)
    plan = run_now(matched, callbacks)
    assert holders(plan)["南村"] == "李丁"
    assert holders(plan)["东村"] != "赵甲"
    listed = text_of(client.get(reverse("matching:side_rule_list", args=[matched.campaign.pk])))
    assert "李丁安排到“南村 第一书记”" in listed
    assert "赵甲不安排到“东村 第一书记”" in listed
    shown = preview_pair(LockKind.FORBID, matched.people[3], matched.posts[2], plan)
    assert shown.facts == ["李丁现安排在：南村 第一书记", "南村 第一书记现由：李丁"]


def test_nobody_and_an_empty_post_are_named_as_such(matched, callbacks) -> None:
    for person in range(4):
        block(matched, person, 2)
    plan = run_now(matched, callbacks)
    shown = preview_pair(LockKind.LOCK, matched.people[3], matched.posts[2], plan)
    assert shown.facts == ["李丁现安排在：未安排", "南村 第一书记现由：空缺"]


def test_pairs_that_cannot_be_are_refused(matched) -> None:
    decide(matched, 0, 0)
    with pytest.raises(SideRuleError, match="赵甲与“东村 第一书记”已锁定或排除"):
        decide(matched, 0, 0, LockKind.FORBID)
    with pytest.raises(SideRuleError, match="赵甲已锁定在“东村 第一书记”"):
        decide(matched, 0, 1)
    assert decide(matched, 0, 1, LockKind.FORBID).kind == "forbid"
    block(matched, 1, 2)
    block(matched, 2)
    for person, post in ((1, 2), (2, 0)):
        with pytest.raises(SideRuleError, match="资格审查否决（示例事实）"):
            decide(matched, person, post)
    assert decide(matched, 1, 1).kind == "lock"
    with pytest.raises(ReasonMissingError):
        decide(matched, 3, 2, reason=" ")
    matched.people[3].state = "withdrawn"
    with pytest.raises(SideRuleError, match="已不在本批次"):
        decide(matched, 3, 2)
    stranger = make_user(Role.HOME_UNIT, matched.homes[0])
    with pytest.raises(NotAllowedError):
        decide(matched, 3, 2, by=stranger)


def test_a_post_of_another_campaign_is_refused(matched) -> None:
    other = make_matched()
    with pytest.raises(SideRuleError, match="已不在本批次"):
        decide_pair(matched.people[0], other.posts[0], LockKind.LOCK, reason="示例理由", by=matched.by, at=AT)


def test_a_stored_rule_is_told_from_its_twin(matched) -> None:
    add_side_rule(matched.campaign, SideRuleKind.WHOLE_TEAM, {}, by=matched.by, at=AT)
    assert (
        preview_rule(matched.campaign, SideRuleKind.WHOLE_TEAM, {}, None).sentence
        == "同一编组的岗位全部派出或都不派出"
    )
