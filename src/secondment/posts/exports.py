"""Workbooks of demands: the template with its explanations, and a list that can be imported again."""

import io
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.db.models import QuerySet
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from secondment.common.table_export import FORMULA_STARTS
from secondment.posts import columns as named
from secondment.posts.columns import COLUMNS, TASK_EXAMPLE, TASKS, months_of, write_task
from secondment.posts.models import Post
from secondment.units.models import Unit

LAST_ROW = 5_000
MOST_UNITS = 2_000
SHEET, HELP, UNITS = "岗位需求", "填写说明", "单位名单"
# header, example, help, choices, width
Head = tuple[str, str, str, tuple[str, ...], int]


def post_heads() -> list[Head]:
    """All columns in the order of the file."""
    before: list[Head] = [
        (named.UNIT, "示例县人民政府", "必填。单位目录中的全称；有重名时写“上级单位/单位名称”。", (), 24),
        (named.PARENT, "", "选填。只用来区分重名的单位。", (), 18),
        (named.CODE, named.EXAMPLE_CODE,
         "必填。本单位内不重复，例如P01。再次导入时按接收单位和岗位编号对应：内容相同的不改动，不同的修改。", (), 10),
    ]  # fmt: skip
    middle: list[Head] = [
        (
            one.header,
            one.example,
            ("必填。" if one.is_required else "选填。") + one.help,
            one.choices,
            one.width,
        )
        for one in COLUMNS
    ]
    term: list[Head] = [
        (named.STARTS_ON, "2027-03-01", "必填。年月日。", (), 12),
        (named.MONTHS, "24", "期限与返岗日期填一项，两项都填时以返岗日期为准。", (), 10),
        (named.ENDS_ON, "", "期满返回派出单位的第一天，不计入挂职期。", (), 12),
        (named.REGION, "520000", "区划全称或代码（2、4、6或9位）；不填时用接收单位所在地。", (), 18),
    ]
    task = "至少一项，至多五项。写成“任务｜衡量指标｜目标值｜单位｜完成时限”，完成时限可省略。"
    tasks: list[Head] = [
        (header, TASK_EXAMPLE if at == 0 else "", task, (), 40) for at, header in enumerate(TASKS)
    ]
    return [*before, *middle[:1], *term, *middle[1:], *tasks]


def post_cells(post: Post) -> list[object]:
    """One row of the list that can be imported again."""
    months = months_of(post)
    values: dict[str, object] = {
        named.UNIT: post.host_unit.name,
        named.PARENT: post.host_unit.parent.name if post.host_unit.parent else "",
        named.CODE: post.code,
        named.STARTS_ON: f"{post.starts_on:%Y-%m-%d}",
        named.MONTHS: months or "",
        named.ENDS_ON: "" if months else f"{post.ends_on:%Y-%m-%d}",
        named.REGION: post.region.written if post.region else "",
    }
    values |= {one.header: one.write(post) for one in COLUMNS}
    values |= dict(zip(TASKS, (write_task(task) for task in post.tasks.all()), strict=False))
    return [values.get(header, "") for header, *_rest in post_heads()]


def posts_workbook(posts: Iterable[Post]) -> bytes:
    """The bytes of a workbook of demands; importing it again changes nothing."""
    return _workbook([post_cells(post) for post in posts], units=())


def template_workbook(units: QuerySet[Unit]) -> bytes:
    """The template: drop-downs, an example row, explanations and the names of `units`."""
    example: list[object] = [example for _header, example, *_rest in post_heads()]
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
    for column, (header, _example, _help, _choices, width) in enumerate(post_heads()):
        sheet.set_column(column, column, width, formats["text"])
        sheet.write_string(0, column, header, formats["head"])


def _write_cell(sheet: Worksheet, row: int, column: int, value: object, formats: dict[str, Format]) -> None:
    if value is None or value == "":
        return
    text = str(value)
    sheet.write_string(row, column, text, formats["quoted" if text.startswith(FORMULA_STARTS) else "text"])


def _add_choices(sheet: Worksheet, *, n_units: int) -> None:
    for column, (header, _example, _help, choices, _width) in enumerate(post_heads()):
        if choices:
            rule: dict[str, object] = {"validate": "list", "source": list(choices)}
        elif header == named.UNIT and n_units:
            # A warning only: a name with its parent before it is right as well.
            rule = {
                "validate": "list",
                "source": f"={UNITS}!$A$2:$A${n_units + 1}",
                "error_type": "warning",
            }
        else:
            continue
        sheet.data_validation(1, column, LAST_ROW, column, rule)


def _write_help(sheet: Worksheet, formats: dict[str, Format]) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 80)
    sheet.set_column(2, 2, 30)
    for column, header in enumerate(["栏目", "说明", "示例"]):
        sheet.write_string(0, column, header, formats["head"])
    for at, (header, example, text, choices, _width) in enumerate(post_heads(), start=1):
        several = f"可选：{'、'.join(choices)}。" if choices else ""
        sheet.write_string(at, 0, header, formats["wrap"])
        sheet.write_string(at, 1, text + several, formats["wrap"])
        sheet.write_string(at, 2, example, formats["wrap"])
    notes = [
        f"岗位编号为“{named.EXAMPLE_CODE}”的示例行不会导入，可以不删除。",
        "导入前系统先试运行，列出新增、修改（原内容→新内容）和不能导入的行；有一行不能导入，就全部不导入。",
        "导入的岗位是草稿，须提交后由组织部门审核。已提交或已审核的岗位不能用导入修改。",
    ]
    for at, text in enumerate(notes, start=len(post_heads()) + 2):
        sheet.write_string(at, 1, text, formats["wrap"])


def _write_units(sheet: Worksheet, units: Sequence[Unit], formats: dict[str, Format]) -> None:
    sheet.set_column(0, 1, 32)
    for column, header in enumerate([named.UNIT, named.PARENT]):
        sheet.write_string(0, column, header, formats["head"])
    for at, unit in enumerate(units, start=1):
        sheet.write_string(at, 0, unit.name, formats["text"])
        sheet.write_string(at, 1, unit.parent.name if unit.parent else "", formats["text"])
