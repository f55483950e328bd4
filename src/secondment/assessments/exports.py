"""The workbook of a year's opinions: whom it is about is filled in and closed, the opinions are open."""

from collections import defaultdict
from collections.abc import Iterable

from secondment.assessments.imports import cells_of
from secondment.assessments.models import Evaluation, Opinion
from secondment.files.columns.evaluation import EVALUATION, KEYS, KNOWN
from secondment.files.writing import Workbook

NOTES = (
    "灰色的栏目由系统填好，不要改动；在浅黄色的栏目填写意见、建议等次，填好后交组织部门或用本单位账号导入。",
    "导入前系统先试运行，列出新增、修改（原内容→新内容）和不能导入的行；有一行不能导入，就全部不导入，也可以把有问题的行另存为更正表。",
    "空白的单元格不改动原有内容。等次登记决定以后，意见不再修改。",
)


def opinions_workbook(evaluations: Iterable[Evaluation]) -> bytes:
    """The bytes of the workbook; importing it unchanged changes nothing."""
    rows = list(evaluations)
    opinions: defaultdict[int, dict[str, Opinion]] = defaultdict(dict)
    for one in Opinion.objects.filter(evaluation__in=[row.pk for row in rows]):
        opinions[one.evaluation_id][one.side] = one
    book = Workbook()
    sheet = book.sheet("考核意见汇总表", frozen=(1, 2))
    columns = [EVALUATION[key] for key in KEYS]
    sheet.set_widths([column.width for column in columns], "text")
    sheet.head([one.title for one in columns], [EVALUATION["host_text"].title, EVALUATION["home_text"].title])
    for line, row in enumerate(rows, start=1):
        cells = cells_of(row, opinions[row.pk])
        for place, key in enumerate(KEYS):
            sheet.write(line, place, cells.get(key, ""), "locked" if key in KNOWN else "open")
    for place, column in enumerate(columns):
        if column.cell.choices:
            sheet.offer(place, max(len(rows), 1), column.cell.choices, is_strict=True)
    sheet.page.protect("", {"format_columns": True, "format_rows": True})
    help_sheet = book.sheet("填写说明", widths=(18, 80, 30))
    help_sheet.head(["栏目", "说明", "示例"])
    explained = [[one.title, one.explanation, one.example] for one in columns]
    help_sheet.rows([*explained, [], *(["", note] for note in NOTES)], look="wrapped")
    return book.content()
