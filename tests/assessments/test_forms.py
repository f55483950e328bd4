"""The registration form F13 and the posting as Word; what the reader may not know is not printed."""

import datetime as dt
import io
from typing import Any

import docx
import pytest
from django.urls import reverse

from secondment.assessments.choices import Side
from secondment.assessments.models import Evaluation
from secondment.assessments.services import (
    Said,
    confirm_decision,
    enforce_decision,
    give_opinion,
    post_decision,
    print_forms,
)
from secondment.assessments.sheets import year_sheet
from secondment.documents.models import Paper
from secondment.people.choices import PenaltyKind
from secondment.people.models import Penalty
from secondment.people.sections import EVERYTHING
from tests.assessments.conftest import Scene
from tests.makers import AT, ON, make_person


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([one.text for one in document.paragraphs] + cells)


def test_the_form_holds_both_opinions_and_the_grade_in_force(scene: Scene) -> None:
    scene.open()
    row = scene.evaluation()
    give_opinion(row, Side.HOST, Said("工作扎实。", "competent", None, 2), by=scene.host_clerk, at=AT)
    paper = Said("履职尽责。", "competent", dt.date(2026, 1, 5))
    give_opinion(row, Side.HOME, paper, by=scene.owner, at=AT)
    sheet = year_sheet(scene.evaluation(), EVERYTHING)
    assert (sheet.year, sheet.name, sheet.sex, sheet.born, sheet.leave) == (
        "2025",
        "张示例",
        "男",
        "1985.03",
        "2个工作日",
    )
    assert sheet.host_opinion == "工作扎实。\n建议等次：称职"
    assert sheet.home_opinion == "履职尽责。\n建议等次：称职\n2026年1月5日"
    assert sheet.term == "2024年6月1日至2027年5月31日"
    assert sheet.decision == ""
    decision = scene.decide([row])
    confirm_decision(decision, by=scene.second_owner, at=AT)
    assert year_sheet(scene.evaluation(), EVERYTHING).decision == ""
    enforce_decision(decision, by=scene.owner, on=ON, at=AT)
    sheet = year_sheet(scene.evaluation(), EVERYTHING)
    assert sheet.decision == "确定为称职等次。\n部务会，示组发〔2026〕1号\n2026年1月20日"


def test_a_form_of_somebody_recorded_without_birth_sex_and_opinions(scene: Scene) -> None:
    scene.add(make_person(scene.home, sex="", born_on=None, political_status=""))
    scene.open()
    sheet = year_sheet(scene.evaluation(-1), EVERYTHING)
    assert (sheet.sex, sheet.born, sheet.political_status, sheet.leave, sheet.host_opinion) == ("",) * 5


def test_printed_forms_wait_for_their_stamp_and_tell_a_unit_nothing_of_penalties(scene: Scene) -> None:
    dates = {"starts_on": dt.date(2025, 5, 1), "ends_on": dt.date(2025, 11, 1)}
    Penalty.objects.create(person=scene.people[0], kind=PenaltyKind.WARNING, **dates)
    register = scene.open()
    rows = list(register.evaluations.order_by("person__name_key"))
    acting = {"on": ON, "at": AT}
    text = words_of(print_forms(rows, by=scene.owner, **acting))
    assert text.count("本人意见") >= 5
    assert "不得评为优秀：当年受警告处分（《公务员考核规定》第二十九条）" in text
    assert "警告" not in words_of(print_forms(rows, by=scene.home_clerk, **acting))
    assert Paper.objects.filter(form="F13").count() == 5


@pytest.mark.parametrize("clerk", ["owner", "home_clerk", "host_clerk"])
def test_a_form_comes_from_the_page(scene: Scene, signed_in: Any, clerk: str) -> None:
    scene.open()
    client = signed_in(getattr(scene, clerk))
    page = client.get(reverse("assessments:evaluation_detail", args=[scene.evaluation().pk]))
    assert "打印登记表" in page.content.decode()
    answer = client.post(reverse("assessments:forms_print"), {"selected": [scene.evaluation().pk]})
    assert "张示例" in words_of(answer.content)


def test_the_posting_names_who_is_to_be_excellent(scene: Scene, signed_in: Any) -> None:
    scene.open()
    decision = scene.decide(scene.hear("excellent"), "excellent")
    confirm_decision(decision, by=scene.second_owner, at=AT)
    client = signed_in(scene.owner)
    post_decision(decision, starts_on=ON, by=scene.owner, on=ON, at=AT)
    text = words_of(client.get(reverse("assessments:posting_download", args=[decision.pk])).content)
    assert "拟确定1名挂职干部2025年度考核为优秀等次" in text
    assert "2026年11月23日至2026年11月27日（5个工作日）" in text
    assert "张示例" in text
    assert Evaluation.objects.count() == 5
