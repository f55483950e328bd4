"""The pages: what each party reads and does, and that a list costs the same at one and at many rows."""

import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.assessments.choices import Side
from secondment.assessments.models import Evaluation, Grade, GradeDecision, Opinion, Register
from secondment.assessments.rules import sides_of
from secondment.assessments.services import Said, confirm_decision, enforce_decision, give_opinion
from secondment.assessments.services.rechecking import recheck_of
from secondment.obligations.waiting import Waiting, count_waiting, waiting_for
from secondment.people.choices import PenaltyKind
from secondment.people.models import Penalty, Person
from tests.assessments.conftest import Scene
from tests.makers import AT, ON, make_unit, make_user
from tests.pages import text_of

MEETING = {
    "meeting": "部务会",
    "deciders": "赵示例、李示例",
    "number": "示组发〔2026〕1号",
    "decided_on": "2026-01-20",
}


def url(name: str, *args: object) -> str:
    return reverse(f"assessments:{name}", args=args)


def decided(scene: Scene) -> GradeDecision:
    scene.open()
    return scene.decide(scene.hear())


def test_a_unit_does_not_learn_of_an_investigation_by_a_filter(scene: Scene, signed_in: Any) -> None:
    register = scene.open()
    Person.objects.filter(pk=scene.people[0].pk).update(is_under_investigation=True)
    recheck_of([scene.people[0].pk])
    page = reverse("assessments:register_detail", args=[register.pk])
    workbook = reverse("assessments:opinion_export", args=[register.pk])
    for user, n in ((scene.owner, 1), (scene.host_clerk, 5), (scene.home_clerk, 5)):
        client = signed_in(user)
        found = client.get(page, {"changed": "yes"}).context["listing"].page
        assert found.paginator.count == n
        sheet = load_workbook(io.BytesIO(client.get(workbook, {"changed": "yes"}).content)).worksheets[0]
        assert sheet.max_row == n + 1


def test_nobody_gives_an_opinion_about_themselves(scene: Scene, signed_in: Any) -> None:
    scene.open()
    Person.objects.filter(pk=scene.people[0].pk).update(account=scene.home_clerk)
    own, other = scene.evaluation(0), scene.evaluation(1)
    assert (sides_of(scene.home_clerk, own), sides_of(scene.home_clerk, other)) == ((), (Side.HOME,))
    client = signed_in(scene.home_clerk)
    data = {"text": "履职尽责。", "grade": "excellent", "version": own.version}
    answer = client.post(reverse("assessments:opinion_give", args=[own.pk, "home"]), data)
    assert (answer.status_code, Opinion.objects.count()) == (403, 0)
    assert "须由本单位其他人员填报" in answer.content.decode()
    client.post(reverse("assessments:opinion_give", args=[other.pk, "home"]), data)
    assert Opinion.objects.get().evaluation == other


def test_a_year_is_opened_heard_decided_and_told_in_the_browser(scene: Scene, signed_in: Any) -> None:
    owner, second = signed_in(scene.owner), signed_in(scene.second_owner)
    answer = owner.post(
        url("register_open"), {"unit": scene.root.pk, "year": 2025, "opinions_by": "2026-01-10"}, follow=True
    )
    assert "列入 5 人" in text_of(answer)
    register = Register.objects.get()
    keys = list(register.evaluations.values_list("pk", flat=True))
    host, home = signed_in(scene.host_clerk), signed_in(scene.home_clerk)
    for client in (host, home):
        page = client.post(url("opinions_give"), {"selected": keys})
        assert "建议等次" in text_of(page)
        said = {"selected": keys, "sent": "1", "text": "工作扎实。", "grade": "competent"}
        assert "已保存 5 人的意见" in text_of(client.post(url("opinions_give"), said, follow=True))
    page = text_of(owner.get(url("decision_record", register.pk)))
    assert "待决定 5 人，其余 0 人" in page
    grades = {f"e{key}-grade": "competent" for key in keys}
    answer = owner.post(url("decision_record", register.pk), MEETING | grades, follow=True)
    assert "须由另一账号复核" in text_of(answer)
    decision = GradeDecision.objects.get()
    assert "复核无误" not in text_of(owner.get(url("decision_detail", decision.pk)))
    assert "复核无误" in text_of(second.get(url("decision_detail", decision.pk)))
    second.post(url("decision_confirm", decision.pk))
    owner.post(url("decision_enforce", decision.pk))
    mine = signed_in(scene.secondee)
    assert "称职" in text_of(mine.get(url("my_results")))
    grade = Grade.objects.get(evaluation__person__account=scene.secondee)
    assert "已签收" in text_of(mine.post(url("result_receive", grade.pk), follow=True))
    assert "已阅，签收" not in text_of(mine.get(url("my_results")))


def test_a_decision_that_breaks_a_rule_keeps_what_was_typed(scene: Scene, signed_in: Any) -> None:
    register = scene.open()
    keys = [one.pk for one in scene.hear("excellent", "excellent")]
    grades = {f"e{key}-grade": "excellent" for key in keys[:2]} | {
        f"e{key}-grade": "competent" for key in keys[2:]
    }
    page = signed_in(scene.owner).post(url("decision_record", register.pk), MEETING | grades)
    text = text_of(page)
    assert "优秀名额 1 个，超出 1 人" in text
    assert "查看优秀名额" in text
    assert page.context["form"]["meeting"].value() == "部务会"


def test_whom_the_meeting_left_out_waits_for_the_next(scene: Scene, signed_in: Any) -> None:
    register = scene.open()
    first, *others = [one.pk for one in scene.hear("competent", "competent")]
    owner, page = signed_in(scene.owner), url("decision_record", register.pk)
    assert "决定中没有人员" in text_of(owner.post(page, MEETING))
    asked = MEETING | {f"e{first}-grade": "competent", f"e{others[0]}-reason": "另行研究"}
    assert "暂不决定的不写理由" in text_of(owner.post(page, asked))
    answer = owner.post(page, asked | {f"e{others[0]}-reason": ""}, follow=True)
    assert "共 1 人" in text_of(answer)
    assert list(Grade.objects.values_list("evaluation", "grade")) == [(first, "competent")]
    assert f"待决定 {len(others)} 人" in text_of(owner.get(page))


def test_a_secondee_sees_the_own_result_only_once_it_is_in_force(scene: Scene, signed_in: Any) -> None:
    decision = decided(scene)
    mine = signed_in(scene.secondee)
    assert "暂无考核结果" in text_of(mine.get(url("my_results")))
    confirm_decision(decision, by=scene.second_owner, at=AT)
    assert "暂无考核结果" in text_of(mine.get(url("my_results")))
    enforce_decision(decision, by=scene.owner, on=ON, at=AT)
    assert "暂无考核结果" not in text_of(mine.get(url("my_results")))
    others = Grade.objects.exclude(evaluation__person__account=scene.secondee).first()
    assert mine.post(url("result_receive", others.pk)).status_code == 404
    assert mine.get(url("evaluation_detail", others.evaluation_id)).status_code == 404


def test_a_host_unit_sees_its_own_people_and_no_grade_before_it_is_posted(
    scene: Scene, signed_in: Any
) -> None:
    elsewhere = make_unit("另一村", scene.root)
    scene.add(host=elsewhere)
    decision = decided_of_all(scene)
    host = signed_in(scene.host_clerk)
    page = text_of(host.get(url("register_detail", decision.register_id)))
    assert "共 5 条" in page
    assert page.count("待决定") == 1 + 5  # in the filter, and of everybody
    assert page.count("待复核") == 1
    assert "登记等次决定" not in page
    hidden = Evaluation.objects.get(placement__host_unit=elsewhere)
    assert host.get(url("evaluation_detail", hidden.pk)).status_code == 404
    assert host.get(url("decision_detail", decision.pk)).status_code == 404
    assert host.get(url("pool_list", decision.register_id)).status_code == 403


def decided_of_all(scene: Scene) -> GradeDecision:
    register = scene.open()
    rows = list(register.evaluations.all())
    said = Said("好。", "competent", dt.date(2026, 1, 5))
    for one in rows:
        for side in Side:
            give_opinion(one, side, said, by=scene.owner, at=AT)
    return scene.decide(rows)


def test_another_county_finds_nothing(scene: Scene, signed_in: Any) -> None:
    decision = decided(scene)
    stranger = signed_in(make_user(Role.ORGANISATION_DEPARTMENT, make_unit("外省")))
    for address in (
        url("register_detail", decision.register_id),
        url("decision_detail", decision.pk),
        url("evaluation_detail", scene.evaluation().pk),
    ):
        assert stranger.get(address).status_code == 404


def test_a_unit_does_not_read_of_penalties(scene: Scene, signed_in: Any) -> None:
    dates = {"starts_on": dt.date(2025, 5, 1), "ends_on": dt.date(2025, 11, 1)}
    Penalty.objects.create(person=scene.people[0], kind=PenaltyKind.WARNING, **dates)
    register = scene.open()
    address = url("evaluation_detail", scene.evaluation().pk)
    assert "当年受警告处分" in text_of(signed_in(scene.owner).get(address))
    for clerk in (scene.host_clerk, scene.home_clerk):
        for page in (address, url("register_detail", register.pk)):
            assert "警告" not in text_of(signed_in(clerk).get(page))


@pytest.mark.parametrize(
    ("query", "n"),
    [
        ("name=张示例", 1),
        ("unit=示例村", 5),
        ("unit=无此单位", 0),
        ("stage=waiting", 4),
        ("stage=ready", 1),
        ("missing=home", 4),
        ("changed=yes", 1),
    ],
)
def test_the_register_is_narrowed(scene: Scene, signed_in: Any, query: str, n: int) -> None:
    register = scene.open()
    row = scene.evaluation()
    for clerk, side in ((scene.host_clerk, Side.HOST), (scene.home_clerk, Side.HOME)):
        give_opinion(row, side, Said("好。", "competent"), by=clerk, at=AT)
    Evaluation.objects.filter(pk=row.pk).update(changes=["limits"])
    page = signed_in(scene.owner).get(f"{url('register_detail', register.pk)}?{query}")
    assert page.context["listing"].n_rows == n


def test_a_register_costs_the_same_for_one_and_for_many(scene: Scene, signed_in: Any) -> None:
    register = scene.open()
    client: Client = signed_in(scene.owner)
    address = url("register_detail", register.pk)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address + "?name=张示例")
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(one)


def opinions_of(user: User) -> list[Waiting]:
    """The lines of a to-do list that are about the annual assessment; other rooms have theirs."""
    return [one for one in waiting_for(user, ON) if "考核" in one.title]


def test_what_waits_is_counted_by_office(scene: Scene) -> None:
    register = scene.open()
    for clerk in (scene.host_clerk, scene.home_clerk):
        [line] = opinions_of(clerk)
        assert (line.title, line.unit) == (
            "填报 5 名挂职干部的年度考核意见",
            "示例村" if clerk == scene.host_clerk else "示例厅",
        )
        assert (line.due_on, line.status) == (dt.date(2026, 1, 10), "bad")
        assert count_waiting(clerk, ON) == len(waiting_for(clerk, ON))
    assert waiting_for(scene.owner, ON) == []
    rows = scene.hear()
    assert [opinions_of(one) for one in (scene.host_clerk, scene.home_clerk)] == [[], []]
    [line] = waiting_for(scene.owner, ON)
    assert line.title == "2025 年度考核：5 人待决定等次"
    Evaluation.objects.filter(pk=rows[0].pk).update(changes=["limits"])
    [line] = waiting_for(scene.owner, ON)
    assert line.title == "2025 年度考核：5 人待决定等次；1 人需重新核对"
    Evaluation.objects.filter(pk=rows[0].pk).update(changes=[])
    Evaluation.objects.exclude(pk=rows[0].pk).delete()
    Evaluation.objects.update(changes=["limits"])
    Opinion.objects.filter(side="home").delete()
    [line] = waiting_for(scene.owner, ON)
    assert (line.title, line.path) == (
        "2025 年度考核：1 人需重新核对",
        f"{url('register_detail', register.pk)}?changed=yes",
    )
    Evaluation.objects.update(changes=[])
    rows = scene.hear()
    decision = scene.decide(rows)
    assert waiting_for(scene.owner, ON) == []
    [line] = waiting_for(scene.second_owner, ON)
    assert (line.title, line.path) == ("复核等次决定 示组发〔2026〕1号", url("decision_detail", decision.pk))
    confirm_decision(decision, by=scene.second_owner, at=AT)
    [line] = waiting_for(scene.owner, ON)
    assert line.title == "公示或公布等次决定 示组发〔2026〕1号"
    enforce_decision(decision, by=scene.owner, on=ON, at=AT)
    assert waiting_for(scene.owner, ON) == []
    assert register.evaluations.count() == 1
