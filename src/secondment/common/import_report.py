"""What a file would do before anything is written: new, changed (old → new), unchanged and refused rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from secondment.common.components import Difference

Text = str | Promise


@dataclass(frozen=True)
class Refusal:
    """A cell that cannot be used; `line` counts the header as 1."""

    line: int
    field: str
    found: str
    remedy: str


@dataclass(frozen=True)
class NewRow:
    """A row that makes something new."""

    line: int
    label: Text


@dataclass(frozen=True)
class ChangedRow:
    """A row that changes something, with what it was and what it will be."""

    line: int
    label: Text
    differences: Sequence[Difference]


@dataclass(frozen=True)
class ImportReport:
    """The result of a dry run; nothing may be written while `refused` has entries."""

    file: str
    created: Sequence[NewRow]
    changed: Sequence[ChangedRow]
    n_unchanged: int
    refused: Sequence[Refusal]
    notes: Sequence[Mapping[str, Any]] = ()  # what was done with the file and what of it was not read

    @property
    def n_to_write(self) -> int:
        """How many rows would be written."""
        return len(self.created) + len(self.changed)

    @property
    def may_be_written(self) -> bool:
        """Whether the file is sound and does something."""
        return not self.refused and self.n_to_write > 0
