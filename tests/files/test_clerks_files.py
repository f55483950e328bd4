"""Files like those that clerks really have: what the one reader makes of each, on the web's road and in a shell."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet
from tests.files.test_sandbox import workbook

from secondment.files.headers import Headers, Layout
from secondment.files.problems import BadInputError, Problem
from secondment.files.reading import examine_table, parse_table
from secondment.files.sandbox.tables import examine_table_apart
from secondment.files.table import Table

FILES = Path(__file__).parents[1] / "data" / "clerks"
HEADERS = Headers(
    (
        *("姓名", "性别", "出生年月", "身份证号", "身份证号码", "所在单位", "参加工作时间", "现任职务"),
        *("职务层次", "健康状况", "简历", "全日制教育学历", "全日制教育学位"),
    ),
    ("序号", "备注"),
)
BORN = ("姓名", "性别", "出生年月")
WITH_NUMBER = (*BORN, "身份证号")
ONE = (("戊一", "男", "1985.06", "990000198506121113"),)
DING = (("丁一", "男", "1985.06"),)
LOST = "was kept as a number and has lost its last digits"
NO_VALUE = "holds a formula without a stored value"
Read = Callable[..., Table]


@pytest.fixture(params=[examine_table, examine_table_apart], ids=["shell", "web"])
def read(request: pytest.FixtureRequest) -> Read:
    def of(content: bytes, file: str, layout: Layout | None = None) -> Table:
        table: Table = request.param(content, file=file, headers=HEADERS, layout=layout)
        return table

    return of


def texts(table: Table) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(row[name] for name in table.columns) for row in table.rows)


def told(problems: list[Problem] | tuple[Problem, ...]) -> list[tuple[int, str]]:
    return [(one.line, one.found) for one in problems]


SOUND: list[tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...], list[tuple[int, str]]]] = [
    ("a03_header_wrapped.xlsx", (*BORN, "身份证号码"), ((*DING[0], "990000198506121113"),), []),
    ("a03b_header_agesuffix.xlsx", WITH_NUMBER, ((*DING[0], "990000198506121113"),), []),
    (
        "a04_title_row.xlsx",
        BORN,
        DING,
        [(1, "is no row of the table and was not read: 某市2026年挂职干部名册")],
    ),
    (
        "a04b_title_two.xlsx",
        BORN,
        DING,
        [
            (1, "is no row of the table and was not read: 某市2026年挂职干部名册"),
            (2, "is no row of the table and was not read: 填报单位：某局 填报时间：2026.11"),
            (5, "is no row of the table and was not read: 填表人：某某"),
        ],
    ),
    (
        "a06_merged_unit.xlsx",
        ("所在单位", *BORN),
        tuple(
            ("市财政局", *one)
            for one in (("丁一", "男", "1985.06"), ("丁二", "男", "1986.06"), ("丁三", "女", "1987.06"))
        ),
        [(0, "merged cells were read in every row and column they cover: A2:A4")],
    ),
    ("a07_empty_first_sheet.xlsx", BORN, DING, []),
    (
        "a08_hidden_row.xlsx",
        BORN,
        (*DING, ("丁二", "男", "1985.07")),
        [(0, "hidden rows were read too: 3")],
    ),
    ("a11_gbk.csv", WITH_NUMBER, ONE, []),
    ("a11b_utf16le_bom.csv", WITH_NUMBER, ONE, []),
    ("a11c_utf16_tab.txt", WITH_NUMBER, ONE, [(0, "was read with tabs between its cells")]),
    ("a11e_semicolon.csv", WITH_NUMBER, ONE, [(0, "was read with semicolons between its cells")]),
    ("a11f_tab.csv", WITH_NUMBER, ONE, [(0, "was read with tabs between its cells")]),
    ("a11g_sep_line.csv", WITH_NUMBER, ONE, []),
    ("a11j_nul.csv", WITH_NUMBER, ONE, [(0, "ended in 2 NUL characters, which were left out")]),
    ("a11k_trailing_commas.csv", BORN, (("戊一", "男", "1985.06"),), []),
    (
        "a11l_quote_newline.csv",
        (*BORN, "简历"),
        (("戊一", "男", "1985.06", "2008.07--2014.05  县农业局科员\n2014.05--  县农业局副局长"),),
        [],
    ),
    (
        "a13_fullwidth_id.xlsx",
        WITH_NUMBER,
        (
            ("己一", "男", "１９８５．０６", "９９００００１９８５０６１２１１１３"),
            ("己二", "男", "1987.03", "’990000198703011212"),
            ("己三", "女", "1988.08", "990000198808081321\u200b"),
            ("己四", "男", "1985.06", "990000 19850612 1113"),
        ),
        [],
    ),
    ("a11m_xlsx_renamed.csv", BORN, DING, [(0, "is a workbook and no text, and was read as a workbook")]),
    ("a11o_csv_renamed.xlsx", WITH_NUMBER, ONE, [(0, "is text and no workbook, and was read as text")]),
]


@pytest.mark.parametrize(("name", "columns", "rows", "notes"), SOUND, ids=[one[0] for one in SOUND])
def test_clear_files_are_read_whole(
    read: Read,
    name: str,
    columns: tuple[str, ...],
    rows: tuple[tuple[str, ...], ...],
    notes: list[tuple[int, str]],
) -> None:
    table = read((FILES / name).read_bytes(), name)
    assert (table.columns, texts(table), told(table.notes)) == (columns, rows, notes)
    assert not table.questions
    assert not any(row.faults for row in table.rows)


@pytest.mark.parametrize("total", ["合计", "总  计", "共计"])
def test_a_total_at_the_foot_is_no_row(read: Read, total: str) -> None:
    book = openpyxl.Workbook()
    for row in (("序号", *BORN), (1, *DING[0]), (total, "", "1人", ""), ("注：略",)):
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    table = read(made.getvalue(), "名册.xlsx")
    assert texts(table) == DING
    assert told(table.notes)[:2] == [
        (3, f"is no row of the table and was not read: {total} 1人"),
        (4, "is no row of the table and was not read: 注：略"),
    ]


def test_a_total_in_the_middle_stays_a_row(read: Read) -> None:
    text = "序号,姓名,性别,出生年月\n合计,,1人,\n2,丁一,男,1985.06\n"
    assert len(texts(read(text.encode(), "名册.csv"))) == 2


FAULTY: list[tuple[str, list[tuple[int, str, str]]]] = [
    (
        "a01_id_number.xlsx",
        [
            (2, "身份证号", f"“9.90000E+17” {LOST}"),
            (3, "身份证号", f"“9.90000E+17” {LOST}"),
            (4, "身份证号", f"“1.10101E+17” {LOST}"),
        ],
    ),
    ("a09_formula_nocache.xlsx", [(2, "性别", NO_VALUE), (2, "出生年月", NO_VALUE)]),
    (
        "a09c_optional_na.xlsx",
        [(2, "职务层次", "holds the error #N/A"), (2, "健康状况", "holds the error #DIV/0!")],
    ),
    ("a16_gbk_pua.csv", [(2, "姓名", "the character at place 2 (U+E81E) is private or damaged")]),
    ("legacy.xls", [(2, "职务层次", "holds the error #N/A")]),
]


@pytest.mark.parametrize(("name", "faults"), FAULTY, ids=[one[0] for one in FAULTY])
def test_faulty_cells_are_named_and_never_blank(
    read: Read, name: str, faults: list[tuple[int, str, str]]
) -> None:
    table = read((FILES / name).read_bytes(), name)
    found = [one for row in table.rows for one in row.faults]
    assert [(one.line, one.column, one.found) for one in found] == faults
    assert all(one.remedy for one in found)
    with pytest.raises(BadInputError) as error:
        parse_table((FILES / name).read_bytes(), file=name, headers=HEADERS)
    assert error.value.problems == found


@pytest.mark.parametrize("name", ["a11n_html_xls.xls", "a11p_html_renamed.xlsx"])
def test_a_web_page_is_refused_with_the_way_to_convert_it(read: Read, name: str) -> None:
    with pytest.raises(BadInputError) as error:
        read((FILES / name).read_bytes(), name)
    assert str(error.value) == (
        f"{name}: is a web page or XML and no workbook; open it in Excel or WPS and save it as .xlsx"
    )


def test_of_two_sheets_that_fit_a_person_chooses(read: Read) -> None:
    content = (FILES / "a07c_two_sheets.xlsx").read_bytes()
    table = read(content, "a.xlsx")
    assert (table.questions.sheets, table.rows) == ((("Sheet1", 2), ("正职", 2)), ())
    chosen = read(content, "a.xlsx", Layout(sheet="正职"))
    assert texts(chosen) == (("丁五", "男", "1985.06"),)
    assert told(chosen.notes) == [
        (0, "the sheet “正职” was read"),
        (0, "the sheet “Sheet1” was not read (2 filled rows)"),
    ]
    with pytest.raises(BadInputError, match=r"to choose from, .* Sheet1 \(2\)、正职 \(2\)"):
        parse_table(content, file="a.xlsx", headers=HEADERS)
    with pytest.raises(BadInputError, match="has no filled sheet “副职”; sheets found: Sheet1、正职"):
        read(content, "a.xlsx", Layout(sheet="副职"))


def test_an_unknown_column_is_asked_about_mapped_or_left_out_by_choice(read: Read) -> None:
    content = (FILES / "a03c_phone_column.xlsx").read_bytes()
    asked = read(content, "a.xlsx")
    assert asked.questions.columns == (("联系电话", ("13900000000",)),)
    assert told(asked.notes) == [(1, "columns that are not needed were left out: 序号")]
    left_out = read(content, "a.xlsx", Layout(columns={"联系电话": ""}))
    assert not left_out.questions
    assert told(left_out.notes)[1:] == [(1, "columns were left out by choice: 联系电话")]
    mapped = read(content, "a.xlsx", Layout(columns={"联系 电话": "健康状况"}))
    assert mapped.rows[0]["健康状况"] == "13900000000"
    assert told(mapped.notes)[1:] == [(1, "“联系电话” was read as “健康状况”")]
    with pytest.raises(BadInputError, match="“电话” is no field that is read here"):
        read(content, "a.xlsx", Layout(columns={"联系电话": "电话"}))
    with pytest.raises(BadInputError, match="column 姓名: the column stands twice"):
        read(content, "a.xlsx", Layout(columns={"联系电话": "姓名"}))


@pytest.mark.parametrize("name", ["legacy.xls", "legacy_1904.xls"])
def test_an_old_workbook_is_seen_whole(read: Read, name: str) -> None:
    table = read((FILES / name).read_bytes(), name)
    assert texts(table) == (
        ("庚一", "市财政局", "男", "1985-06-12", "#N/A", "健康"),
        ("庚二", "市财政局", "女", "1986.07", "", ""),
    )
    assert told(table.notes) == [
        (0, "the sheet “名册” was read"),
        (0, "the sheet “说明” was not read (1 filled rows)"),
        (0, "merged cells were read in every row and column they cover: B2:B3"),
        (0, "hidden rows were read too: 3"),
        (0, "hidden columns were read too: F"),
    ]


def made(fill: Callable[[Worksheet], Any], *, epoch: Any = None) -> bytes:
    book = openpyxl.Workbook()
    if epoch:
        book.epoch = epoch
    fill(book.active)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def repacked(content: bytes, part: str, old: str, new: str) -> bytes:
    """The same workbook with a text of one part replaced."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(again, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            target.writestr(name, text)
    return again.getvalue()


NAMES_ONLY = "<c t='inlineStr'><is><t>姓名</t></is></c><c t='inlineStr'><is><t>性别</t></is></c>"
PERSON = "<c t='inlineStr'><is><t>甲</t></is></c>"


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("<c t='e'><v>#REF!</v></c>", "holds the error #REF!"),
        ("<c t='e'/>", "holds the error #N/A"),
        ("<c><f>A1</f></c>", NO_VALUE),
        ("<c>\n<f>A1</f>\n<v>\n</v>\n</c>", NO_VALUE),
        ("<c><f t='shared' si='0'/><v/></c>", NO_VALUE),
        ("<c t='str'><f>A1</f></c>", NO_VALUE),
        ("<c t='str'><f>A1</f><v></v></c>", None),
        ("<c t='str'><f>A1</f><v>男</v></c>", None),
        ("<c><f>1+1</f><v>2</v></c>", None),
    ],
)
def test_a_formula_without_a_value_is_told_from_one_that_says_nothing(
    read: Read, cell: str, found: str | None
) -> None:
    content = workbook(f"<row>{NAMES_ONLY}</row><row hidden='true'>{PERSON}{cell}</row>")
    (row,) = read(content, "a.xlsx").rows
    assert [one.found for one in row.faults] == ([found] if found else [])
    assert told(read(content, "a.xlsx").notes) == [(0, "hidden rows were read too: 2")]


def test_facts_are_found_whatever_prefix_the_parts_use(read: Read) -> None:
    """Some programs write every element with a prefix, and the workbook outside its usual place is found too."""
    content = workbook(f"<row>{NAMES_ONLY}</row><row>{PERSON}<c t='e'><v>#N/A</v></c></row>")
    sheet = "xl/worksheets/sheet1.xml"
    for tag in ("worksheet", "sheetData", "row", "c", "is", "t", "v"):
        for start in ("<", "</"):
            for end in (" ", ">"):
                if f"{start}{tag}{end}".encode() in zipfile.ZipFile(io.BytesIO(content)).read(sheet):
                    content = repacked(content, sheet, f"{start}{tag}{end}", f"{start}x:{tag}{end}")
    content = repacked(content, sheet, "xmlns=", "xmlns:x=")
    assert [one.found for one in read(content, "a.xlsx").rows[0].faults] == ["holds the error #N/A"]


def test_a_document_type_and_a_row_beyond_all_rows_are_refused(read: Read) -> None:
    sheet = "xl/worksheets/sheet1.xml"
    sound = workbook(f"<row>{NAMES_ONLY}</row><row>{PERSON}<c t='e'><v>#N/A</v></c></row>")
    for broken in (
        repacked(sound, sheet, "<worksheet", "<!DOCTYPE x><worksheet"),
        repacked(sound, sheet, "<c t='e'>", "<c r='B1048577' t='e'>"),
    ):
        with pytest.raises(BadInputError):
            read(broken, "a.xlsx")


def test_hidden_columns_are_read_with_a_note(read: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["姓名", "性别"])
        sheet.append(["甲", "男"])
        sheet.column_dimensions["B"].hidden = True

    table = read(made(fill), "a.xlsx")
    assert (texts(table), told(table.notes)) == (
        (("甲", "男"),),
        [(0, "hidden columns were read too: B")],
    )


def test_a_text_that_a_merged_cell_hides_is_named(read: Read) -> None:
    cells = "<c t='inlineStr'><is><t>甲</t></is></c><c t='inlineStr'><is><t>{}</t></is></c>"
    content = workbook(
        f"<row>{NAMES_ONLY}</row><row>{cells.format('男')}</row><row>{cells.format('女')}</row>"
    )
    merged = "</sheetData><mergeCells><mergeCell ref='B2:B3'/></mergeCells>"
    table = read(repacked(content, "xl/worksheets/sheet1.xml", "</sheetData>", merged), "a.xlsx")
    assert [told(row.faults) for row in table.rows] == [
        [],
        [(3, "holds “女” below merged cells that show “男”")],
    ]


def test_merged_cells_that_overlap_cost_nothing_and_are_refused(read: Read) -> None:
    rows = "".join("<row>" + "<c><v>1</v></c>" * 100 + "</row>" for _ in range(1_000))
    merged = "<mergeCells>" + '<mergeCell ref="A1:CV1000"/>' * 20_000 + "</mergeCells>"
    content = repacked(
        workbook(f"<row>{NAMES_ONLY}</row>{rows}"),
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        f"</sheetData>{merged}",
    )
    with pytest.raises(BadInputError, match="has merged cells that overlap"):
        read(content, "a.xlsx")


def test_an_old_workbook_that_is_cut_off_is_refused(read: Read) -> None:
    content = (FILES / "legacy.xls").read_bytes()
    for size in (100, 600, 2_000):
        with pytest.raises(BadInputError, match="is not an Excel workbook"):
            read(content[:size], "a.xls")


def test_days_counted_from_1904_are_converted_and_bare_numbers_refused(read: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["姓名", "出生年月", "序号"])
        sheet.append(["甲", date(1985, 6, 12), 12345])
        sheet.append(["乙", 29747])

    content = made(fill, epoch=CALENDAR_MAC_1904)
    table = read(content, "a.xlsx")
    assert table.rows[0]["出生年月"] == "1985-06-12"
    found = "is a plain number in a workbook that counts its days from 1904"
    assert [told(row.faults) for row in table.rows] == [[], [(3, found)]]


def test_a_header_of_two_lines_is_joined_below_a_title(read: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["某县干部名册"])
        sheet.append(["姓名", "性别", "全日制教育", None, "电话"])
        sheet.append([None, None, "学历", "学位", None])
        sheet.append(["甲", "男", "大学", "学士", "1"])
        for merged in ("A1:E1", "A2:A3", "B2:B3", "C2:D2", "E2:E3"):
            sheet.merge_cells(merged)

    table = read(made(fill), "a.xlsx")
    assert table.columns == ("姓名", "性别", "全日制教育学历", "全日制教育学位")
    assert texts(table) == (("甲", "男", "大学", "学士"),)
    assert table.questions.columns == (("电话", ("1",)),)
    assert told(table.notes) == [
        (1, "is no row of the table and was not read: 某县干部名册"),
        (2, "rows 2 and 3 together hold the column names"),
    ]
    csv = "姓名,性别,全日制教育,\n,,学历,学位\n甲,男,大学,学士\n"
    assert read(csv.encode(), "a.csv").columns == table.columns


def test_a_line_across_the_table_and_a_nameless_column_are_named(read: Read) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["姓名", "性别", None])
        sheet.append(["一、市直单位"])
        sheet.append(["甲", "男", "看这里"])
        sheet.merge_cells("A2:C2")

    table = read(made(fill), "a.xlsx")
    assert texts(table) == (("甲", "男"),)
    assert table.questions.columns == (("（C列）", ("看这里",)),)
    assert told(table.notes) == [(2, "is no row of the table and was not read: 一、市直单位")]
    with pytest.raises(BadInputError, match="column （B列）: has texts but no name"):
        parse_table(b"a,,c\n1,2,3\n", file="a.csv")


def test_the_header_itself_wins_over_the_same_word_with_a_bracket(read: Read) -> None:
    with pytest.raises(BadInputError, match="column 姓名: the column stands twice"):
        read("姓名（配偶）,姓名*\n乙,甲\n".encode(), "a.csv")
    table = read("姓名（配偶）,姓名,性别：\n乙,甲,男\n".encode(), "a.csv")
    assert (table.columns, texts(table)) == (("姓名", "性别"), (("甲", "男"),))
    assert table.questions.columns == (("姓名（配偶）", ("乙",)),)


@pytest.mark.parametrize(
    ("content", "file", "found"),
    [
        ("姓名,性别\n甲,男\n".encode("utf-16-le"), "a.csv", "seems to be UTF-16 without its mark"),
        (b"\xff\xfe\x00", "a.csv", "is neither UTF-8 nor GB18030 text"),
        (b"\x81", "a.xlsx", "is not an Excel workbook"),
        (b"no table", "a.xls", "is not an Excel workbook"),
        (b"PK\x03\x04 broken", "a.csv", "is not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0 broken", "a.xls", "is not an Excel workbook"),
        (b"\0\0", "a.csv", "is empty"),
        (b"x", "a.pdf", "files ending in .pdf are not read"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(read: Read, content: bytes, file: str, found: str) -> None:
    with pytest.raises(BadInputError) as error:
        read(content, file)
    assert [one.found for one in error.value.problems] == [found]


def test_a_nul_inside_a_cell_is_refused_with_its_place(read: Read) -> None:
    (row,) = read("姓名,性别\n甲\0乙,男\n".encode(), "a.csv").rows
    assert told(row.faults) == [(2, "the character at place 2 (U+0000) is private or damaged")]


def test_a_nul_leaves_the_reader_in_no_name_and_no_note(read: Read) -> None:
    """No database keeps one: what is remembered of a file must be free of it."""
    table = read("名\0册,\n姓名,性\0质\n甲,男\n".encode(), "a.csv")
    assert [name for name, _texts in table.questions.columns] == ["性\ufffd质"]
    assert "\0" not in "".join(note.found for note in table.notes)


@pytest.mark.parametrize(("n", "is_refused"), [(199, False), (200, False), (201, True)])
def test_the_name_of_a_column_has_an_end(read: Read, n: int, is_refused: bool) -> None:
    content = f"姓名,性别,{'长' * n}\n甲,男,x\n".encode()
    if not is_refused:
        assert [len(name) for name, _texts in read(content, "a.csv").questions.columns] == [n]
        return
    with pytest.raises(BadInputError) as error:
        read(content, "a.csv")
    assert [one.found for one in error.value.problems] == ["has a column name of more than 200 characters"]


def test_rows_count_as_a_spreadsheet_shows_them(read: Read) -> None:
    csv = 'sep=;\n姓名;简历\n\n甲;"一\n二"\n\n乙;\n'
    assert [row.line for row in read(csv.encode(), "a.csv").rows] == [3, 5]


CELLS = st.sampled_from(["", "", "甲", "乙", "1", "1.5E+17", "合计：2", "=1/0"])
NAMES = st.sampled_from(["姓名", "性别", "出生年月（岁）", "电话", "序号", ""])


@settings(max_examples=60)
@given(
    title=st.lists(st.sampled_from(["某县名册", "填报：某局"]), max_size=2),
    names=st.lists(NAMES, min_size=3, max_size=6),
    body=st.lists(st.lists(CELLS, min_size=3, max_size=6), min_size=1, max_size=5),
    merged=st.lists(st.tuples(*[st.tuples(st.integers(1, 6), st.integers(1, 6))] * 2), max_size=1),
    hidden=st.integers(1, 8),
    further=st.booleans(),
)
def test_every_filled_cell_is_in_the_table_or_named(
    title: list[str],
    names: list[str],
    body: list[list[str]],
    merged: list[tuple[tuple[int, int], tuple[int, int]]],
    hidden: int,
    further: bool,
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for cells in ([[one] for one in title], [names], body):
        for line in cells:
            sheet.append([text or None for text in line])
    for rows, columns in merged:
        (top, bottom), (left, right) = sorted(rows), sorted(columns)
        if (top, left) != (bottom, right):
            sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
    sheet.row_dimensions[hidden].hidden = True
    if further:
        book.create_sheet("另一张").append(["丙"])
    filled = {
        (cell.row, cell.column): str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value
    }
    content = io.BytesIO()
    book.save(content)
    spread = {
        place: filled.get((one.min_row, one.min_col), "")
        for one in sheet.merged_cells.ranges
        for place in one.cells
    }
    try:
        table = examine_table(content.getvalue(), file="a.xlsx", headers=HEADERS)
    except BadInputError as error:
        assert all(one.found and one.remedy for one in error.problems)  # noqa: PT017 -- either may happen
        return
    for (line, column), text in filled.items():
        header = spread.get((table.header_line, column)) or filled.get((table.header_line, column), "")
        assert is_kept_or_named(table, line, column, text, header), (line, column, text)
    if further and filled and not table.questions.sheets:
        assert any("另一张" in note.found for note in table.notes)


def is_kept_or_named(table: Table, line: int, column: int, text: str, header: str) -> bool:
    """Whether a cell is in its row or its row of title is told, or its column or sheet is asked about."""
    notes = " ".join(note.found for note in table.notes)
    row = next((row for row in table.rows if row.line == line), None)
    asked = [name for name, _ in table.questions.columns]
    return bool(
        table.questions.sheets
        or (row and text in row.cells.values())
        or text in notes
        or f"（{chr(64 + column)}列）" in "".join(asked)
        or (header and (header in asked or header in notes or line == table.header_line))
    )
