"""The workbook of tasks: one row for each person whose task book is still to be written, or each task of a draft."""

from collections.abc import Iterable, Iterator

from secondment.files.columns.task import KEYS, TASK
from secondment.files.writing import Workbook
from secondment.placements.models import Placement
from secondment.task_books.choices import UNDER_WRITING
from secondment.task_books.imports import row_key
from secondment.task_books.models import POWERS, Task
from secondment.task_books.view_models import tasks_of_post

LAST_ROW = 2_000
NOTES = (
    "一行一项任务；一人有几项任务的，复制该人的整行后改写。",
    "每人各项权重合计为100，完成时限在挂职期内；有错的，导入时逐行指出。",
    "导入后成为草稿，由接收单位签署后送本人签署。",
)


def tasks_workbook(placements: Iterable[Placement]) -> bytes:
    """The bytes of the workbook."""
    book = Workbook()
    columns = [TASK[key] for key in KEYS]
    sheet = book.sheet("任务书填报表", frozen=(1, 3))
    sheet.set_widths([one.width for one in columns], "text")
    sheet.head([one.title for one in columns], [one.title for one in columns if one.is_required])
    sheet.rows((row for one in placements for row in _rows(one)), look="text")
    for place, column in enumerate(columns):
        if column.cell.choices:
            sheet.offer(place, LAST_ROW, column.cell.choices, is_strict=True)
    help_sheet = book.sheet("填写说明", widths=(18, 80, 30))
    help_sheet.head(["栏目", "说明", "示例"])
    explained = [[one.title, one.explanation, one.example] for one in columns]
    help_sheet.rows([*explained, [], *(["", note] for note in NOTES)], look="wrapped")
    return book.content()


def _rows(placement: Placement) -> Iterator[list[object]]:
    drafts = [one for one in placement.task_books.all() if one.state in UNDER_WRITING]
    tasks = list(drafts[0].tasks.all()) if drafts else tasks_of_post(placement)
    for task in (*tasks, *(() if tasks else (None,))):
        yield [_cells(placement, task).get(key, "") for key in KEYS]


def _cells(placement: Placement, task: Task | None) -> dict[str, object]:
    known: dict[str, object] = {
        "key": row_key(placement.pk),
        "person": placement.person.name,
        "host": placement.host_unit.name,
    }
    if task is None:
        return known
    names = ("name", "kind", "partner", "field", "target", "weight", "due_on", "way", "proposer")
    cells = {name: TASK[name].cell.write(getattr(task, name)) for name in names}
    if not task.weight:
        cells["weight"] = ""
    powers = TASK["powers"].cell.write([name for name in POWERS if getattr(task, name)])
    return {**known, **cells, "powers": powers}
