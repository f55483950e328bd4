"""Pages of reviews and appeals, from the result of the person to the decision they sign for."""

import datetime as dt
import io

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from secondment.appeals.models import Appeal
from secondment.assessments.models import Grade
from tests.appeals.conftest import Case
from tests.appeals.verdicts import decide
from tests.pages import text_of

OUTCOME = {
    "outcome": "upheld",
    "reason": "经复算，结果无误。",
    "deciders": "陈示例",
    "number": "示组复〔2026〕1号",
}


@pytest.fixture
def today(case: Case) -> dt.date:
    """The result was signed for today, so that the days of the law have not passed whenever this runs."""
    on = timezone.localdate()  # noqa: TID251 -- as the server
    Grade.objects.filter(pk=case.grade.pk).update(received_on=on)
    return on


def test_from_my_result_to_the_decision(signed_in, case: Case, today: dt.date) -> None:
    person, office = signed_in(case.person), signed_in(case.third)
    results = person.get(reverse("assessments:my_results"))
    new = reverse("appeals:appeal_new", args=[case.grade.pk, "review"])
    assert new in results.content.decode()
    assert "提出复核（" in text_of(results)
    assert "请写明" not in text_of(person.get(new))
    assert "申请复核" in text_of(person.post(new, {"text": ""}))
    assert person.post(new, {"text": "计分有误。"}).status_code == 302
    appeal = Appeal.objects.get()
    page = reverse("appeals:appeal_detail", args=[appeal.pk])
    assert "复核：办理中" in text_of(person.get(reverse("assessments:my_results")))
    assert "登记决定" not in text_of(person.get(page))
    assert "登记决定" in text_of(office.get(page))
    way = reverse("appeals:result", args=[case.grade.pk])
    assert all(way in one.get(page).content.decode() for one in (person, office))
    deciding = reverse("appeals:appeal_decide", args=[appeal.pk])
    refused = office.post(deciding, {**OUTCOME, "deciders": "张示例", "decided_on": f"{today}"})
    assert "应当回避" in text_of(refused)
    assert office.post(deciding, {**OUTCOME, "decided_on": f"{today}"}).status_code == 302
    assert "维持原结果" in text_of(person.get(page))
    person.post(reverse("appeals:outcome_receive", args=[appeal.pk]))
    appeal.refresh_from_db()
    assert appeal.received_on == today
    assert "提出申诉（" in text_of(person.get(reverse("assessments:my_results")))


@pytest.mark.parametrize(
    ("grade", "is_told"),
    [
        ("incompetent", True),
        ("basically_competent", True),
        ("none", True),
        ("competent", False),
        ("excellent", False),
    ],
)
def test_whoever_may_contest_a_grade_is_told_its_reason(
    signed_in, case: Case, grade: str, is_told: bool
) -> None:
    """One can answer only what is said; a reason for a good grade may speak of others."""
    Grade.objects.filter(pk=case.grade.pk).update(grade=grade, reason="全年三项任务未完成。")
    person = signed_in(case.person)
    page = text_of(person.get(reverse("appeals:result", args=[case.grade.pk])))
    answer = person.get(reverse("appeals:notice", args=[case.grade.pk]))
    letter = "\n".join(one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert ("全年三项任务未完成。" in page) is is_told
    assert ("理由：全年三项任务未完成。\n" in letter) is is_told


def test_the_decision_as_a_letter(signed_in, case: Case, today: dt.date) -> None:
    made = decide(case, case.file(today), on=today)
    answer = signed_in(case.person).get(reverse("appeals:letter", args=[made.pk]))
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert "关于张示例同志年度考核结果的复核决定" in text
    assert "维持原考核结果。" in text
    assert "十五日内提出申诉" in text


def test_the_office_sees_who_must_pass_it_on(signed_in, case: Case, today: dt.date) -> None:
    appeal = case.file(today)
    page = reverse("appeals:appeal_detail", args=[appeal.pk])
    assert "由本单位另一账号办理" in text_of(signed_in(case.scene.owner).get(page))
    assert "由本单位另一账号办理" not in text_of(signed_in(case.third).get(page))


def test_a_late_one_is_called_late(signed_in, case: Case, today: dt.date) -> None:
    appeal = case.file(today)
    Appeal.objects.filter(pk=appeal.pk).update(
        filed_on=today - dt.timedelta(days=40), due_on=today - dt.timedelta(days=1)
    )
    client, listed = signed_in(case.third), reverse("appeals:appeal_list")
    assert "已超过办理期限" in text_of(client.get(reverse("appeals:appeal_detail", args=[appeal.pk])))
    assert "张示例" in text_of(client.get(listed, {"late": "true"}))
    assert "张示例" in text_of(client.get(listed))
    Appeal.objects.filter(pk=appeal.pk).update(due_on=today)
    assert "张示例" not in text_of(client.get(listed, {"late": "true"}))


def test_the_department_writes_down_a_paper(signed_in, case: Case, today: dt.date) -> None:
    client = signed_in(case.scene.owner)
    page = reverse("assessments:evaluation_detail", args=[case.evaluation.pk])
    new = reverse("appeals:appeal_new", args=[case.grade.pk, "appeal"])
    assert new in client.get(page).content.decode()
    assert client.post(new, {"text": "不服。", "filed_on": f"{today}", "late_reason": ""}).status_code == 302
    assert Appeal.objects.get().source == "paper"
    assert client.get(reverse("appeals:appeal_new", args=[case.grade.pk, "other"])).status_code == 404
