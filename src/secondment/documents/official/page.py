"""Paper, fonts and page numbers of GB/T 9704-2012, on top of python-docx.

The fonts are named as offices have them (仿宋_GB2312, 方正小标宋简体, 黑体); no font travels with the file.
"""

from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from secondment.documents.official.words import printable

BODY_FONT = "仿宋_GB2312"
TITLE_FONT = "方正小标宋简体"
HEAD_FONT = "黑体"
PAGE_FONT = "宋体"
TWO = 22  # 二号, in points
THREE = 16  # 三号
FOUR = 14  # 四号
LINE_POINTS = 28
RED = RGBColor(0xE6, 0x00, 0x12)


def new_page() -> Any:
    """An empty A4 document with the margins, body font, line height and page numbers of the standard."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    _set_body_style(document)
    document.settings.odd_and_even_pages_header_footer = True
    # odd pages number at the right, even pages at the left, one character from the edge
    _number_page(section.footer, WD_ALIGN_PARAGRAPH.RIGHT, "right")
    _number_page(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT, "left")
    return document


def set_font(run: Any, font: str, points: float) -> None:
    """Give a run the same font for Chinese and Latin text."""
    run.font.name, run.font.size = font, Pt(points)
    _set_east_asia(run.font.element.get_or_add_rPr(), font)


def add_line(
    document: Any,
    text: str,
    *,
    font: str = BODY_FONT,
    points: float = THREE,
    alignment: Any = WD_ALIGN_PARAGRAPH.LEFT,
) -> Any:
    """A paragraph of one run in the line height of the standard."""
    paragraph = document.add_paragraph()
    paragraph.alignment = alignment
    set_font(paragraph.add_run(printable(text)), font, points)
    return paragraph


def indent_first(paragraph: Any, characters: int = 2) -> None:
    """Indent the first line by characters of the body."""
    _set_indent(paragraph, "firstLine", characters, THREE)


def hang_first(paragraph: Any, characters: int, *, points: float) -> None:
    """Let the first line begin to the left of the others, in characters of a size."""
    _set_indent(paragraph, "hanging", characters, points)


def indent_sides(paragraph: Any, *, left: float = 0, right: float = 0, points: float = THREE) -> None:
    """Keep a paragraph away from the edges, in characters of a size."""
    _set_indent(paragraph, "left", left, points)
    _set_indent(paragraph, "right", right, points)


def add_border(paragraph: Any, side: str, *, eighths: int, colour: str, space: int = 0) -> None:
    """A rule along one side of a paragraph, `eighths` of a point thick."""
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    values = {"val": "single", "sz": str(eighths), "space": str(space), "color": colour}
    for name, value in values.items():
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")  # noqa: SLF001 -- python-docx has no borders


def _set_body_style(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = BODY_FONT, Pt(THREE)
    _set_east_asia(style.element.get_or_add_rPr(), BODY_FONT)
    layout = style.paragraph_format
    layout.space_before = layout.space_after = Pt(0)
    layout.line_spacing_rule, layout.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(LINE_POINTS)
    layout.widow_control = False


def _set_east_asia(properties: Any, font: str) -> None:
    fonts = properties.get_or_add_rFonts()
    for script in ("eastAsia", "ascii", "hAnsi"):
        fonts.set(qn(f"w:{script}"), font)


def _set_indent(paragraph: Any, side: str, characters: float, points: float) -> None:
    """In characters for Word and WPS, which follow the font, and in twips for programs that know no characters."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()  # noqa: SLF001 -- python-docx has no indent in characters
    indent.set(qn(f"w:{side}Chars"), str(round(characters * 100)))
    indent.set(qn(f"w:{side}"), str(round(characters * points * 20)))


def _number_page(footer: Any, alignment: Any, side: str) -> None:
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = alignment
    indent_sides(paragraph, **{side: 1}, points=FOUR)
    set_font(paragraph.add_run("— "), PAGE_FONT, FOUR)
    _add_field(paragraph, "PAGE")
    set_font(paragraph.add_run(" —"), PAGE_FONT, FOUR)


def _add_field(paragraph: Any, code: str) -> None:
    for kind in ("begin", "instruction", "end"):
        run = paragraph.add_run()
        set_font(run, PAGE_FONT, FOUR)
        if kind == "instruction":
            part = OxmlElement("w:instrText")
            part.text = code
        else:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)  # noqa: SLF001 -- python-docx has no fields
