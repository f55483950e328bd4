"""The result of `secondment rate` as an Excel workbook: one sheet per list of rows, the summary first."""

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from secondment.tables.problems import BadInputError

# Same result, same bytes: the workbook does not say when it was written.
CREATED = dt.datetime.combine(dt.date(2000, 1, 1), dt.time())
FONT = "微软雅黑"
WIDEST = 40
MOST_ROWS = 1_000_000

Row = Mapping[str, object]


def workbook(result: Mapping[str, object]) -> bytes:
    """The whole result but the seconds it took."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    book.set_properties({"created": CREATED})
    look = {"font_name": FONT, "font_size": 10}
    head = book.add_format({**look, "bold": True, "bg_color": "#e8eef6", "border": 1})
    formats = (head, book.add_format(look), book.add_format({**look, "num_format": "0.000"}))
    for name, rows in _sheets(result):
        _write(book, name, rows, formats)
    book.close()
    return content.getvalue()


def _sheets(result: Mapping[str, object]) -> Iterator[tuple[str, Sequence[Row]]]:
    """Summary first, then every list of objects under the name of its key."""
    yield "summary", list(_plain(result, ""))
    yield from _lists(result, "")


def _plain(content: Mapping[str, Any], place: str) -> Iterator[Row]:
    for key, value in content.items():
        if isinstance(value, Mapping):
            yield from _plain(value, f"{place}{key}.")
        elif not _is_table(value):
            yield {"key": f"{place}{key}", "value": value}


def _lists(content: Mapping[str, Any], place: str) -> Iterator[tuple[str, Sequence[Row]]]:
    for key, value in content.items():
        # “facets.ratee” and “top.rows” read better as ratee and top.
        name = place.rstrip(".") if key == "rows" else key if place in {"", "facets."} else f"{place}{key}"
        if isinstance(value, Mapping):
            yield from _lists(value, "facets." if key == "facets" else f"{name}.")
        elif _is_table(value):
            yield name, [dict(_flat(row, "")) for row in value]


def _is_table(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, Mapping) for row in value)


def _flat(row: Mapping[str, Any], place: str) -> Iterator[tuple[str, object]]:
    for key, value in row.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{place}{key}: ")
        else:
            yield f"{place}{key}", value


def _write(
    book: xlsxwriter.Workbook, name: str, rows: Sequence[Row], formats: tuple[Format, Format, Format]
) -> None:
    if len(rows) > MOST_ROWS:
        raise BadInputError.of_file(
            "--out", f"{len(rows):,} rows of {name} do not fit a sheet", "write .json"
        )
    head, text, figure = formats
    page = book.add_worksheet(_sheet_name(name))
    columns = list(rows[0]) if rows else []
    for column, title in enumerate(columns):
        page.write_string(0, column, title, head)
        longest = max(len(_shown(row[title])) for row in rows)
        page.set_column(column, column, min(WIDEST, 2 + max(len(title), longest)))
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row.values()):
            if isinstance(value, bool) or not isinstance(value, int | float):
                page.write_string(line, column, _shown(value), text)
            else:
                page.write_number(line, column, value, text if isinstance(value, int) else figure)
    page.freeze_panes(1, 0)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


def _sheet_name(name: str) -> str:
    """A name of at most 31 characters, as spreadsheets want it."""
    return name.replace("flags.", "flag ").removeprefix("coefficients.").replace("_", " ")[:31]


def _shown(value: object) -> str:
    """A cell as text: blank for none, yes or no, a list with commas."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3f}"
    return ", ".join(map(_shown, value)) if isinstance(value, list) else str(value)
