"""The files that the office of the pilot brings: its units, and a hundred people in post."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from openpyxl import Workbook, load_workbook

CITY, ROOT = "示例市", "示例市委组织部"
BUREAUS = [f"示例市{name}局" for name in ("财政", "教育", "民政", "水务", "统计", "审计", "林业", "司法")]
TOWNS = [f"示例{name}镇" for name in "东西南北上下左右前后内外"]
N, N_OVER = 100, 10
SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈", "甲乙丙丁戊己庚辛壬癸"


def save(path: Path, *rows: Sequence[object]) -> Path:
    """A workbook of one sheet."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def units_file(folder: Path) -> Path:
    """Eight bureaus that send and twelve townships that receive."""
    bureaus = [(name, CITY, "政府机关", "县级") for name in BUREAUS]
    towns = [(name, CITY, "乡镇街道", "乡级") for name in TOWNS]
    return save(folder / "单位.xlsx", ("单位名称", "上级单位", "单位类别", "单位层级"), *bureaus, *towns)


def people_file(folder: Path, today: dt.date) -> Path:
    """A hundred people in the office's own columns; the term of ten ends with the month before."""
    over = today.replace(day=1) - dt.timedelta(days=1)
    head = ("序号", "姓名", "原单位", "挂职单位", "担任职务", "挂职类别", "起", "止", "手机号码")
    rows = [
        (
            at + 1,
            SURNAMES[at // 10] + "示" + GIVEN[at % 10],
            BUREAUS[at % len(BUREAUS)],
            TOWNS[at % len(TOWNS)],
            "党委副书记（挂职）",
            "普通下挂",
            f"{over.year - 1}-03-01",
            f"{over}" if at < N_OVER else f"{today.year + 1}-02-28",
            f"000-{at:08d}",
        )
        for at in range(N)
    ]
    return save(folder / "在挂干部名单.xlsx", ("示例市挂职干部名单",), head, *rows)


def fill_in(path: Path, cells: Mapping[str, str]) -> int:
    """What an office does with a workbook that it was sent; returns the number of its rows."""
    book = load_workbook(path)
    page = book.worksheets[0]
    columns = {cell.value: cell.column for cell in page[1]}
    for line in range(2, page.max_row + 1):
        for title, text in cells.items():
            page.cell(line, columns[title]).value = text
    page.cell(2, columns["填表人"]).value = "王填表"
    book.save(path)
    return page.max_row - 1
