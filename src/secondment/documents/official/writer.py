"""Write a letter (公文) as a Word file: head, number, title, addressee, text, signature, annexes, imprint."""

import io
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from secondment.documents.official.letter import Annex, Letter
from secondment.documents.official.page import (
    HEAD_FONT,
    RED,
    TITLE_FONT,
    TWO,
    add_border,
    add_line,
    indent_first,
    indent_sides,
    new_page,
)
from secondment.documents.official.sheets import add_imprint, add_roster
from secondment.documents.official.words import balanced, chinese_date, printable, width

CENTRE = WD_ALIGN_PARAGRAPH.CENTER
HEAD_WIDTH_POINTS = 440  # the type area is 442 points wide
RED_HEX = "E60012"
TITLE_LINE_POINTS = 35
TITLE_WIDTH = 19  # characters of a line of the title, of 20 that fit


def write_letter(letter: Letter) -> bytes:
    """The letter as a Word file."""
    document = new_page()
    if letter.number:
        _add_head(document, letter)
    _add_title(document, letter.title)
    _add_text(document, letter)
    _add_signature(document, letter)
    if letter.annex:
        _add_annex(document, letter.annex)
    if letter.imprint:
        # Word joins tables that touch; a program that does not float tables keeps this one off the date
        add_line(document, "")
        add_imprint(document, letter.imprint.copies, letter.imprint.printed_by, letter.imprint.printed_on)
    document.core_properties.title = printable(letter.title)
    document.core_properties.author = printable(letter.signer)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def _add_head(document: Any, letter: Letter) -> None:
    """The issuer in red, the number below it, and the red rule across the type area."""
    words = f"{letter.signer}文件"
    points = min(48.0, HEAD_WIDTH_POINTS / width(words))
    head = add_line(document, words, font=TITLE_FONT, points=round(points * 2) / 2, alignment=CENTRE)
    head.runs[0].font.color.rgb = RED
    # 35 mm of the type area are above the head
    head.paragraph_format.space_before, head.paragraph_format.line_spacing = Pt(84), Pt(48)
    for text in ("", "", letter.number):
        line = add_line(document, text, alignment=CENTRE)
    add_border(line, "bottom", eighths=16, colour=RED_HEX, space=8)
    for _ in range(2):
        add_line(document, "")


def _add_title(document: Any, title: str) -> None:
    """In lines of about the same length, each a paragraph, so that no two characters stand alone (7.3.1)."""
    for text in balanced(title, TITLE_WIDTH):
        line = add_line(document, text, font=TITLE_FONT, points=TWO, alignment=CENTRE)
        line.paragraph_format.line_spacing = Pt(TITLE_LINE_POINTS)
    add_line(document, "")


def _add_text(document: Any, letter: Letter) -> None:
    if letter.addressee:
        add_line(document, f"{letter.addressee}：")
    for text in letter.paragraphs:
        paragraph = add_line(document, text, alignment=WD_ALIGN_PARAGRAPH.JUSTIFY)
        indent_first(paragraph)
    # the signature is never alone on a page
    paragraph.paragraph_format.keep_with_next = True
    endings = [letter.closing] if letter.closing else []
    endings += ["", f"附件：{letter.annex.title}"] if letter.annex else []
    for text in endings:
        line = add_line(document, text)
        indent_first(line)
        line.paragraph_format.keep_with_next = True


def _add_signature(document: Any, letter: Letter) -> None:
    """The date four characters from the right edge, the issuer centred above it for the seal (7.3.5.1)."""
    date = chinese_date(letter.signed_on)
    right = max(0.0, 4 + (width(date) - width(letter.signer)) / 2)
    add_line(document, "").paragraph_format.keep_with_next = True
    signer = add_line(document, letter.signer, alignment=WD_ALIGN_PARAGRAPH.RIGHT)
    indent_sides(signer, right=right)
    signer.paragraph_format.keep_with_next = True
    day = add_line(document, date, alignment=WD_ALIGN_PARAGRAPH.RIGHT)
    # a signer so long that it reaches the edge pulls the date along, so that both stay centred
    indent_sides(day, right=max(4.0, (width(letter.signer) - width(date)) / 2))


def _add_annex(document: Any, annex: Annex) -> None:
    """附件 in bold at the top left of a new page, its title two lines below, then the roster."""
    add_line(document, "附件", font=HEAD_FONT).paragraph_format.page_break_before = True
    add_line(document, "")
    _add_title(document, annex.title)
    add_roster(document, annex.labels, annex.rows, annex.widths)
