"""The list of units in Excel, and the template it is imported from."""

from collections.abc import Iterable

from secondment.directory.imports import labels_of, unit_cells
from secondment.files.columns.unit import KEYS, UNIT
from secondment.files.writing import Workbook
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.models import Unit

LAST_ROW = 20_000


def units_workbook(units: Iterable[Unit], *, is_template: bool = False) -> bytes:
    """The bytes of a workbook of units; importing it again changes nothing."""
    book = Workbook()
    sheet = book.sheet("单位名单", frozen=(1, 1))
    sheet.set_widths([24, 24, *[18] * (len(KEYS) - 2)], "text")
    sheet.head([column.title for column in UNIT])
    sheet.rows((map(str, unit_cells(unit)) for unit in units), look="text")
    for key, labels in [("kind", labels_of(UnitKind)), ("level", labels_of(UnitLevel))]:
        sheet.offer(KEYS.index(key), LAST_ROW, list(labels.values()), is_strict=True)
    if is_template:
        explained = book.sheet("填写说明", widths=(30, 30, 30))
        explained.head(["栏目", "说明", "示例"])
        explained.rows([column.title, column.explanation, column.example] for column in UNIT)
    return book.content()
