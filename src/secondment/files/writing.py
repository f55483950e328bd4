"""Write workbooks: no text can act as a formula, sheets print on A4, equal input gives equal bytes."""

import datetime as dt
import io
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
CREATED = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- a fixed day, so that equal input gives equal bytes
A4 = 9
_TOP: dict[str, object] = {"valign": "top"}
_RULED: dict[str, object] = {**_TOP, "text_wrap": True, "border": 1}
_HEAD: dict[str, object] = {
    "bold": True,
    "bg_color": "#EEF1F5",
    "border": 1,
    "valign": "vcenter",
    "text_wrap": True,
}
# Kind of cell → how it looks.
LOOKS: dict[str, dict[str, object]] = {
    "head": _HEAD,
    "needed": {**_HEAD, "bg_color": "#FBE9E7"},
    "plain": _TOP,
    "wrapped": {**_TOP, "text_wrap": True},
    "ruled": _RULED,
    "input": {**_RULED, "num_format": "@", "bg_color": "#FFFDF2", "locked": False},
    "share": {**_RULED, "num_format": "0.0%"},
    "index": {**_RULED, "num_format": "0.000"},
    "figure": {**_TOP, "num_format": "0.000"},
    "title": {**_TOP, "bold": True, "font_size": 14},
    "note": {**_TOP, "font_color": "#5B6673"},
    "text": {**_TOP, "num_format": "@"},
    "example": {**_TOP, "num_format": "@", "font_color": "#6B7787", "italic": True},
    # of a protected sheet: cells to fill in, and the others
    "open": {**_RULED, "num_format": "@", "bg_color": "#FFF8E1", "locked": False},
    "locked": {**_RULED, "num_format": "@", "font_color": "#5B6673"},
    "day": {**_TOP, "num_format": "yyyy-mm-dd", "align": "left"},
    "instant": {**_TOP, "num_format": "yyyy-mm-dd hh:mm", "align": "left"},
}


class Workbook:
    """One file; `streams` keeps no row in memory, so that sheets must be written one after the other, row by row."""

    def __init__(self, *, streams: bool = False) -> None:
        self._content = io.BytesIO()
        options = {"strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(
            self._content, {**options, "constant_memory" if streams else "in_memory": True}
        )
        self._book.set_properties({"created": CREATED})
        self._formats: dict[tuple[str, bool], Format] = {}

    def sheet(self, name: str, *, widths: Sequence[float] = (), frozen: tuple[int, int] = (1, 0)) -> "Sheet":
        """A sheet to be filled, which prints across A4 with its frozen rows on every page."""
        page = self._book.add_worksheet(sheet_name(name))
        page.set_paper(A4)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        if frozen[0]:
            page.repeat_rows(0, frozen[0] - 1)
        page.freeze_panes(*frozen)
        page.set_footer("&C&P / &N")
        sheet = Sheet(self, page)
        sheet.set_widths(widths)
        return sheet

    def format(self, look: str, *, is_quoted: bool = False) -> Format:
        """The format of a kind of cell; a quoted text stays a text when it is edited."""
        key = look, is_quoted
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**LOOKS[look], "quote_prefix": is_quoted})
        return self._formats[key]

    def chart(self, options: dict[str, object]) -> Chart:
        """A chart to be filled and put on a sheet."""
        return self._book.add_chart(options)

    def content(self) -> bytes:
        """The bytes of the file; nothing can be written afterwards."""
        self._book.close()
        return self._content.getvalue()


class Sheet:
    """One sheet."""

    def __init__(self, book: Workbook, page: Worksheet) -> None:
        self._book, self.page = book, page

    def set_widths(self, widths: Sequence[float], look: str | None = None) -> None:
        """Widths of the columns in characters; `look` holds for cells that stay empty."""
        shape = self._book.format(look) if look else None
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width, shape)

    def head(self, labels: Sequence[str], needed: Collection[str] = ()) -> None:
        """The first row; columns that must be filled stand out."""
        for column, label in enumerate(labels):
            self.write(0, column, label, "needed" if label in needed else "head")

    def rows(self, rows: Iterable[Iterable[object]], *, first: int = 1, look: str = "plain") -> None:
        """Rows from the row `first`."""
        for line, row in enumerate(rows, start=first):
            for column, value in enumerate(row):
                self.write(line, column, value, look)

    def write(self, line: int, column: int, value: object, look: str = "plain") -> None:
        """Write a value with its own type; nothing is written for nothing, unless its cell has a border."""
        if value is None or value == "":
            if "border" in LOOKS[look]:
                self.page.write_blank(line, column, None, self._book.format(look))
        elif isinstance(value, int | float | Decimal) and not isinstance(value, bool):
            self.page.write_number(line, column, value, self._book.format(look))
        elif isinstance(value, dt.datetime):
            self.page.write_datetime(line, column, value, self._book.format("instant"))
        elif isinstance(value, dt.date):
            self.page.write_datetime(line, column, value, self._book.format("day"))
        else:
            text = str(value)
            shape = self._book.format(look, is_quoted=text.startswith(FORMULA_STARTS))
            self.page.write_string(line, column, text, shape)

    def lock(self, hidden: int) -> None:
        """Only cells of the look “input” can be typed in; the column `hidden` is not shown."""
        self.page.set_column(hidden, hidden, None, None, {"hidden": True})
        self.page.protect("", {"format_rows": True})

    def offer(self, column: int, n_rows: int, words: Sequence[str] | str, *, is_strict: bool = False) -> None:
        """A drop-down in the first `n_rows` rows: words, or the address of cells that hold them; others only warn."""
        rule: dict[str, object] = {
            "validate": "list",
            "source": words if isinstance(words, str) else list(words),
        }
        self.page.data_validation(
            1, column, n_rows, column, rule if is_strict else {**rule, "error_type": "warning"}
        )


def sheet_name(title: str) -> str:
    """A name Excel accepts: at most 31 characters, none of []:*?/\\ and no apostrophe at its ends."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title)[:31].strip("' ") or "Sheet1"
