"""A letter (公文): its content."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Annex:
    """A roster on separate pages; `widths` are millimetres of the 156 between the margins."""

    title: str
    labels: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]


@dataclass(frozen=True)
class Imprint:
    """The lines at the foot of the last page (版记): copies, who printed it and when."""

    copies: str
    printed_by: str
    printed_on: dt.date


@dataclass(frozen=True, kw_only=True)
class Letter:
    """The content of a letter. Without `number` it has neither head nor number, like a public notification."""

    title: str
    paragraphs: Sequence[str]
    signer: str
    signed_on: dt.date
    number: str = ""
    addressee: str = ""
    closing: str = ""
    annex: Annex | None = None
    imprint: Imprint | None = None


def lines_of(letter: Letter) -> list[tuple[str, str]]:
    """What the letter says, line by line, for a page that previews it: the part of the letter and its words."""
    found = [("head", f"{letter.signer}文件"), ("number", letter.number)] if letter.number else []
    found += [("title", letter.title)]
    found += [("addressee", f"{letter.addressee}：")] if letter.addressee else []
    found += [("text", text) for text in (*letter.paragraphs, letter.closing) if text]
    found += [("text", f"附件：{letter.annex.title}")] if letter.annex else []
    found += [("signer", letter.signer)]
    copies = letter.imprint.copies if letter.imprint else ""
    return [*found, ("copies", f"抄送：{copies}。")] if copies else found


def letter_bytes(letter: Letter) -> bytes:
    """The letter as a Word file."""
    from secondment.documents.official.writer import write_letter

    return write_letter(letter)
