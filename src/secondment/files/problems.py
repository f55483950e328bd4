"""What is wrong with an input file, said so that a clerk can mend it."""

from dataclasses import dataclass

MOST_SHOWN = 20


@dataclass(frozen=True)
class Problem:
    """One fault in a file: where it is, what was found and what to do.

    `line` is the row that a spreadsheet shows; 0 means the file as a whole. Without a `remedy` it is a note.
    """

    file: str
    line: int
    column: str
    found: str
    remedy: str

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f", line {self.line}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.found}" + (f"; {self.remedy}" if self.remedy else "")


class BadInputError(ValueError):
    """An input file cannot be used; `problems` lists every fault found, in file order."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems[:MOST_SHOWN]))

    @classmethod
    def of_file(cls, file: str, found: str, remedy: str) -> "BadInputError":
        """A fault of the file as a whole."""
        return cls([Problem(file, 0, "", found, remedy)])
