"""Whatever a file does to its reader, the process that asked goes on and says what to do."""

import dataclasses
import io
import json
import resource
import subprocess
import sys
import zipfile

import pytest
from tests.files import sandbox_readers as readers
from tests.files.test_named_cells import book, parts, rewritten

from secondment.files.faults import Fault, in_english
from secondment.files.headers import Headers
from secondment.files.named_cells import Form, FormError
from secondment.files.problems import BadInputError, Problem
from secondment.files.reading import examine_table
from secondment.files.sandbox.child import answer, impose
from secondment.files.sandbox.forms import FormNames, fill_form_apart, form_names_apart
from secondment.files.sandbox.limits import LIST, MEGABYTE
from secondment.files.sandbox.reading import read_apart
from secondment.files.sandbox.tables import examine_table_apart, table_lines

WRONG = Problem("a.csv", 0, "", in_english("is wrong", "mend it"))
TOO_COSTLY, BROKEN = Fault("too_costly"), Fault("reader_stopped")
SMALL = dataclasses.replace(LIST, cpu_seconds=1, answer_bytes=MEGABYTE)
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/%s" Target="%s"/></Relationships>'
)
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'


def workbook(cells: str) -> bytes:
    """An .xlsx with these rows, as XML."""
    book = (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{OFFICE}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        archive.writestr("_rels/.rels", RELATIONS % ("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS % ("worksheet", "worksheets/sheet1.xml"))
        archive.writestr("xl/worksheets/sheet1.xml", SHEET % cells)
    return content.getvalue()


def row(*cells: tuple[str, str]) -> str:
    texts = (f'<c r="{at}" t="inlineStr"><is><t>{text}</t></is></c>' for at, text in cells)
    return f"<row>{''.join(texts)}</row>"


def refused(reader, limits=SMALL, content: bytes = b"") -> list[Problem]:
    with pytest.raises(BadInputError) as error:
        list(read_apart(reader, content, file="甲.xlsx", limits=limits))
    return error.value.problems


def test_what_a_reader_yields_arrives() -> None:
    items = list(read_apart(readers.echo, "内容".encode(), file="甲.csv", limits=SMALL, times=3))
    assert items == [["甲.csv", "内容"]] * 3


def test_what_people_named_may_be_longer_than_an_argument_of_a_process() -> None:
    assert list(read_apart(readers.echo, b"x", file="长" * 50_000, limits=SMALL, times=1)) == [
        ["长" * 50_000, "x"]
    ]


@pytest.mark.parametrize(
    ("reader", "found"),
    [
        (readers.endless, TOO_COSTLY),
        (readers.greedy, TOO_COSTLY),
        (readers.talkative, TOO_COSTLY),
        (readers.aborting, TOO_COSTLY),
        (readers.dying, BROKEN),
        (readers.failing, BROKEN),
        (readers.shouting, BROKEN),
    ],
)
def test_a_reader_that_is_stopped_or_breaks_refuses_the_file_by_name(reader, found: Fault) -> None:
    assert refused(reader) == [Problem("甲.xlsx", 0, "", found)]


def test_waiting_ends_with_the_time_on_the_clock() -> None:
    assert refused(readers.patient, dataclasses.replace(SMALL, wall_seconds=1))[0].fault == TOO_COSTLY


def test_a_content_that_nobody_takes_is_no_error_of_ours() -> None:
    """The reader is gone before it has read: more than a pipe holds was on its way."""
    limits = dataclasses.replace(SMALL, memory_bytes=300 * MEGABYTE)
    assert refused(readers.echo, limits, b"x" * 400 * MEGABYTE)[0].fault in (TOO_COSTLY, BROKEN)


def test_the_problems_of_a_reader_are_handed_on() -> None:
    assert refused(readers.refusing) == [dataclasses.replace(WRONG, file="甲.xlsx")]


def test_a_reader_reaches_neither_disk_nor_network_nor_processes(tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    target = tmp_path / "written"
    (environment, *open_ways) = read_apart(readers.reaching_out, str(target).encode(), file="a", limits=SMALL)
    assert set(environment) <= {"LC_CTYPE"}
    # The superuser may start processes whatever the limit says; nothing else is left open.
    assert set(open_ways) <= {"start"}
    assert not target.exists()


def test_an_answer_that_is_not_taken_to_its_end_leaves_no_process() -> None:
    items = read_apart(readers.talkative, b"", file="a", limits=SMALL)
    assert next(items) == "x" * 10_000
    items.close()


@pytest.mark.parametrize(
    "content",
    [
        workbook(row(("A1", "姓名")) + row(("XFD1048576", "x"))),
        workbook(row(("A1", "姓名")) + f"<row>{'<c><v>1</v></c>' * 1_000}</row>" * 20_000),
    ],
    ids=["two cells in the far corners", "a sheet of 300 MB packed into one"],
)
def test_a_workbook_that_unpacks_without_measure_is_refused(content: bytes) -> None:
    assert len(content) < 5 * MEGABYTE
    limits = dataclasses.replace(LIST, memory_bytes=400 * MEGABYTE)
    with pytest.raises(BadInputError) as error:
        examine_table_apart(content, file="名册.xlsx", limits=limits)
    assert error.value.problems == [Problem("名册.xlsx", 0, "", TOO_COSTLY)]


def test_elements_inside_each_other_without_end_do_no_harm() -> None:
    deep = workbook("<row>" * 300_000 + "</row>" * 300_000)
    with pytest.raises(BadInputError):
        examine_table_apart(deep, file="名册.xlsx")


def test_a_table_read_apart_is_the_table() -> None:
    headers = Headers(("姓名", "单位", "性别"), ("序号",))
    for file, content in (
        (
            "a.xlsx",
            workbook(row(("A1", "姓名"), ("B1", "电话"), ("C1", "单位")) + row(("A2", "甲"), ("B2", "1"))),
        ),
        ("a.csv", "名册\n姓名,序号,单位,性别\n甲,1,\ue000,男\n\n丙,2,戊,女\n".encode("gb18030")),
    ):
        expected = examine_table(content, file=file, headers=headers)
        assert examine_table_apart(content, file=file, headers=headers) == expected
        assert expected.questions or [len(one.faults) for one in expected.rows] == [1, 0]


def test_limits_hold_in_the_process_that_takes_them() -> None:
    """In a process of its own, because limits cannot be given back."""
    script = (
        "import resource; from secondment.files.sandbox.child import impose; impose(10**9, 7); "
        "print(resource.getrlimit(resource.RLIMIT_AS)[0], resource.getrlimit(resource.RLIMIT_CPU)[1], "
        "resource.getrlimit(resource.RLIMIT_FSIZE)[0], resource.getrlimit(resource.RLIMIT_NOFILE)[0])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)  # noqa: S603 -- our own
    assert done.stdout.split() == [b"1000000000", b"7", b"0", b"0"]
    assert impose.__doc__
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[1] != 0


def test_answers_are_lines_of_json() -> None:
    def said(reader, content: bytes = b"", **arguments: object) -> list[bytes]:
        out = io.BytesIO()
        answer(reader, content, {"file": "a.csv", **arguments}, out)
        return out.getvalue().splitlines()

    lines = said(table_lines, "姓名\n甲".encode(), required=["姓名"], most_rows=5)
    assert [json.loads(line) for line in lines] == [
        {
            "item": {
                "columns": ["姓名"],
                "header_line": 1,
                "notes": [],
                "questions": {"sheets": [], "columns": []},
            }
        },
        {"item": [2, ["甲"]]},
        {"end": True},
    ]
    assert said(readers.refusing)[1:] == [
        json.dumps({"problems": [WRONG.as_json()]}, separators=(",", ":")).encode()
    ]
    assert said(_out_of_memory) == [b'{"memory":true}']


def _out_of_memory(content: bytes, file: str):
    raise MemoryError
    yield


class TestForms:
    def test_a_form_is_looked_at_and_filled_as_by_its_reader(self) -> None:
        content = book({"n": "表一!$B$2", "sum": "表一!$D$9", "gone": "#REF!"})
        assert form_names_apart(content) == FormNames(("n", "sum"), ("gone",), ("sum",))
        assert parts(fill_form_apart(content, {"n": 12})) == parts(Form(content).filled({"n": 12}))

    def test_what_is_no_form_says_why(self) -> None:
        macros = rewritten(book(), {"xl/vbaProject.bin": b"x"})
        for content, code in ((b"text", "not a workbook"), (macros, "macros")):
            with pytest.raises(FormError) as error:
                form_names_apart(content)
            assert error.value.code == code

    def test_one_that_unpacks_to_more_than_it_may_costs_only_itself(self) -> None:
        rows = b"".join(b'<row r="%d">' % at + b"<c/>" * 500 + b"</row>" for at in range(1, 2_000))
        sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'
        content = rewritten(book(), {"xl/worksheets/sheet1.xml": sheet % rows})
        limits = dataclasses.replace(LIST, memory_bytes=300 * MEGABYTE)
        with pytest.raises(FormError) as error:
            form_names_apart(content, limits=limits)
        assert error.value.code == "too costly"
