"""A rotation plan as a workbook: who is where in which year, needs by year, and what was reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from secondment.files.writing import Workbook


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
    """The workbook: 轮换计划 (a row per person, a column per year), 需求, 说明."""
    book = Workbook()
    for name, heads, rows, n_frozen in (
        ("轮换计划", ("人员", "派出单位", *map(str, sheets.years)), _by_person(sheets), 2),
        ("需求", ("类型", "年份", "需求人数", "安排人数", "缺口"), _by_need(sheets), 0),
        ("说明", ("项目", "内容"), [list(note) for note in sheets.notes], 0),
    ):
        sheet = book.sheet(name, widths=(24, 24, *(14 for _ in heads[2:])), frozen=(1, n_frozen))
        sheet.head(heads)
        sheet.rows(rows, look="ruled")
    return book.content()


def _by_person(sheets: RotationSheets) -> list[Sequence[object]]:
    """Everyone who goes out, by unit, with the kind in each year away."""
    people = sorted({(one.unit, one.person) for one in sheets.terms})
    kind_in = {(one.person, year): one.kind for one in sheets.terms for year in range(one.starts, one.ends)}
    return [
        [person, unit, *(kind_in.get((person, year), "") for year in sheets.years)] for unit, person in people
    ]


def _by_need(sheets: RotationSheets) -> list[Sequence[object]]:
    return [[kind, year, need, sent, need - sent] for kind, year, need, sent in sheets.needs if need]
