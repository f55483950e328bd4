"""The list of units in Excel, and the template it is imported from."""

import io
from collections.abc import Iterable

import xlsxwriter

from secondment.directory.imports import labels_of, unit_cells
from secondment.files.columns.unit import KEYS, UNIT
from secondment.files.writing import FORMULA_STARTS
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.models import Unit

LAST_ROW = 20_000


def units_workbook(units: Iterable[Unit], *, is_template: bool = False) -> bytes:
    """The bytes of a workbook of units; importing it again changes nothing."""
    content, titles = io.BytesIO(), [column.title for column in UNIT]
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as workbook:
        head = workbook.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1})
        text = workbook.add_format({"num_format": "@"})
        quoted = workbook.add_format({"num_format": "@", "quote_prefix": True})
        sheet = workbook.add_worksheet("单位名单")
        sheet.freeze_panes(1, 1)
        for column, title in enumerate(titles):
            sheet.set_column(column, column, 24 if column < 2 else 18, text)
            sheet.write_string(0, column, title, head)
        for at, unit in enumerate(units, start=1):
            for column, value in enumerate(map(str, unit_cells(unit))):
                if value:
                    style = quoted if value.startswith(FORMULA_STARTS) else text
                    sheet.write_string(at, column, value, style)
        for key, labels in [("kind", labels_of(UnitKind)), ("level", labels_of(UnitLevel))]:
            column = KEYS.index(key)
            rule = {"validate": "list", "source": list(labels.values())}
            sheet.data_validation(1, column, LAST_ROW, column, rule)
        if is_template:
            help_sheet = workbook.add_worksheet("填写说明")
            help_sheet.set_column(0, 2, 30)
            explained = [(column.title, column.explanation, column.example) for column in UNIT]
            for at, line in enumerate([("栏目", "说明", "示例"), *explained]):
                help_sheet.write_row(at, 0, line, head if at == 0 else None)
    return content.getvalue()
