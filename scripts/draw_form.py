"""Draw the first version of a Word form from a description; from then on the .docx itself is edited, in Word or WPS.

    .venv/bin/python scripts/draw_form.py form.txt src/secondment/ROOM/word_forms/form.docx

The description, line by line:
    # 标题                            the title
    填表日期：{{ filled_on }}          a line of text above or below the table
    12 | 姓　名 | {{ name }} *2 | …    a row of the table: height in millimetres, then its cells; *2: as wide as two columns
Rows share a grid of six columns, 156 mm wide. In a cell \\n begins a new line; a line that begins with > stands at
the right, the text of a cell that begins with < at the left instead of in the middle.
"""

import re
import sys
from pathlib import Path

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from secondment.documents.official.page import (
    BODY_FONT,
    TITLE_FONT,
    TWO,
    add_line,
    new_page,
    set_font,
)

WIDTH, COLUMNS = 156, 6
POINTS, LINE = 12, 18


def main(source: Path, target: Path) -> None:
    """Write the form that the description describes."""
    document = new_page()
    section = document.sections[0]
    section.top_margin = section.bottom_margin = Mm(25)
    for footer in (section.footer, section.even_page_footer):
        footer.is_linked_to_previous = True  # no page numbers: a file holds the forms of many people
    table = None
    for line in source.read_text().splitlines():
        if line.startswith("# "):
            title = add_line(
                document, line[2:], font=TITLE_FONT, points=TWO, alignment=WD_ALIGN_PARAGRAPH.CENTER
            )
            title.paragraph_format.space_after = Pt(10)
        elif re.match(r"\d+ \|", line):
            table = table or new_table(document)
            height, *cells = (part.strip() for part in line.split(" | "))
            add_row(table, int(height), cells)
        elif line.strip():
            add_line(document, line, points=POINTS)
    document.core_properties.author = ""
    document.save(str(target))


def new_table(document):
    """An empty grid of equal columns."""
    table = document.add_table(rows=0, cols=COLUMNS, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column in table.columns:
        column.width = Mm(WIDTH / COLUMNS)
    return table


def add_row(table, height: int, cells: list[str]) -> None:
    """A row whose cells fill the grid; the last takes what is left."""
    row = table.add_row()
    row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 -- python-docx has no such property
    at = 0
    for place, words in enumerate(cells):
        text, _star, n = words.partition(" *")
        last = at + int(n or 1) - 1 if place < len(cells) - 1 else COLUMNS - 1
        cell = row.cells[at].merge(row.cells[last])
        cell.width = Mm(WIDTH / COLUMNS * (last - at + 1))
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        fill_cell(cell, text)
        at = last + 1


def fill_cell(cell, text: str) -> None:
    """A paragraph a line."""
    for extra in cell.paragraphs[1:]:
        cell._tc.remove(extra._p)  # noqa: SLF001 -- merging leaves a paragraph of each cell
    usual = WD_ALIGN_PARAGRAPH.LEFT if text.startswith("<") else WD_ALIGN_PARAGRAPH.CENTER
    for at, line in enumerate(text.removeprefix("<").split("\\n")):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if line.startswith(">") else usual
        paragraph.paragraph_format.line_spacing = Pt(LINE)
        set_font(paragraph.add_run(line.removeprefix(">")), BODY_FONT, POINTS)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
