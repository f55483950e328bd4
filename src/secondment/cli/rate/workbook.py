"""The result of `secondment rate` as an Excel workbook: one sheet per list of rows, the summary first."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from secondment.files.problems import BadInputError
from secondment.files.writing import Workbook

WIDEST = 40
MOST_ROWS = 1_000_000

Row = Mapping[str, object]


def workbook(result: Mapping[str, object]) -> bytes:
    """The full result except the seconds it took."""
    book = Workbook()
    for name, rows in _sheets(result):
        _write(book, name, rows)
    return book.content()


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


def _write(book: Workbook, name: str, rows: Sequence[Row]) -> None:
    if len(rows) > MOST_ROWS:
        raise BadInputError.of_file(
            "--out", f"{len(rows):,} rows of {name} do not fit a sheet", "write .json"
        )
    titles = list(rows[0]) if rows else []
    longest = [max(len(_shown(row[title])) for row in rows) for title in titles]
    widths = [min(WIDEST, 2 + max(len(title), n)) for title, n in zip(titles, longest, strict=True)]
    sheet = book.sheet(_sheet_name(name), widths=widths)
    sheet.head(titles)
    for line, row in enumerate(rows, start=1):
        for column, value in enumerate(row.values()):
            if isinstance(value, float):
                sheet.write(line, column, value, "figure")
            else:
                is_number = isinstance(value, int) and not isinstance(value, bool)
                sheet.write(line, column, value if is_number else _shown(value))


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
