"""The list of units in Excel, and the template it is imported from."""

import io
from collections.abc import Iterable

import xlsxwriter

from secondment.directory.imports import HEADERS, KIND, LEVEL, labels_of, unit_cells
from secondment.tables.writing import FORMULA_STARTS
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.models import Unit

LAST_ROW = 20_000
HELP = [
    ("单位名称", "必填。全称，不含斜线。", "示例县农业农村局"),
    (
        "上级单位",
        "必填。单位目录中的上级，有重名时写“上级/名称”；也可以是本文件前面行中新建的单位。",
        "示例县人民政府",
    ),
    ("简称", "选填。", "县农业农村局"),
    ("单位类别", "必填。从下拉列表中选择。", "政府机关"),
    ("单位层级", "必填。从下拉列表中选择。", "县级"),
    ("所在区划", "选填。区划全称或代码。", "贵州省"),
    ("统一社会信用代码", "选填。18位；填写后可凭它识别更名的单位。", ""),
    ("排序", "选填。整数，小的在前。", "10"),
]


def units_workbook(units: Iterable[Unit], *, is_template: bool = False) -> bytes:
    """The bytes of a workbook of units; importing it again changes nothing."""
    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as workbook:
        head = workbook.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1})
        text = workbook.add_format({"num_format": "@"})
        quoted = workbook.add_format({"num_format": "@", "quote_prefix": True})
        sheet = workbook.add_worksheet("单位名单")
        sheet.freeze_panes(1, 1)
        for column, header in enumerate(HEADERS):
            sheet.set_column(column, column, 24 if column < 2 else 18, text)
            sheet.write_string(0, column, header, head)
        for at, unit in enumerate(units, start=1):
            for column, value in enumerate(map(str, unit_cells(unit))):
                if value:
                    style = quoted if value.startswith(FORMULA_STARTS) else text
                    sheet.write_string(at, column, value, style)
        for header, labels in [(KIND, labels_of(UnitKind)), (LEVEL, labels_of(UnitLevel))]:
            column = HEADERS.index(header)
            rule = {"validate": "list", "source": list(labels.values())}
            sheet.data_validation(1, column, LAST_ROW, column, rule)
        if is_template:
            help_sheet = workbook.add_worksheet("填写说明")
            help_sheet.set_column(0, 2, 30)
            for at, line in enumerate([("栏目", "说明", "示例"), *HELP]):
                help_sheet.write_row(at, 0, line, head if at == 0 else None)
    return content.getvalue()
