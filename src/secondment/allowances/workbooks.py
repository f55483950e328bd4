"""The workbook of allowances of an office (保障汇总表): a row for each secondee, with what is on record."""

from collections.abc import Mapping, Sequence

from django.utils.crypto import constant_time_compare, salted_hmac

from secondment.allowances.standing import Care
from secondment.files.columns import allowances as columns
from secondment.files.writing import Workbook
from secondment.placements.models import Placement

SALT = "secondment.allowances.workbooks"
SIGNED = 16
TITLE = "保障汇总表"
NOTES = (
    "只填底色为浅黄的格；其他各格由系统填好并锁定。",
    "每人一行，只填有变化的：新办的保险、新做的体检、当月往返次数。没有变化的空着。",
    "填好后交组织部门导入，或由派出单位在网页上导入；同一份表再次导入不会重复。",
)


def row_key(placement: int) -> str:
    """What identifies a row: the placement, and a seal over it."""
    return f"B{placement}.{_seal(f'B{placement}')}"


def read_key(key: str) -> int | None:
    """The placement of a key; None for one that this system never wrote."""
    plain, _dot, seal = key.rpartition(".")
    if not plain or not constant_time_compare(seal, _seal(plain)):
        return None
    return int(plain.removeprefix("B"))


def allowance_workbook(placements: Sequence[Placement], cares: Mapping[int, Care]) -> bytes:
    """The bytes of the workbook."""
    book = Workbook()
    sheet = book.sheet(TITLE, frozen=(1, 2))
    every = list(columns.ALLOWANCES)
    told = {one.key for one in columns.TOLD}
    sheet.set_widths([one.width for one in every])
    sheet.head([one.title for one in every], [one.title for one in columns.TOLD])
    for line, placement in enumerate(placements, start=1):
        known = _known(placement, cares[placement.pk])
        for place, column in enumerate(every):
            look = "input" if column.key in told else "ruled"
            sheet.write(line, place, known.get(column.key, ""), look)
    sheet.lock(0)
    help_sheet = book.sheet("填写说明", widths=(18, 80))
    help_sheet.head(["栏目", "说明"])
    explained = [[one.title, one.help] for one in every if one is not columns.KEY]
    help_sheet.rows([*explained, [], *(["", note] for note in NOTES)], look="wrapped")
    return book.content()


def _known(placement: Placement, care: Care) -> dict[str, str]:
    check = care.checked.check
    return {
        "key": row_key(placement.pk),
        "name": placement.person.name,
        "home": placement.home_unit.name,
        "host": placement.host_unit.name,
        "insured_until": f"{care.cover.last_day}" if care.cover.last_day else "",
        "last_check": f"{check.checked_on}" if check else "",
    }


def _seal(plain: str) -> str:
    return salted_hmac(SALT, plain).hexdigest()[:SIGNED]
