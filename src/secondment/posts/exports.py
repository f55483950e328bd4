"""Workbooks of demands: the template with its explanations, and a list that can be imported again."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.db.models import QuerySet
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from secondment.common.table_export import FORMULA_STARTS
from secondment.posts.columns import KEYS, written
from secondment.posts.models import Post
from secondment.tables.columns.post import EXAMPLE_CODE, POST
from secondment.units.models import Unit

LAST_ROW = 5_000
MOST_UNITS = 2_000
SHEET, HELP, UNITS = "岗位需求", "填写说明", "单位名单"


def post_cells(post: Post) -> list[object]:
    """One row of the list that can be imported again."""
    cells = written(post)
    return [cells.get(key, "") for key in KEYS]


def posts_workbook(posts: Iterable[Post]) -> bytes:
    """The bytes of a workbook of demands; importing it again changes nothing."""
    return _workbook([post_cells(post) for post in posts], units=())


def template_workbook(units: QuerySet[Unit]) -> bytes:
    """The template: drop-downs, an example row, explanations and the names of `units`."""
    example: list[object] = [POST[key].example for key in KEYS]
    return _workbook([example], units=list(units.select_related("parent").order_by("path")[:MOST_UNITS]))


def _workbook(rows: Sequence[Sequence[object]], *, units: Sequence[Unit]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        formats = {
            "head": workbook.add_format(
                {"bold": True, "bg_color": "#EEF1F5", "border": 1, "text_wrap": True}
            ),
            "wrap": workbook.add_format({"text_wrap": True, "valign": "top"}),
            "text": workbook.add_format({"num_format": "@", "valign": "top"}),
            "quoted": workbook.add_format({"quote_prefix": True, "num_format": "@", "valign": "top"}),
        }
        sheet = workbook.add_worksheet(SHEET)
        _write_head(sheet, formats)
        for at, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write_cell(sheet, at, column, value, formats)
        _write_help(workbook.add_worksheet(HELP), formats)
        if units:
            _write_units(workbook.add_worksheet(UNITS), units, formats)
        _add_choices(sheet, n_units=len(units))
    return content.getvalue()


def _write_head(sheet: Worksheet, formats: dict[str, Format]) -> None:
    sheet.freeze_panes(1, 3)
    sheet.set_row(0, 32)
    sheet.set_landscape()
    sheet.set_paper(9)
    for place, key in enumerate(KEYS):
        sheet.set_column(place, place, POST[key].width, formats["text"])
        sheet.write_string(0, place, POST[key].title, formats["head"])


def _write_cell(sheet: Worksheet, row: int, column: int, value: object, formats: dict[str, Format]) -> None:
    if value is None or value == "":
        return
    text = str(value)
    sheet.write_string(row, column, text, formats["quoted" if text.startswith(FORMULA_STARTS) else "text"])


def _add_choices(sheet: Worksheet, *, n_units: int) -> None:
    for place, key in enumerate(KEYS):
        if POST[key].cell.choices:
            rule: dict[str, object] = {"validate": "list", "source": list(POST[key].cell.choices)}
        elif key == "unit" and n_units:
            # A warning only: a name with its parent before it is right as well.
            rule = {
                "validate": "list",
                "source": f"={UNITS}!$A$2:$A${n_units + 1}",
                "error_type": "warning",
            }
        else:
            continue
        sheet.data_validation(1, place, LAST_ROW, place, rule)


def _write_help(sheet: Worksheet, formats: dict[str, Format]) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 80)
    sheet.set_column(2, 2, 30)
    for column, header in enumerate(["栏目", "说明", "示例"]):
        sheet.write_string(0, column, header, formats["head"])
    for at, key in enumerate(KEYS, start=1):
        for place, said in enumerate((POST[key].title, POST[key].explanation, POST[key].example)):
            sheet.write_string(at, place, said, formats["wrap"])
    notes = [
        f"岗位编号为“{EXAMPLE_CODE}”的示例行不会导入，可以不删除。",
        "导入前系统先试运行，列出新增、修改（原内容→新内容）和不能导入的行；有一行不能导入，就全部不导入。",
        "导入的岗位是草稿，须提交后由组织部门审核。已提交或已审核的岗位不能用导入修改。",
    ]
    for at, text in enumerate(notes, start=len(KEYS) + 2):
        sheet.write_string(at, 1, text, formats["wrap"])


def _write_units(sheet: Worksheet, units: Sequence[Unit], formats: dict[str, Format]) -> None:
    sheet.set_column(0, 1, 32)
    for column, header in enumerate([POST["unit"].title, POST["parent"].title]):
        sheet.write_string(0, column, header, formats["head"])
    for at, unit in enumerate(units, start=1):
        sheet.write_string(at, 0, unit.name, formats["text"])
        sheet.write_string(at, 1, unit.parent.name if unit.parent else "", formats["text"])
