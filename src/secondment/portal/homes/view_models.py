"""What a home page is made of: figures that lead to their lists, and panels with the first rows of a list."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from secondment.common.charts import Chart
from secondment.common.components import Fact, Status, Text

SHOWN = 6


@dataclass(frozen=True)
class Figure:
    """A number, or a dash where there is none yet, and the list behind it."""

    label: Text
    value: int | str
    url: str
    unit: Text = ""
    note: Text = ""
    note_kind: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell of a panel; `phone` as in the table component."""

    text: object
    url: str = ""
    status: Status | str = ""
    phone: str = "text"
    is_number: bool = False

    @property
    def classes(self) -> str:
        """Alignment of the cell: dates and names on one line, numbers to the right."""
        is_short = self.phone == "title" or isinstance(self.text, dt.date)
        return f"is-phone-{self.phone}{' is-short' if is_short else ''}{' num' if self.is_number else ''}"


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A card: rows under their heads, a chart or facts; shows what to do next when there is nothing."""

    key: str
    title: Text
    heads: Sequence[Text] = ()
    rows: Sequence[Sequence[Cell]] = ()
    chart: Chart | None = None
    facts: Sequence[Fact] = ()
    url: str = ""
    span: int = 12
    empty_title: Text = ""
    empty_text: Text = ""
    empty_url: str = ""
    empty_action: Text = ""
    icon: str = "inbox"

    @property
    def columns(self) -> list[tuple[Text, bool]]:
        """(head, whether its cells are numbers)."""
        first = self.rows[0] if self.rows else ()
        return [(head, cell.is_number) for head, cell in zip(self.heads, first, strict=True)]

    @property
    def lines(self) -> list[list[tuple[Text, Cell]]]:
        """Each row as (head, cell) pairs."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not (self.rows or self.facts or self.chart)


@dataclass(frozen=True)
class Section:
    """What one role sees: its figures, then its panels."""

    role: str
    title: Text
    figures: Sequence[Figure] = ()
    panels: Sequence[Panel] = field(default=())
