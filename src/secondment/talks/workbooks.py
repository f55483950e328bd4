"""The workbook of talks of an office (谈话汇总表): two empty rows for each secondee."""

from collections.abc import Sequence

from django.utils.crypto import constant_time_compare, salted_hmac

from secondment.files.columns import talks as columns
from secondment.files.writing import Workbook
from secondment.placements.models import Placement

SALT = "secondment.talks.workbooks"
SIGNED = 16
ROWS_EACH = 2
TITLE = "谈话汇总表"
NOTES = (
    "只填底色为浅黄的格；其他各格由系统填好并锁定。",
    "每人有两行，一次谈话填一行；不够的，导入后重新下载。",
    "集体谈话：每个谈话对象各填一行，日期、类型、单位、谈话人、要点填得相同，系统合为一次谈话。",
    "填好后交组织部门导入，或由本单位在网页上导入；同一份表再次导入不会重复。没有谈话的行空着。",
)


def row_key(placement: int) -> str:
    """What identifies a row: the placement, and a seal over it."""
    return f"T{placement}.{_seal(f'T{placement}')}"


def read_key(key: str) -> int | None:
    """The placement of a key; None for one that this system never wrote."""
    plain, _dot, seal = key.rpartition(".")
    if not plain or not constant_time_compare(seal, _seal(plain)):
        return None
    return int(plain.removeprefix("T"))


def talk_workbook(placements: Sequence[Placement]) -> bytes:
    """The bytes of the workbook."""
    book = Workbook()
    sheet = book.sheet(TITLE, frozen=(1, 2))
    every = list(columns.TALKS)
    told = {one.key for one in columns.TOLD}
    sheet.set_widths([one.width for one in every])
    sheet.head([one.title for one in every], [one.title for one in columns.TOLD])
    line = 0
    for placement in placements:
        known = {
            "key": row_key(placement.pk),
            "name": placement.person.name,
            "home": placement.home_unit.name,
            "host": placement.host_unit.name,
        }
        for _number in range(ROWS_EACH):
            line += 1
            for place, column in enumerate(every):
                look = "input" if column.key in told else "ruled"
                sheet.write(line, place, known.get(column.key, ""), look)
    for place, column in enumerate(every):
        if column.cell.choices:
            sheet.offer(place, max(line, 1), column.cell.choices, is_strict=True)
    sheet.lock(0)
    help_sheet = book.sheet("填写说明", widths=(18, 80))
    help_sheet.head(["栏目", "说明"])
    explained = [[one.title, one.help] for one in every if one is not columns.KEY]
    help_sheet.rows([*explained, [], *(["", note] for note in NOTES)], look="wrapped")
    return book.content()


def _seal(plain: str) -> str:
    return salted_hmac(SALT, plain).hexdigest()[:SIGNED]
