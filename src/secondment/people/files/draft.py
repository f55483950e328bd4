"""One person as a file describes them, before anything is compared or written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from secondment.files.identity import IdentityNumber
from secondment.files.problems import Problem


@dataclass(frozen=True)
class Draft:
    """A person of a file. A value missing from `values` is blank in the file and changes nothing.

    Months are `tables.dates.Month`: a day already known within the month is kept. `unit_name` None: the
    unit the file is imported into. `problems` forbid the import, `hints` do not.
    """

    source: str
    label: str
    values: Mapping[str, Any] = field(default_factory=dict)
    identity: IdentityNumber | None = None
    unit_name: str | None = None
    career: Sequence[Mapping[str, Any]] = ()
    family: Sequence[Mapping[str, Any]] = ()
    grades: Mapping[int, str] = field(default_factory=dict)
    specialties: frozenset[str] = frozenset()
    photo: bytes = b""
    problems: Sequence[Problem] = ()
    hints: Sequence[Problem] = ()
