"""One person as a file describes them, before anything is compared or written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from secondment.files.columns.ability import RatedAbility
from secondment.files.faults import Fault, gettext_noop, in_chinese
from secondment.files.identity import IdentityNumber
from secondment.files.problems import Problem


@dataclass(frozen=True)
class Draft:
    """A person of a file. A value missing from `values` is blank in the file and changes nothing.

    Months are `tables.dates.Month`: a day already known within the month is kept. `unit_name` None: the
    unit the file is imported into. `supplement` names a person of whom only what is missing is taken. `problems` forbid the import, `hints` do not. `line` is its row, where it has one.
    """

    source: str
    label: str
    line: int = 0
    values: Mapping[str, Any] = field(default_factory=dict)
    identity: IdentityNumber | None = None
    unit_name: str | None = None
    supplement: str = ""
    career: Sequence[Mapping[str, Any]] = ()
    family: Sequence[Mapping[str, Any]] = ()
    grades: Mapping[int, str] = field(default_factory=dict)
    specialties: frozenset[str] = frozenset()
    abilities: Mapping[str, RatedAbility] = field(default_factory=dict)
    photo: bytes = b""
    problems: Sequence[Problem] = ()
    hints: Sequence[Problem] = ()

    @property
    def place(self) -> Fault:
        """Where the person stands, to be named in what is found of another."""
        return place_of(self.source, self.line)

    def problem(self, column: str, fault: Fault) -> Problem:
        """A problem with this person."""
        return Problem(self.source, self.line, column, fault)


def place_of(source: str, line: int) -> Fault:
    """A file, or a row of it."""
    pattern = gettext_noop("{file} 第{line}行") if line else "{file}"
    return in_chinese(pattern, file=source, line=line)
