"""What is wrong with an input file, worded so that a clerk can correct it."""

from dataclasses import dataclass
from typing import Any, Self

from secondment.files.faults import Fault, in_english

MOST_SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One fault in a file and where it is.

    `line` is the row that a spreadsheet shows; 0 means the entire file. Without a `remedy` it is a note.
    """

    file: str
    line: int
    column: str
    fault: Fault

    @classmethod
    def plain(cls, file: str, line: int, column: str, found: str, remedy: str) -> Self:
        """A problem that only the command line tells."""
        return cls(file, line, column, in_english(found, remedy))

    @property
    def found(self) -> str:
        """What was found, for the command line."""
        return self.fault.found

    @property
    def remedy(self) -> str:
        """What to do, for the command line."""
        return self.fault.remedy

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f", line {self.line}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.found}" + (f"; {self.remedy}" if self.remedy else "")

    def as_json(self) -> dict[str, Any]:
        """The problem to be sent between processes."""
        return {"file": self.file, "line": self.line, "column": self.column, "fault": self.fault.as_json()}

    @classmethod
    def of_json(cls, sent: dict[str, Any]) -> Self:
        """The problem that was sent."""
        return cls(**{**sent, "fault": Fault.of_json(sent["fault"])})


class BadInputError(ValueError):
    """An input file cannot be used; `problems` lists every fault found, in file order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems[:MOST_SHOWN]))

    @classmethod
    def of_file(cls, file: str, found: str, remedy: str) -> "BadInputError":
        """A fault of the file as a whole that only the command line tells."""
        return cls.of_fault(file, in_english(found, remedy))

    @classmethod
    def of_fault(cls, file: str, fault: Fault) -> "BadInputError":
        """A fault of the entire file."""
        return cls([Problem(file, 0, "", fault)])
