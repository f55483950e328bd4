"""Everybody signed in reads what is asked of anybody; budgets, reviews and what is let through belong to the highest department."""

from typing import Any

import pytest
from django.urls import reverse
from tests.daily_work.scene import AT, ON, Scene
from tests.makers import make_user
from tests.pages import text_of

from secondment.accounts.choices import Role
from secondment.audit.services import record
from secondment.burden.choices import Verdict
from secondment.burden.models import FormReview, LetThrough


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: ON)


def list_of(client: Any, **asked: str) -> str:
    return text_of(client.get(reverse("burden:form_list"), asked))


def test_a_secondee_reads_the_whole_list(scene: Scene, signed_in: Any) -> None:
    client = signed_in(make_user(Role.SECONDEE, scene.home))
    rows = list_of(client, size="200")
    for words in ("在岗确认", "年度个人总结", "尚无数据", "按每分钟 40 字、每项 5 秒、每页 10 秒计算"):
        assert words in rows
    assert client.get(reverse("burden:review")).status_code == 403


def test_the_list_is_narrowed_by_who_fills_in_and_who_read(scene: Scene, signed_in: Any) -> None:
    record("post.submit", scene.people[0].post, by=scene.owner, at=AT)
    record("summary.read", scene.people[0], by=scene.owner, at=AT)
    client = signed_in(scene.owner)
    assert "岗位需求表" in list_of(client, read="unread")
    assert "年度个人总结" in list_of(client, read="read")
    assert "岗位需求表" not in list_of(client, read="read")
    assert "情况报告" in list_of(client, read="no_data", role="host_unit", name="情况")
    assert "本人联系方式" not in list_of(client, role="host_unit")


def test_a_form_shows_its_arithmetic(scene: Scene, signed_in: Any) -> None:
    record("leave_request.return", scene.people[0], by=scene.owner, at=AT)
    page = text_of(signed_in(scene.owner).get(reverse("burden:form_detail", args=["leave.return"])))
    assert "3 页 + 2 项 + 0 字 = 0.7 分钟" in page
    assert "1 人（单位），一年 1 次，分 1 次办理 = 1 分钟" in page
    assert "没有走查，按字段计算" in page
    walked = text_of(signed_in(scene.owner).get(reverse("burden:form_detail", args=["daily_work.report"])))
    assert "点击和字数由走查数出" in walked
    assert signed_in(scene.owner).get(reverse("burden:form_detail", args=["none.such"])).status_code == 404


def test_the_review_proposes_what_nobody_opened_and_a_person_decides(scene: Scene, signed_in: Any) -> None:
    record("post.submit", scene.people[0].post, by=scene.owner, at=AT)
    client = signed_in(scene.owner)
    proposed, _others = text_of(client.get(reverse("burden:review"))).split("尚无查阅数据")
    assert "岗位需求表" in proposed
    path = reverse("burden:form_review", args=["posts.demand"])
    assert "没有人查阅，建议取消" in text_of(client.get(path))
    assert client.post(path, {"verdict": "abolish", "reason": "没有人看"}).status_code == 302
    assert FormReview.objects.get().verdict == Verdict.ABOLISH
    assert "2026 取消" in list_of(client, name="岗位需求表")
    detail = text_of(client.get(reverse("burden:form_detail", args=["posts.demand"])))
    assert "没有人看" in detail


def test_budgets_are_read_by_all_and_set_by_one(scene: Scene, signed_in: Any) -> None:
    reader = signed_in(scene.host_clerk())
    assert "系统默认" in text_of(reader.get(reverse("burden:budget_list")))
    path = reverse("burden:budget_set", args=["host_unit"])
    assert reader.get(path).status_code == 403
    client = signed_in(scene.owner)
    assert client.get(reverse("burden:budget_set", args=["inspector"])).status_code == 404
    client.post(path, {"minutes": 1, "basis": "部务会"})
    page = text_of(client.get(reverse("burden:budget_list")))
    assert "部务会" in page
    assert "超出" in page


def test_what_is_let_through_stands_in_the_list_and_with_the_programme(scene: Scene, signed_in: Any) -> None:
    client = signed_in(scene.owner)
    path = reverse("burden:let_through", args=[scene.version.programme_id])
    form = client.get(f"{path}?role=host_unit&minutes=31")
    assert form.context["form"].initial == {"role": "host_unit", "minutes": "31"}
    sent = {"role": "host_unit", "minutes": 31, "leader": "张部长", "reason": "换届年"}
    answer = client.post(path, sent, follow=True)
    assert "31 分钟 · 张部长 · 换届年" in text_of(answer)
    assert "换届年" in list_of(signed_in(scene.host_clerk()))
    assert "没有超过预算" in text_of(client.post(path, {**sent, "minutes": 5}))
    assert LetThrough.objects.count() == 1


def test_a_programme_shows_each_duty_with_its_minutes(scene: Scene, signed_in: Any) -> None:
    page = text_of(
        signed_in(scene.owner).get(reverse("burden:programme_cost", args=[scene.version.programme_id]))
    )
    assert "在岗确认" in page
    assert "一名挂职干部一年的办理时间" in page
