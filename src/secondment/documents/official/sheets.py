"""Tables of official documents: the roster of an annex and the imprint at the foot of the last page."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from secondment.documents.official.page import (
    BODY_FONT,
    FOUR,
    HEAD_FONT,
    hang_first,
    indent_sides,
    set_font,
)
from secondment.documents.official.words import chinese_date, printable

TYPE_AREA_MM = 156
ROSTER_POINTS = 12
ROSTER_LINE_POINTS = 18
# of a roster with many columns
SMALL_POINTS = 10.5
SMALL_LINE_POINTS = 15
MANY_COLUMNS = 7
CELL_MARGIN_MM = 1
THICK, THIN = 8, 6  # 0.35 mm and 0.25 mm, in eighths of a point


def add_roster(
    document: Any, labels: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float]
) -> Any:
    """A ruled table whose head repeats on every page and whose rows never break."""
    table = document.add_table(rows=0, cols=len(labels), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _set_cell_margins(table)
    for column, millimetres in zip(table.columns, widths, strict=True):
        column.width = Mm(millimetres)
    is_small = len(labels) >= MANY_COLUMNS
    _add_row(table, labels, widths, font=HEAD_FONT, is_head=True, is_small=is_small)
    for row in rows:
        _add_row(table, row, widths, font=BODY_FONT, is_head=False, is_small=is_small)
    return table


def add_imprint(document: Any, copies: str, printed_by: str, printed_on: dt.date) -> Any:
    """Copies above, printer and date below, between rules, at the foot of the last page."""
    table = document.add_table(rows=1 if not copies else 2, cols=2)
    table.autofit = False
    _place_at_foot(table)
    if copies:
        cell = table.rows[0].cells[0].merge(table.rows[0].cells[1])
        # further lines begin below the first name
        _fill_imprint(cell, f"抄送：{copies}。", left=4, right=1)
        hang_first(cell.paragraphs[0], 3, points=FOUR)
        _rule(table.rows[0], top=THICK, bottom=THIN)
    last = table.rows[-1]
    _fill_imprint(last.cells[0], printed_by, left=1)
    _fill_imprint(
        last.cells[1], f"{chinese_date(printed_on)}印发", right=1, alignment=WD_ALIGN_PARAGRAPH.RIGHT
    )
    _rule(last, top=None if copies else THICK, bottom=THICK)
    for row in table.rows:
        for cell in row.cells:
            cell.width = Mm(TYPE_AREA_MM / len(row.cells))
    _end_with_paragraph(document)
    return table


def _set_cell_margins(table: Any) -> None:
    """Narrow margins, so that a column of three digits or four characters stays narrow."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round(Mm(CELL_MARGIN_MM).pt * 20)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001 -- python-docx has no cell margins
    look.addprevious(margins)


def _add_row(
    table: Any,
    texts: Sequence[str],
    widths: Sequence[float],
    *,
    font: str,
    is_head: bool,
    is_small: bool,
) -> None:
    row = table.add_row()
    marks = ["w:cantSplit", "w:tblHeader"] if is_head else ["w:cantSplit"]
    for mark in marks:
        row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001 -- python-docx has no such property
    for cell, text, millimetres in zip(row.cells, texts, widths, strict=True):
        cell.width, cell.vertical_alignment = Mm(millimetres), WD_CELL_VERTICAL_ALIGNMENT.CENTER
        paragraph = cell.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.line_spacing = Pt(SMALL_LINE_POINTS if is_small else ROSTER_LINE_POINTS)
        set_font(paragraph.add_run(printable(text)), font, SMALL_POINTS if is_small else ROSTER_POINTS)


def _fill_imprint(
    cell: Any, text: str, *, left: int = 0, right: int = 0, alignment: Any = WD_ALIGN_PARAGRAPH.LEFT
) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = alignment
    indent_sides(paragraph, left=left, right=right, points=FOUR)
    set_font(paragraph.add_run(printable(text)), BODY_FONT, FOUR)


def _end_with_paragraph(document: Any) -> None:
    """Word wants a paragraph after the last table; this one takes no room."""
    layout = document.add_paragraph().paragraph_format
    layout.line_spacing = Pt(1)


def _rule(row: Any, *, top: int | None, bottom: int) -> None:
    for cell in row.cells:
        properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001 -- python-docx has no cell borders
        for old in properties.findall(qn("w:tcBorders")):
            properties.remove(old)
        borders = OxmlElement("w:tcBorders")
        for side, eighths in (("top", top), ("bottom", bottom)):
            if eighths is not None:
                edge = OxmlElement(f"w:{side}")
                edge.set(qn("w:val"), "single")
                edge.set(qn("w:sz"), str(eighths))
                borders.append(edge)
        properties.append(borders)


def _place_at_foot(table: Any) -> None:
    """Float the table to the bottom of the type area, whatever is above it."""
    place = OxmlElement("w:tblpPr")
    for name, value in {
        "vertAnchor": "margin",
        "horzAnchor": "margin",
        "tblpXSpec": "center",
        "tblpYSpec": "bottom",
    }.items():
        place.set(qn(f"w:{name}"), value)
    table._tbl.tblPr.insert(1, place)  # noqa: SLF001 -- python-docx has no floating tables
