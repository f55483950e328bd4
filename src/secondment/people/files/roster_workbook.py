"""The roster as Excel: the template to fill in, and persons in the same columns, so that it can be read back."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from secondment.files.columns.person import PERSON
from secondment.files.writing import FORMULA_STARTS
from secondment.people.files.roster_columns import KEYS, written_cell
from secondment.people.models import Person
from secondment.units.models import Unit
from secondment.units.queries import shared_names, unit_label

MOST_IDENTITIES = 20_000
TEMPLATE_ROWS = 2_000
INSTRUCTIONS = (
    "一、只有“姓名”一列必须填写；新录入的人员还须能知道性别和出生年月（填了身份证号即可）。其他列可以删去不用，次序不限。",
    "二、系统按身份证号识别同一人；没有身份证号的，按姓名、出生年月和单位识别。无法判断时不会导入，并说明怎样改。",
    "三、空白的格不会清除系统中已有的内容；要清除某项，请到该人员页面修改。",
    "四、上传后先核对：列出新增、更新、无变化、有问题的人员，确认后才写入。任何一人有问题，默认整批不导入。",
    "五、请删除示例行，不要改动列名。日期写成1985.03或1985-03-12。",
)


def template_workbook(units: Sequence[str]) -> bytes:
    """An empty roster with an example row, drop-downs and a sheet of instructions."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("名册")
        _head(workbook, sheet)
        grey = workbook.add_format({"num_format": "@", "font_color": "#6B7787", "italic": True})
        for at, key in enumerate(KEYS):
            example = units[0] if key == "unit" and units else PERSON[key].example
            sheet.write_string(1, at, example, grey)
        lists = workbook.add_worksheet("选项")
        lists.hide()
        for at, key in enumerate(KEYS):
            _add_choices(sheet, lists, at, tuple(units) if key == "unit" else PERSON[key].cell.choices)
        _instructions(workbook)
    return content.getvalue()


def roster_workbook(people: Iterable[Person]) -> bytes:
    """Persons in all columns that an import reads, identity numbers included: callers record why.

    Reading the file back changes nothing.
    """
    ambiguous = shared_names()
    content = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(content, options) as workbook:
        sheet = workbook.add_worksheet("名册")
        plain = _head(workbook, sheet)
        quoted = workbook.add_format({"num_format": "@", "quote_prefix": True})
        for at, person in enumerate(people, start=1):
            for place, key in enumerate(KEYS):
                text = _unit(person.unit, ambiguous) if key == "unit" else written_cell(PERSON[key], person)
                style = quoted if text.startswith(FORMULA_STARTS) else plain
                if text:
                    sheet.write_string(at, place, text, style)
    return content.getvalue()


def _head(workbook: xlsxwriter.Workbook, sheet: Worksheet) -> Format:
    text: Format = workbook.add_format({"num_format": "@"})
    head = workbook.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1})
    must = workbook.add_format({"bold": True, "bg_color": "#FBE9E7", "border": 1})
    for at, column in enumerate(PERSON[key] for key in KEYS):
        width = max(10, min(32, 2 * max(len(column.title), len(column.example)) + 2))
        sheet.set_column(at, at, width, text)
        sheet.write_string(0, at, column.title, must if column.is_required else head)
    sheet.freeze_panes(1, 1)
    return text


def _add_choices(sheet: Worksheet, lists: Worksheet, at: int, choices: Sequence[str]) -> None:
    """A drop-down that reads its words from the hidden sheet, because a list in the cell may not be long."""
    if not choices:
        return
    for row, word in enumerate(choices):
        lists.write_string(row, at, word)
    name = xlsxwriter.utility.xl_col_to_name(at)
    source = f"=选项!${name}$1:${name}${len(choices)}"
    sheet.data_validation(
        1, at, TEMPLATE_ROWS, at, {"validate": "list", "source": source, "error_type": "warning"}
    )


def _instructions(workbook: xlsxwriter.Workbook) -> None:
    sheet = workbook.add_worksheet("填写说明")
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    bold = workbook.add_format({"bold": True, "bg_color": "#EEF1F5", "border": 1})
    sheet.set_column(0, 0, 24, wrap)
    sheet.set_column(1, 1, 60, wrap)
    sheet.set_column(2, 2, 30, wrap)
    for row, text in enumerate(INSTRUCTIONS):
        sheet.merge_range(row, 0, row, 2, text, wrap)
        sheet.set_row(row, 34)
    start = len(INSTRUCTIONS) + 1
    for at, title in enumerate(("列名", "怎样填写", "也认识的列名")):
        sheet.write_string(start, at, title, bold)
    for row, column in enumerate((PERSON[key] for key in KEYS), start=start + 1):
        sheet.write_string(row, 0, column.title, wrap)
        sheet.write_string(row, 1, column.explanation, wrap)
        sheet.write_string(row, 2, "、".join(column.aliases), wrap)


def _unit(unit: Unit, ambiguous: frozenset[str]) -> str:
    return unit_label(unit) if unit.name in ambiguous else unit.name
