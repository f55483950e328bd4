"""The workbook of opinions: out with what is known, in with a dry run, and nobody writes for the other side."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from secondment.accounts.models import User
from secondment.assessments.choices import OpinionSource, Side
from secondment.assessments.exports import opinions_workbook
from secondment.assessments.imports import read_opinions
from secondment.assessments.models import Evaluation, Opinion
from secondment.assessments.queries import with_names
from secondment.assessments.services.errors import OpinionError
from secondment.assessments.services.importing import import_opinions
from tests.assessments.conftest import Scene
from tests.makers import AT, make_person
from tests.pages import text_of

HEAD = (
    "考核年度,姓名,派出单位,接收单位意见,接收单位建议等次,病事假工作日,派出单位意见,派出单位建议等次,签署日期"
)


def plan_of(user: User, *rows: str, head: str = HEAD):
    content = "\n".join([head, *rows]).encode()
    return read_opinions(content, file="汇总表.csv", user=user)


def found(plan) -> list[tuple[str, str]]:
    return [(one.field, one.found) for one in plan.refused]


def test_what_the_host_unit_fills_in_is_its_opinion(scene: Scene) -> None:
    scene.open()
    plan = plan_of(scene.host_clerk, "2025,张示例,示例厅,工作扎实,合格,3,,,")
    assert plan.refused == []
    [line] = plan.lines
    assert [(one.label, one.old, one.new) for one in line.differences] == [
        ("接收单位意见", "", "工作扎实"),
        ("接收单位建议等次", "", "称职（合格）"),
        ("病事假工作日", "", "3"),
    ]
    assert import_opinions(plan, by=scene.host_clerk, at=AT) == 1
    given = Opinion.objects.get()
    assert (given.side, given.grade, given.source) == (Side.HOST, "competent", OpinionSource.WORKBOOK)
    assert scene.evaluation().leave_workdays == 3
    again = plan_of(scene.host_clerk, "2025,张示例,示例厅,工作扎实,称职,3,,,")
    assert again.to_write == []
    assert import_opinions(again, by=scene.host_clerk, at=AT) == 0


def test_the_department_writes_both_sides_from_paper(scene: Scene) -> None:
    scene.open()
    row = "2025,张示例,示例厅,工作扎实,优秀,,履职尽责,称职,{}"
    assert found(plan_of(scene.owner, row.format(""))) == [("签署日期", "未填写")] * 2
    plan = plan_of(scene.owner, row.format("2026-01-05"))
    import_opinions(plan, by=scene.owner, at=AT)
    rows = Opinion.objects.order_by("side").values_list("side", "grade", "signed_on", "source")
    assert list(rows) == [
        ("home", "competent", dt.date(2026, 1, 5), "workbook"),
        ("host", "excellent", dt.date(2026, 1, 5), "workbook"),
    ]
    # a later word without a day keeps the day of the paper
    assert plan_of(scene.owner, "2025,张示例,示例厅,更正,优秀,,,,").refused == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("2024,张示例,示例厅,好,称职,,,,", ("姓名", "2024年度名册中没有“张示例”")),
        ("2025,,示例厅,好,称职,,,,", ("姓名", "")),
        ("2025,无此人,示例厅,好,称职,,,,", ("姓名", "2025年度名册中没有“无此人”")),
        ("2025,张示例,另一厅,好,称职,,,,", ("姓名", "2025年度名册中没有“张示例”")),
        ("2025,张示例,示例厅,好,,,,,", ("接收单位建议等次", "未填写")),
        ("2025,张示例,示例厅,,称职,,,,", ("接收单位意见", "未填写")),
        ("2025,张示例,示例厅,,,,好,称职,", ("派出单位意见", "没有填报该方意见的权限")),
        ("2025,张示例,示例厅,好,良好,,,,", ("接收单位建议等次", "“良好”")),
    ],
)
def test_a_row_that_cannot_be_is_named(scene: Scene, row: str, fault: tuple[str, str]) -> None:
    scene.open()
    [(field, text)] = found(plan_of(scene.host_clerk, row))
    assert field == fault[0]
    assert text.startswith(fault[1])


def test_two_of_a_name_are_told_apart_by_the_host_unit_or_refused(scene: Scene) -> None:
    scene.add(make_person(scene.home, name="张示例", rank="150"))
    scene.open()
    [(_field, text)] = found(plan_of(scene.host_clerk, "2025,张示例,示例厅,好,称职,,,,"))
    assert text == "2025年度有多名“张示例”"


def test_a_person_named_twice_is_refused(scene: Scene) -> None:
    scene.open()
    row = "2025,张示例,示例厅,好,称职,,,,"
    [(_field, text)] = found(plan_of(scene.host_clerk, row, row))
    assert text == "与第2行是同一人"


def test_what_is_decided_or_barred_is_refused(scene: Scene) -> None:
    scene.open()
    Evaluation.objects.filter(pk=scene.evaluation().pk).update(limits=["leave"])
    [(field, text)] = found(plan_of(scene.host_clerk, "2025,张示例,示例厅,好,称职,,,,"))
    assert (field, "第二十七条" in text) == ("接收单位建议等次", True)
    Evaluation.objects.filter(pk=scene.evaluation().pk).update(limits=[])
    scene.decide(scene.hear())
    [(_field, text)] = found(plan_of(scene.host_clerk, "2025,张示例,示例厅,好,称职,,,,"))
    assert text == "等次已登记决定，意见不再修改"


def test_a_plan_with_faults_writes_nothing(scene: Scene) -> None:
    scene.open()
    plan = plan_of(scene.host_clerk, "2025,张示例,示例厅,好,称职,,,,", "2025,无此人,示例厅,好,称职,,,,")
    with pytest.raises(OpinionError, match="有1处不能导入"):
        import_opinions(plan, by=scene.host_clerk, at=AT)
    assert not Opinion.objects.exists()


def test_what_leaves_comes_back_unchanged(scene: Scene) -> None:
    register = scene.open()
    scene.hear("excellent")
    content = opinions_workbook(with_names(register.evaluations.all()))
    plan = read_opinions(content, file="汇总表.xlsx", user=scene.owner)
    assert (plan.refused, len(plan.lines), plan.to_write) == ([], 5, [])


def test_a_quarter_of_clicks_through_the_browser(scene: Scene, signed_in: Any) -> None:
    register = scene.open()
    host = signed_in(scene.host_clerk)
    answer = host.get(reverse("assessments:opinion_export", args=[register.pk]) + "?name=张示例")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = f"{HEAD}\n2025,张示例,示例厅,工作扎实,称职,,,,"
    file = SimpleUploadedFile("汇总表.csv", rows.encode())
    review = host.post(reverse("assessments:opinion_import"), {"file": file}, follow=True)
    assert "接收单位意见" in text_of(review)
    confirm = review.context["confirm_url"]
    assert "已写入 1 人的考核意见" in text_of(host.post(confirm, follow=True))
    assert Opinion.objects.count() == 1
    assert host.get(reverse("assessments:opinion_template")).status_code == 200
