"""A rotation plan as a workbook: who is where in which year, needs by year, and what was reached."""

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass

import xlsxwriter

CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- a fixed day, so that equal input gives equal bytes


@dataclass(frozen=True)
class PlannedTerm:
    """One term: away from the year `starts` until before the year `ends`."""

    person: str
    unit: str
    kind: str
    starts: int
    ends: int


@dataclass(frozen=True)
class RotationSheets:
    """What the workbook shows; `needs` are rows (kind, year, needed, sent)."""

    years: tuple[int, ...]
    terms: Sequence[PlannedTerm]
    needs: Sequence[tuple[str, int, int, int]]
    notes: Sequence[tuple[str, str]]


def rotation_workbook(sheets: RotationSheets) -> bytes:
    """The workbook: 轮换计划 (a row per person, a column per year), 需求, 说明; text never acts as a formula."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(content, options) as workbook:
        workbook.set_properties({"created": CREATED})
        head = workbook.add_format({"bold": True, "bg_color": "#e8eef6", "border": 1})
        cell = workbook.add_format({"border": 1, "valign": "top", "text_wrap": True})
        for name, heads, rows in (
            ("轮换计划", ("人员", "派出单位", *map(str, sheets.years)), _by_person(sheets)),
            ("需求", ("类型", "年份", "需求人数", "安排人数", "缺口"), _by_need(sheets)),
            ("说明", ("项目", "内容"), [list(note) for note in sheets.notes]),
        ):
            sheet = workbook.add_worksheet(name)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.freeze_panes(1, 2 if name == "轮换计划" else 0)
            sheet.set_column(0, 1, 24)
            sheet.set_column(2, len(heads), 14)
            for line, row in enumerate([heads, *rows]):
                sheet.write_row(line, 0, row, cell if line else head)
    return content.getvalue()


def _by_person(sheets: RotationSheets) -> list[Sequence[object]]:
    """Everybody who goes out, by unit, with the kind in each year away."""
    people = sorted({(one.unit, one.person) for one in sheets.terms})
    kind_in = {(one.person, year): one.kind for one in sheets.terms for year in range(one.starts, one.ends)}
    return [
        [person, unit, *(kind_in.get((person, year), "") for year in sheets.years)] for unit, person in people
    ]


def _by_need(sheets: RotationSheets) -> list[Sequence[object]]:
    return [[kind, year, need, sent, need - sent] for kind, year, need, sent in sheets.needs if need]
