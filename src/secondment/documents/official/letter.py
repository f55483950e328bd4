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


def letter_bytes(letter: Letter) -> bytes:
    """The letter as a Word file."""
    from secondment.documents.official.writer import write_letter

    return write_letter(letter)
