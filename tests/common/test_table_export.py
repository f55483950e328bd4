"""Excel files hold exactly the cells, typed, and no text can act as a formula."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from secondment.common.listing.export import export_response, export_workbook
from secondment.files.writing import FORMULA_STARTS

LOCAL = dt.datetime(2026, 3, 1, 9, 0)  # noqa: DTZ001 -- Excel knows no time zones
FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM",
    "{=1+1}",
    "http://example.invalid/",
    "mailto:someone",
]


def read(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def test_export_holds_exactly_the_cells() -> None:
    day, instant = dt.date(2026, 3, 1), dt.datetime(2026, 3, 1, 0, 30, tzinfo=dt.UTC)
    content = export_workbook(
        "名册",
        ["姓名", "数", "分", "日期", "时刻", "本地", "党员", "空"],
        [
            ["赵示例", 3, Decimal("2.5"), day, instant, LOCAL, True, None],
            ["钱示例", 0, 1.25, None, "", None, False, ""],
        ],
    )
    assert read(content) == [
        ["姓名", "数", "分", "日期", "时刻", "本地", "党员", "空"],
        ["赵示例", 3.0, 2.5, day, LOCAL.replace(hour=8, minute=30), LOCAL, "是", ""],
        ["钱示例", 0.0, 1.25, "", "", "", "否", ""],
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_export_writes_no_formula_and_no_link(text: str) -> None:
    package = parts(export_workbook("名册", [text], [[text]]))
    sheet = package["xl/worksheets/sheet1.xml"]
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert ("quotePrefix" in package["xl/styles.xml"]) or not text.startswith(FORMULA_STARTS)


@settings(max_examples=30)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40))
def test_export_returns_the_text_it_was_given(text: str) -> None:
    assert read(export_workbook("名册", ["列"], [[text]]))[1] == [text]


def test_quoted_text_is_marked_in_its_cell() -> None:
    package = parts(export_workbook("名册", ["甲", "乙"], [["=1", "一"]]))
    sheet = package["xl/worksheets/sheet1.xml"]
    style_of = {cell: sheet.split(f'r="{cell}"')[1].split('s="')[1].split('"')[0] for cell in ("A2", "B2")}
    styles = package["xl/styles.xml"].split("<cellXfs")[1].split("<xf ")[1:]
    assert "quotePrefix" in styles[int(style_of["A2"])]
    assert "quotePrefix" not in styles[int(style_of["B2"])]


@pytest.mark.parametrize(
    ("title", "name"), [("甲[乙]:*?/\\丙", "甲 乙      丙"), ("'", "Sheet1"), ("长" * 40, "长" * 31)]
)
def test_sheet_names_are_such_as_excel_accepts(title: str, name: str) -> None:
    assert CalamineWorkbook.from_filelike(io.BytesIO(export_workbook(title, [], []))).sheet_names == [name]


def test_download_is_named_after_the_list() -> None:
    response = export_response("挂职干部", ["姓名"], [])
    assert response.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''%E6%8C%82")
