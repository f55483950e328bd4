"""What a file was found to hold is kept as codes and values and told in the language of the page."""

import ast
from pathlib import Path

from django.urls import reverse
from tests.people.imported import changes, checked, csv, findings

import secondment
from secondment.people.models import RosterImportRow

SOURCE = Path(secondment.__file__).parent


def test_no_sentence_is_put_together_before_it_is_translated() -> None:
    calls = [
        (path.name, node.lineno, node.args)
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "in_chinese"
    ]
    assert len(calls) > 60
    assert [
        (name, line) for name, line, args in calls if any(isinstance(one, ast.JoinedStr) for one in args)
    ] == []


def page_of(client, row) -> str:
    return client.get(reverse("people:import_detail", args=[row.pk])).content.decode()


def test_an_english_page_tells_faults_in_english(client, clerk, unit) -> None:
    row = checked("a.csv", csv("姓名,性别,出生年月", "示例一,男,1985-06-31"), unit, clerk)
    client.force_login(clerk)
    client.cookies["language"] = "en"
    page = page_of(client, row)
    assert "“1985-06-31” is a day the calendar does not have; correct the day" in page
    assert "a.csv, row 2" in page


def test_findings_name_other_rows_of_the_file(clerk, unit) -> None:
    row = checked("a.csv", csv("姓名,性别,出生年月", *["示例一,男,1985-06-30"] * 2), unit, clerk)
    (found,) = findings(row.rows.get(line=3))
    assert found["found"] == "与“a.csv 第2行”同单位同名同出生年月"


def test_rows_of_an_older_version_stay_as_they_were_said(client, clerk, unit) -> None:
    row = checked("a.csv", csv("姓名,性别,出生年月", "示例一,男,1985-06"), unit, clerk)
    old = {"column": "性别", "found": "“甲”不在性别代码中", "remedy": "请改为性别代码中的名称"}
    row.rows.update(
        source="a.csv 第2行", line=0, problems=[old], changes=[{"field": "photo", "old": "", "new": "新照片"}]
    )
    row.notes = [{"line": 1, "found": "隐藏的列也已读取：B"}]
    row.save()
    client.force_login(clerk)
    client.cookies["language"] = "en"
    page = page_of(client, row)
    assert "“甲”不在性别代码中; 请改为性别代码中的名称" in page
    assert "a.csv 第2行" in page
    assert "隐藏的列也已读取：B" in page
    assert changes(row) == [{"field": "photo", "old": "", "new": "新照片"}]
    assert RosterImportRow.objects.get().line == 0
