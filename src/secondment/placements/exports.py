"""Placements as files to take away: notices, and lists of people in post that can be imported again."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence

from secondment.files.columns.placement import EXAMPLE_NAME, EXTERNAL, KEYS, PLACEMENT
from secondment.files.writing import Workbook
from secondment.placements.choices import PlacementState
from secondment.placements.import_changes import PLAIN
from secondment.placements.models import Placement
from secondment.placements.statistics import Measure, Reads, Table
from secondment.units.queries import unit_label

LAST_ROW = 5_000
NOTES = (
    f"姓名为“{EXAMPLE_NAME}”的行不会导入，可以不删除。",
    "导入前系统先试运行，列出新增、修改（原内容→新内容）和不能导入的行；有一行不能导入，就全部不导入，也可以把有问题的行另存为更正表。",
    "已经结束的挂职也用本表补录：填写实际止和去向。最后一天已过而没有填写实际止的，列入期满待办结。",
    "同一人、同一接收单位、同一开始日期的行对应同一个挂职：内容相同的不改动，不同的修改；空白的单元格不改动原有内容。",
)


def notices_archive(placements: Sequence[Placement]) -> bytes:
    """A zip of the notices of these placements; a joint notice is in it once."""
    content = io.BytesIO()
    kept: set[str] = set()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for placement in placements:
            stored = placement.notice_file
            if stored is None or stored.sha256 in kept:
                continue
            kept.add(stored.sha256)
            with stored.content.open("rb") as file:
                archive.writestr(f"{placement.notice_number} {stored.name}", file.read())
    return content.getvalue()


def placements_workbook(placements: Iterable[Placement], reads: Reads) -> bytes:
    """The bytes of a list of people in post; importing it again changes nothing."""
    return _workbook([placement_cells(one, reads) for one in placements])


def template_workbook() -> bytes:
    """The template: an example row, drop-downs and explanations."""
    return _workbook([[PLACEMENT[key].example for key in KEYS]])


def placement_cells(row: Placement, reads: Reads) -> list[object]:
    """One row of the list; identity numbers are left out, because names, units and births tell people apart.

    The birth belongs to the file of a person, which not everybody reads who sees the placement.
    """
    person, is_over = row.person, row.state == PlacementState.ENDED
    cells: dict[str, object] = {
        "name": person.name,
        "sex": PLACEMENT["sex"].cell.write(person.sex),
        "born": PLACEMENT["starts_on"].cell.write(person.born_on) if reads(person.unit.path) else "",
        "phone": person.phone,
        "home": unit_label(row.home_unit),
        "home_parent": EXTERNAL if row.home_unit.is_external else "",
        "host": unit_label(row.host_unit),
        "title": row.post.title,
        "programme": row.programme_version.programme.name,
        "starts_on": PLACEMENT["starts_on"].cell.write(row.starts_on),
        "last_day": PLACEMENT["last_day"].cell.write(row.last_day),
        "ended_on": PLACEMENT["ended_on"].cell.write(row.last_day) if is_over else "",
        **{key: PLACEMENT[key].cell.write(getattr(row, key) or "") for key in PLAIN},
    }
    return [cells.get(key, "") for key in KEYS]


def statistics_workbook(title: str, total: Mapping[str, int], tables: Sequence[Table]) -> bytes:
    """The table of figures on one sheet: the total, then every dimension."""
    book = Workbook()
    sheet = book.sheet("挂职工作统计表", widths=(20, 24, 12, 12, 12, 12), frozen=(1, 0))
    sheet.head(["分类", "项目", *(str(one.label) for one in Measure)])
    lines: list[list[object]] = [["合计", "", *(total.get(one, 0) for one in Measure)]]
    for table in tables:
        for row in table.rows:
            figures = [row.figures.get(one, 0) if one in table.dimension.measures else "" for one in Measure]
            lines.append([str(table.dimension.label), str(row.label), *figures])
    sheet.rows([*lines, [], ["", title]], look="plain")
    return book.content()


def _workbook(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook()
    columns = [PLACEMENT[key] for key in KEYS]
    sheet = book.sheet("在挂名册", frozen=(1, 1))
    sheet.set_widths([column.width for column in columns], "text")
    sheet.head([one.title for one in columns], [one.title for one in columns if one.is_required])
    sheet.rows(rows, look="text")
    for place, column in enumerate(columns):
        if column.cell.choices:
            sheet.offer(place, LAST_ROW, column.cell.choices, is_strict=True)
    help_sheet = book.sheet("填写说明", widths=(18, 80, 30))
    help_sheet.head(["栏目", "说明", "示例"])
    explained = [[one.title, one.explanation, one.example] for one in columns]
    help_sheet.rows([*explained, [], *(["", note] for note in NOTES)], look="wrapped")
    return book.content()
