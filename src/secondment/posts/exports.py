"""Workbooks of demands: the template with its explanations, and a list that can be imported again."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from secondment.files.columns.post import EXAMPLE_CODE, POST
from secondment.files.writing import Sheet, Workbook
from secondment.posts.columns import KEYS, written
from secondment.posts.models import Post
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


def _workbook(rows: Iterable[Sequence[object]], *, units: Sequence[Unit]) -> bytes:
    book = Workbook()
    columns = [POST[key] for key in KEYS]
    sheet = book.sheet(SHEET, frozen=(1, 3))
    sheet.set_widths([column.width for column in columns], "text")
    sheet.head([column.title for column in columns])
    sheet.rows(rows, look="text")
    for place, column in enumerate(columns):
        if column.cell.choices:
            sheet.offer(place, LAST_ROW, column.cell.choices, is_strict=True)
        elif column.key == "unit" and units:
            # A warning only: a name with its parent before it is right as well.
            sheet.offer(place, LAST_ROW, f"={UNITS}!$A$2:$A${len(units) + 1}")
    _write_help(book.sheet(HELP, widths=(18, 80, 30)))
    if units:
        names = book.sheet(UNITS, widths=(32, 32))
        names.head([POST["unit"].title, POST["parent"].title])
        names.rows(([unit.name, unit.parent.name if unit.parent else ""] for unit in units), look="text")
    return book.content()


def _write_help(sheet: Sheet) -> None:
    sheet.head(["栏目", "说明", "示例"])
    explained = [[POST[key].title, POST[key].explanation, POST[key].example] for key in KEYS]
    notes = [
        f"岗位编号为“{EXAMPLE_CODE}”的示例行不会导入，可以不删除。",
        "导入前系统先行核对，列出新增、修改（原内容→新内容）和不能导入的行；任何一行不能导入，均不导入。",
        "导入的岗位是草稿，须提交后由组织部门审核。已提交或已审核的岗位不能用导入修改。",
    ]
    sheet.rows([*explained, [], *(["", note] for note in notes)], look="wrapped")
