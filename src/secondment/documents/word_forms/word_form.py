"""A form: its template and the fields that the template may name."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WORD_FORMS: list["WordForm"] = []
"""Every form there is; declaring one puts it here."""


class TemplateError(ValueError):
    """A template cannot be filled; `faults` say what it names that its form does not have, or what is not allowed."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class WordForm:
    """A form that the product fills: the .docx of the room that owns it, and a frozen dataclass.

    Its fields are texts, days, whether something is so, or tuples of other dataclasses that become rows.
    """

    template: Path
    fields: type

    def __post_init__(self) -> None:
        WORD_FORMS.append(self)

    def fill(self, *sheets: Any) -> bytes:
        """The form as one Word file, each of `sheets` (values of `fields`) on a page of its own."""
        return fill(self.template.read_bytes(), *sheets)


def fill(template: bytes, *sheets: Any) -> bytes:
    """Any template filled with the same kind of dataclass, once for each, each beginning on a new page.

    Raises `TemplateError` for what the template names and the dataclass does not have.
    """
    from secondment.documents.word_forms.filling import filled

    return filled(template, sheets)
