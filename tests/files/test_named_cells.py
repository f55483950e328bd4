"""Cells are filled by their names; every other part of the workbook is the same bytes as before."""

import io
import zipfile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image as Pictures

from secondment.files import named_cells
from secondment.files.named_cells import Form, FormError

SHEET = "xl/worksheets/sheet1.xml"


def book(
    names: dict[str, str] | None = None, cells: dict[str, object] | None = None, *, title: str = "表一"
) -> bytes:
    """A form with a title, a style, a picture and a sum; the names lead where they say."""
    made = Workbook()
    sheet = made.active
    sheet.title = title
    sheet["A1"] = "挂职情况"
    sheet["A1"].font = Font(bold=True)
    sheet["B2"].font = Font(italic=True)
    sheet["B2"] = "填数"
    sheet["D9"] = "=B2+1"
    for place, value in (cells or {}).items():
        sheet[place] = value
    picture = io.BytesIO()
    Pictures.new("RGB", (3, 3)).save(picture, "PNG")
    sheet.add_image(Image(picture), "F1")
    for name, refers_to in (names or {"n": "表一!$B$2"}).items():
        made.defined_names[name] = DefinedName(name, attr_text=refers_to)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(content: bytes, changes: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, found in {**parts(content), **changes}.items():
            archive.writestr(name, found)
    return out.getvalue()


def test_a_number_takes_the_place_of_the_text_in_its_style() -> None:
    filled = load_workbook(io.BytesIO(Form(book()).filled({"n": 12})))
    sheet = filled["表一"]
    assert (sheet["B2"].value, sheet["B2"].font.italic) == (12, True)
    assert (sheet["A1"].value, sheet["A1"].font.bold, sheet["D9"].value) == ("挂职情况", True, "=B2+1")


def test_every_other_part_is_the_same_bytes() -> None:
    before = book()
    after = parts(Form(before).filled({"n": 12}))
    same = {name for name, content in parts(before).items() if after[name] == content}
    assert set(after) - same == {SHEET, "xl/workbook.xml"}
    assert any("media" in name for name in same)


def test_sums_are_computed_when_it_is_opened() -> None:
    assert b'fullCalcOnLoad="1"' in parts(Form(book()).filled({"n": 1}))["xl/workbook.xml"]
    content = book()
    plain = parts(content)["xl/workbook.xml"]
    start = plain.index(b"<calcPr")
    without = plain[:start] + plain[plain.index(b"/>", start) + 2 :]
    filled = Form(rewritten(content, {"xl/workbook.xml": without})).filled({"n": 1})
    assert parts(filled)["xl/workbook.xml"].count(b"<calcPr fullCalcOnLoad") == 1
    assert load_workbook(io.BytesIO(filled))["表一"]["B2"].value == 1


@pytest.mark.parametrize("place", ["A2", "C2", "AA2", "A1", "Z1", "B7", "A4", "D12", "B10"])
def test_a_cell_the_file_leaves_out_is_made_at_its_place(place: str) -> None:
    column, row = place.rstrip("0123456789"), place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    filled = Form(book({"n": f"表一!${column}${row}"})).filled({"n": 7})
    sheet = load_workbook(io.BytesIO(filled))["表一"]
    assert sheet[place].value == 7
    assert sheet["D9"].value == "=B2+1"
    xml = parts(filled)[SHEET].decode()
    rows = [int(one.split('"')[0]) for one in xml.split('<row r="')[1:]]
    assert rows == sorted(rows)


def test_names_of_sheets_with_signs_and_quotes_are_found() -> None:
    content = book({"n": "'一 表''s'!$B$2"}, title="一 表's")
    assert Form(content).cells["n"].reference == "B2"


@pytest.mark.parametrize(
    "refers_to", ["#REF!", "表一!$A$1:$B$2", "别处!$A$1", "[1]表一!$A$1", "表一!#REF!", "表一!$A$0", "5"]
)
def test_a_name_without_a_cell_is_broken(refers_to: str) -> None:
    form = Form(book({"n": refers_to}))
    assert (form.cells, form.broken) == ({}, ["n"])


@pytest.mark.parametrize("refers_to", ["表一!$F$2:$AB$3", "表一!$F$2", "表一!$G$3", "表一!$F$2:$G$2"])
def test_merged_cells_are_one_cell(refers_to: str) -> None:
    made = load_workbook(io.BytesIO(book({"n": refers_to})))
    made["表一"].merge_cells("A7:B7")
    made["表一"].merge_cells("F2:AB3")
    out = io.BytesIO()
    made.save(out)
    form = Form(out.getvalue())
    assert (form.cells["n"].reference, form.broken) == ("F2", [])
    assert load_workbook(io.BytesIO(form.filled({"n": 5})))["表一"]["F2"].value == 5


@pytest.mark.parametrize("refers_to", ["表一!$E$2:$AB$3", "表一!$F$2:$AC$3", "表一!$F$1:$G$2"])
def test_more_than_the_merged_cells_is_no_cell(refers_to: str) -> None:
    made = load_workbook(io.BytesIO(book({"n": refers_to})))
    made["表一"].merge_cells("F2:AB3")
    out = io.BytesIO()
    made.save(out)
    assert Form(out.getvalue()).broken == ["n"]


def test_a_sheet_of_one_chart_has_no_cells() -> None:
    made = load_workbook(io.BytesIO(book({"n": "图!$A$1"})))
    made.create_chartsheet("图")
    out = io.BytesIO()
    made.save(out)
    form = Form(out.getvalue())
    assert (form.cells, form.broken) == ({}, ["n"])


def test_a_damaged_archive_is_no_workbook() -> None:
    content = bytearray(book())
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        at = archive.getinfo(SHEET).header_offset + 30 + len(SHEET)
    content[at : at + 20] = b"\xff" * 20
    with pytest.raises(FormError) as error:
        Form(bytes(content))
    assert error.value.code == "not a workbook"


def test_names_of_the_program_and_hidden_ones_are_nobodys() -> None:
    content = book({"n": "表一!$B$2", "hid": "表一!$B$3"})
    plain = parts(content)["xl/workbook.xml"].replace(b'name="hid"', b'name="hid" hidden="1"')
    plain = plain.replace(
        b"</definedNames>",
        '<definedName name="_xlnm.Print_Area">表一!$A$1</definedName></definedNames>'.encode(),
    )
    form = Form(rewritten(content, {"xl/workbook.xml": plain}))
    assert (list(form.cells), form.broken) == (["n"], [])


def test_cells_that_compute_are_named() -> None:
    assert Form(book({"sum": "表一!$D$9", "n": "表一!$B$2", "gone": "表一!$H$9"})).with_formulas() == ["sum"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not a workbook"),
        (b"\xd0\xcf\x11\xe0" * 100, "not a workbook"),
        (rewritten(book(), {"xl/workbook.xml": b"<"}), "not a workbook"),
        (rewritten(book(), {"xl/vbaProject.bin": b"x"}), "macros"),
        (rewritten(book(), {"xl/macrosheets/sheet1.xml": b"x"}), "macros"),
        (
            rewritten(
                book(), {"[Content_Types].xml": b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"}
            ),
            "macros",
        ),
        (
            rewritten(book(), {"xl/workbook.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "not a workbook",
        ),
    ],
)
def test_what_is_no_form_says_why(content: bytes, code: str) -> None:
    with pytest.raises(FormError) as refused:
        Form(content)
    assert refused.value.code == code


def test_too_large_packed_or_unpacked(monkeypatch) -> None:
    content = book()
    monkeypatch.setattr(named_cells, "MOST_BYTES", len(content))
    assert Form(content)
    monkeypatch.setattr(named_cells, "MOST_BYTES", len(content) - 1)
    with pytest.raises(FormError, match="too large"):
        Form(content)
    monkeypatch.undo()
    size = sum(len(part) for part in parts(content).values())
    monkeypatch.setattr(named_cells, "MOST_UNPACKED", size)
    assert Form(content)
    monkeypatch.setattr(named_cells, "MOST_UNPACKED", size - 1)
    with pytest.raises(FormError, match="too large"):
        Form(content)
