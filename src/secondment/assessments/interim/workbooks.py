"""A quarter's workbook (平时考核汇总表) of an office."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.utils.crypto import constant_time_compare, salted_hmac

from secondment.assessments.interim.models import RoutineGrade
from secondment.files.columns import routine as columns
from secondment.files.writing import Workbook
from secondment.obligations.periods import Period
from secondment.placements.models import Placement

SALT = "secondment.assessments.routine"
SIGNED = 16
TITLE = "平时考核汇总表"
NOTES = (
    "只填底色为浅黄的格；其他各格由系统填好并锁定。",
    "每行对应一人。请不要增加、删除、移动行；不评的空着。",
    "填好后交组织部门导入，或由本单位在网页上导入；同一份表再次导入不会重复。",
)


def row_key(placement: int, ends_on: dt.date) -> str:
    """What identifies a row: the placement, the end of the quarter, and a seal over both."""
    plain = f"P{ends_on:%Y%m%d}.{placement}"
    return f"{plain}.{_seal(plain)}"


def read_key(key: str) -> tuple[int, dt.date] | None:
    """Placement and end of the quarter of a key; None for one that this system never wrote."""
    plain, _dot, seal = key.rpartition(".")
    if not plain or not constant_time_compare(seal, _seal(plain)):
        return None
    day, _dot, number = plain.removeprefix("P").partition(".")
    return int(number), dt.datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007 -- a day


def routine_workbook(
    placements: Sequence[Placement], quarter: Period, standing: Mapping[int, RoutineGrade]
) -> bytes:
    """The bytes of the workbook, with what stands already."""
    book = Workbook()
    sheet = book.sheet(TITLE, frozen=(1, 2))
    every = list(columns.ROUTINE)
    told = {one.key for one in columns.TOLD}
    sheet.set_widths([one.width for one in every])
    sheet.head([one.title for one in every], [one.title for one in columns.TOLD])
    for line, placement in enumerate(placements, start=1):
        cells = _cells(placement, quarter, standing.get(placement.pk))
        for place, column in enumerate(every):
            look = "input" if column.key in told else "ruled"
            sheet.write(line, place, cells.get(column.key, ""), look)
    for place, column in enumerate(every):
        if column.cell.choices:
            sheet.offer(place, max(len(placements), 1), column.cell.choices, is_strict=True)
    sheet.lock(0)
    help_sheet = book.sheet("填写说明", widths=(18, 80))
    help_sheet.head(["栏目", "说明"])
    explained = [[one.title, one.help] for one in every if one is not columns.KEY]
    help_sheet.rows([*explained, [], *(["", note] for note in NOTES)], look="wrapped")
    return book.content()


def _cells(placement: Placement, quarter: Period, known: RoutineGrade | None) -> dict[str, str]:
    cells = {
        "key": row_key(placement.pk, quarter.ends_on),
        "name": placement.person.name,
        "host": placement.host_unit.name,
        "title": placement.post.title,
        "period": str(quarter.label),
    }
    if known is not None:
        cells |= {"grade": columns.ROUTINE["grade"].cell.write(known.grade), "words": known.words}
    return cells


def _seal(plain: str) -> str:
    return salted_hmac(SALT, plain).hexdigest()[:SIGNED]
