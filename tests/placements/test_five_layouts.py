"""Three hundred people in post in five layouts that offices keep, with twelve faults: set aside, corrected, read again."""

import csv
import datetime as dt
import io
from collections.abc import Callable, Sequence

import pytest
from openpyxl import Workbook, load_workbook
from tests.makers import AT, make_programme_version, make_unit, make_user

from secondment.accounts.choices import Role
from secondment.campaigns.models import Programme
from secondment.common.list_split import split
from secondment.people.models import Person
from secondment.placements.imports import read_placements
from secondment.placements.models import Placement
from secondment.placements.services.recording import import_placements

ON = dt.date(2026, 11, 29)
N = 60
KEYS = ("name", "home", "host", "title", "programme", "start", "end", "phone")
People = list[dict[str, str]]


def people(first: int) -> People:
    """Sixty sound rows."""
    return [
        {
            "name": f"示例{chr(0x4E00 + number)}",
            "home": f"示例{number % 6}局",
            "host": f"示例{number % 12}村",
            "title": "驻村第一书记" if number % 2 else "驻村工作队员",
            "programme": "第一书记",
            "start": "2025-03-01",
            "end": "2027-02-28",
            "phone": f"000-{number:08d}",
        }
        for number in range(first, first + N)
    ]


def as_sheet(head: Sequence[str], rows: Sequence[Sequence[object]], *, above: Sequence[str] = ()) -> Workbook:
    book = Workbook()
    sheet = book.active
    for title in above:
        sheet.append([title])
    sheet.append(list(head))
    for row in rows:
        sheet.append(list(row))
    return book


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def plain(rows: People) -> tuple[str, bytes]:
    """The product's own headers, days as text."""
    head = ("姓名", "派出单位", "接收单位", "挂任职务", "挂职项目", "挂职开始", "挂职结束", "联系电话")
    return "一.xlsx", saved(as_sheet(head, [[one[key] for key in KEYS] for one in rows]))


def titled(rows: People) -> tuple[str, bytes]:
    """Title lines, a running number, other headers, the home unit merged over its rows."""
    head = ("序号", "干部姓名", "原单位", "挂职单位", "担任职务", "挂职类别", "起", "止", "手机号码", "备注")
    rows = sorted(rows, key=lambda one: one["home"])
    lines = [[at, *(one[key] for key in KEYS), ""] for at, one in enumerate(rows, start=1)]
    book = as_sheet(head, lines, above=("示例市挂职干部名册", "填报单位：示例市委组织部"))
    sheet, at = book.active, 4
    while at < 4 + len(rows):
        end = at
        while end + 1 < 4 + len(rows) and rows[end + 1 - 4]["home"] == rows[at - 4]["home"]:
            end += 1
        for line in range(at + 1, end + 1):
            sheet.cell(line, 3).value = None
        sheet.merge_cells(start_row=at, end_row=end, start_column=3, end_column=3)
        at = end + 1
    return "二.xlsx", saved(book)


def doubled(rows: People) -> tuple[str, bytes]:
    """Two header lines: 挂职时间 over 起 and 止; real dates."""
    book = Workbook()
    sheet = book.active
    sheet.append(["姓名", "派出单位", "接收单位", "挂任职务", "挂职项目", "挂职时间", None, "联系电话"])
    sheet.append([None] * 5 + ["挂职开始", "挂职结束", None])
    for column in (1, 2, 3, 4, 5, 8):
        sheet.merge_cells(start_row=1, end_row=2, start_column=column, end_column=column)
    sheet.merge_cells("F1:G1")
    for one in rows:
        sheet.append([day_of(one[key]) if key in {"start", "end"} else one[key] for key in KEYS])
    return "三.xlsx", saved(book)


def day_of(text: str) -> object:
    """A real date where the text is one."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


def in_one_cell(rows: People) -> tuple[str, bytes]:
    """A text file in GB18030 with the term in one column."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["姓名", "派出单位", "接收单位", "挂任职务", "挂职项目", "挂职期限", "联系电话"])
    for one in rows:
        term = f"{one['start'].replace('-', '.')}—{one['end'].replace('-', '.')}"
        writer.writerow([one[key] for key in KEYS[:5]] + [term, one["phone"]])
    return "四.csv", text.getvalue().encode("gb18030")


def by_month(rows: People) -> tuple[str, bytes]:
    """Months instead of days, an empty sheet before, a hidden row."""
    head = ("姓名", "派出单位", "接收单位", "挂任职务", "挂职项目", "开始时间", "结束时间", "电话")
    lines = [
        [
            one[key][:7].replace("-", ".") if key in {"start", "end"} and one[key][:2] == "20" else one[key]
            for key in KEYS
        ]
        for one in rows
    ]
    book = as_sheet(head, lines)
    book.create_sheet("说明", 0)
    book["Sheet"].row_dimensions[5].hidden = True
    return "五.xlsx", saved(book)


LAYOUTS: tuple[Callable[[People], tuple[str, bytes]], ...] = (plain, titled, doubled, in_one_cell, by_month)
# Layout → row → what is wrong with it; twelve in all.
FAULTS: dict[int, dict[int, dict[str, str]]] = {
    0: {3: {"home": "示例九局"}, 9: {"title": ""}, 20: {"programme": "博士团"}},
    1: {5: {"start": "2025-13-01"}, 6: {"name": ""}},
    2: {7: {"end": "2025-02-28"}, 30: {"start": "2026-11-30"}, 31: {"programme": ""}},
    3: {11: {"host": ""}, 12: {"end": "两年"}},
    4: {1: {"name": "示例中"}, 50: {"home": ""}},
}


@pytest.fixture
def office(db: None):
    root = make_unit("示例市委组织部")
    for number in range(6):
        make_unit(f"示例{number}局", root)
    for number in range(12):
        make_unit(f"示例{number}村", root)
    make_programme_version(programme=Programme.objects.create(code="first", name="第一书记"))
    return make_user(Role.ORGANISATION_DEPARTMENT, root)


def test_three_hundred_rows_in_five_layouts(office) -> None:
    def read(file: str, content: bytes):
        return read_placements(content, file=file, user=office, on=ON)

    def write(plan) -> int:
        return import_placements(plan, by=office, at=AT)

    sound = [people(at * N) for at in range(5)]
    sound[4][1]["name"] = "示例乙乙"
    n_faults, sources = 0, []
    for at, layout in enumerate(LAYOUTS):
        rows = [{**one, **FAULTS[at].get(line, {})} for line, one in enumerate(sound[at])]
        if at == 4:  # one person in two posts at a time
            rows[1] |= {"name": rows[0]["name"], "home": rows[0]["home"]}
        plan = read(*layout(rows))
        faulty = {one.line for one in plan.refused}
        assert len(faulty) == len(FAULTS[at]), (at, plan.refused)
        n_faults += len(faulty)
        parts = split(plan)
        assert write(read("其余.xlsx", parts.rest)) == N - len(faulty)
        sources.append((layout(sound[at]), parts.faulty))
    assert n_faults == 12
    assert Placement.objects.count() == 288
    for at, (_whole, faulty) in enumerate(sources):
        assert write(read("更正.xlsx", corrected(faulty, sound[at]))) == len(FAULTS[at])
    assert Placement.objects.count() == Person.objects.count() == 300
    for (file, content), _faulty in sources:
        plan = read(file, content)
        assert (len(plan.lines), plan.to_write, plan.refused) == (N, [], [])


def corrected(workbook: bytes, sound: People) -> bytes:
    """The correction workbook with every cell as it should be: rows are found by their telephone number."""
    book = load_workbook(io.BytesIO(workbook))
    sheet = book.active
    head = [cell.value for cell in sheet[1]]
    phone = next(at for at, title in enumerate(head) if title in {"联系电话", "手机号码", "电话"})
    meant = {
        "name": ("姓名", "干部姓名"),
        "home": ("派出单位", "原单位"),
        "host": ("接收单位", "挂职单位"),
        "title": ("挂任职务", "担任职务"),
        "programme": ("挂职项目", "挂职类别"),
        "start": ("挂职开始", "起", "开始时间"),
        "end": ("挂职结束", "止", "结束时间"),
    }
    for row in sheet.iter_rows(min_row=2):
        (one,) = (one for one in sound if one["phone"] == row[phone].value)
        for key, titles in meant.items():
            for at, title in enumerate(head):
                if title in titles:
                    row[at].value = one[key]
                if title == "挂职期限":
                    row[at].value = f"{one['start']}—{one['end']}"
    return saved(book)
