"""The leave workbook of an office (请假汇总表): two empty rows for each secondee, and leave that waits for a return."""

from collections.abc import Sequence

from django.utils.crypto import constant_time_compare, salted_hmac

from secondment.files.columns import leave as columns
from secondment.files.columns.column import Column
from secondment.files.writing import Sheet, Workbook
from secondment.leave.models import LeaveRequest
from secondment.placements.models import Placement

SALT = "secondment.leave.workbooks"
SIGNED = 16
ROWS_EACH = 2
TITLE = "请假汇总表"
NOTES = (
    "只填底色为浅黄的格；其他各格由系统填好并锁定。",
    "每人有两行，一次请假填一行；不够的，导入后重新下载。已经批准、还没有销假的，只填返岗日期。",
    "填好后交组织部门导入，或由本单位在网页上导入；同一份表再次导入不会重复。没有请假的行空着。",
)


def row_key(placement: int, request: int = 0) -> str:
    """What identifies a row: placement, the request it is about (0: a new one), and a seal over them."""
    plain = f"L{placement}.{request}"
    return f"{plain}.{_seal(plain)}"


def read_key(key: str) -> tuple[int, int] | None:
    """Placement and request of a key; None for one that this system never wrote."""
    plain, _dot, seal = key.rpartition(".")
    if not plain or not constant_time_compare(seal, _seal(plain)):
        return None
    placement, _dot, request = plain.removeprefix("L").partition(".")
    return int(placement), int(request)


def leave_workbook(placements: Sequence[Placement], granted: Sequence[LeaveRequest]) -> bytes:
    """The bytes of the workbook."""
    book = Workbook()
    sheet = book.sheet(TITLE, frozen=(1, 2))
    every = list(columns.LEAVE)
    asked = {one.key for one in (*columns.ASKED, *columns.BACK)}
    back = {one.key for one in columns.BACK}
    sheet.set_widths([one.width for one in every])
    sheet.head([one.title for one in every], [one.title for one in every if one.key in asked])
    line = 0
    waiting: dict[int, list[LeaveRequest]] = {}
    for request in granted:
        waiting.setdefault(request.placement_id, []).append(request)
    for placement in placements:
        for request in waiting.get(placement.pk, []):
            line += 1
            _write(sheet, line, every, _known(placement, request.pk) | _said(request), back)
        for _number in range(ROWS_EACH):
            line += 1
            _write(sheet, line, every, _known(placement), asked)
    for place, column in enumerate(every):
        if column.cell.choices:
            sheet.offer(place, max(line, 1), column.cell.choices, is_strict=True)
    sheet.lock(0)
    help_sheet = book.sheet("填写说明", widths=(18, 80))
    help_sheet.head(["栏目", "说明"])
    explained = [[one.title, one.help] for one in every if one is not columns.KEY]
    help_sheet.rows([*explained, [], *(["", note] for note in NOTES)], look="wrapped")
    return book.content()


def _write(sheet: Sheet, line: int, every: list[Column], cells: dict[str, object], inputs: set[str]) -> None:
    for place, column in enumerate(every):
        sheet.write(line, place, cells.get(column.key, ""), "input" if column.key in inputs else "ruled")


def _known(placement: Placement, request: int = 0) -> dict[str, object]:
    return {
        "key": row_key(placement.pk, request),
        "name": placement.person.name,
        "home": placement.home_unit.name,
        "host": placement.host_unit.name,
    }


def _said(request: LeaveRequest) -> dict[str, object]:
    """What is known of a leave that was granted; never its reason."""
    last = request.span.last
    values: dict[str, object] = {
        "type": request.type,
        "starts_on": request.starts_on,
        "starts_half": "pm" if request.starts_pm else "am",
        "last_on": last.day,
        "last_half": "pm" if last.is_pm else "am",
    }
    return {key: columns.LEAVE[key].cell.write(value) for key, value in values.items()}


def _seal(plain: str) -> str:
    return salted_hmac(SALT, plain).hexdigest()[:SIGNED]
