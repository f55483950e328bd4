"""The roster as Excel: the template to fill in, and persons in the same columns, so that it can be read back."""

from collections.abc import Iterable, Sequence

from xlsxwriter.utility import xl_col_to_name

from secondment.files.columns.person import PERSON
from secondment.files.writing import Sheet, Workbook
from secondment.people.files.roster_columns import KEYS, written_cell
from secondment.people.models import Person
from secondment.units.models import Unit
from secondment.units.queries import shared_names, unit_label

MOST_IDENTITIES = 20_000
TEMPLATE_ROWS = 2_000
CHOICES = "选项"
INSTRUCTIONS = (
    "一、只有“姓名”一列必须填写；新录入的人员还须能知道性别和出生年月（填了身份证号即可）。其他列可以删去不用，次序不限。",
    "二、系统按身份证号识别同一人；没有身份证号的，按姓名、出生年月和单位识别。无法判断时不会导入，并说明怎样改。",
    "三、空白的格不会清除系统中已有的内容；要清除某项，请到该人员页面修改。",
    "四、上传后先核对：列出新增、更新、无变化、有问题的人员，确认后才写入。任何一人有问题，默认整批不导入。",
    "五、请删除示例行，不要改动列名。日期写成1985.03或1985-03-12。",
)


def template_workbook(units: Sequence[str]) -> bytes:
    """An empty roster with an example row, drop-downs and a sheet of instructions."""
    book = Workbook()
    sheet = _roster(book)
    example = {key: PERSON[key].example for key in KEYS} | ({"unit": units[0]} if units else {})
    sheet.rows([list(example.values())], look="example")
    # A hidden sheet holds the words, because a list in the cell may not be long.
    lists = book.sheet(CHOICES, frozen=(0, 0))
    lists.page.hide()
    for at, key in enumerate(KEYS):
        choices = units if key == "unit" else PERSON[key].cell.choices
        for row, word in enumerate(choices):
            lists.write(row, at, word)
        if choices:
            name = xl_col_to_name(at)
            sheet.offer(at, TEMPLATE_ROWS, f"={CHOICES}!${name}$1:${name}${len(choices)}")
    _instructions(book)
    return book.content()


def roster_workbook(people: Iterable[Person]) -> bytes:
    """Persons in all columns that an import reads, identity numbers included: callers record why.

    Reading the file back changes nothing.
    """
    ambiguous = shared_names()
    book = Workbook(streams=True)
    rows = (
        [_unit(one.unit, ambiguous) if key == "unit" else written_cell(PERSON[key], one) for key in KEYS]
        for one in people
    )
    _roster(book).rows(rows, look="text")
    return book.content()


def _roster(book: Workbook) -> Sheet:
    columns = [PERSON[key] for key in KEYS]
    sheet = book.sheet("名册", frozen=(1, 1))
    sheet.set_widths(
        [max(10, min(32, 2 * max(len(one.title), len(one.example)) + 2)) for one in columns], "text"
    )
    sheet.head([one.title for one in columns], [one.title for one in columns if one.is_required])
    return sheet


def _instructions(book: Workbook) -> None:
    sheet, wrapped = book.sheet("填写说明", widths=(24, 60, 30), frozen=(0, 0)), book.format("wrapped")
    for row, text in enumerate(INSTRUCTIONS):
        sheet.page.merge_range(row, 0, row, 2, text, wrapped)
        sheet.page.set_row(row, 34)
    start = len(INSTRUCTIONS) + 1
    sheet.rows([("列名", "怎样填写", "也认识的列名")], first=start, look="head")
    explained = (
        [one.title, one.explanation, "、".join(one.aliases)] for one in map(PERSON.__getitem__, KEYS)
    )
    sheet.rows(explained, first=start + 1, look="wrapped")


def _unit(unit: Unit, ambiguous: frozenset[str]) -> str:
    return unit_label(unit) if unit.name in ambiguous else unit.name
