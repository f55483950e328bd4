"""From the lines of one sheet to a table: merged ranges, header, columns, rows; whatever is not in it is named."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from secondment.files.codes.code_list import plain
from secondment.files.faults import Fault
from secondment.files.headers import MOST_HEADER_LINES, HeaderPlace, Headers, Layout, Meanings, find_header
from secondment.files.problems import BadInputError, Problem
from secondment.files.sheet_facts import column_letters
from secondment.files.table import Questions, Row, Table
from secondment.files.workbooks import Faults, Range, Sheet

MOST_COLUMNS = 200
LONGEST_HEADER = 200
MOST_SAMPLES = 3
MOST_NAMED = 50
STRANGE = re.compile("[\0\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_ROUNDED = re.compile(r"\s*[0-9](?:\.[0-9]+)?E\+1[4-9]\s*")
_FOOT = re.compile(
    r"(?:填表|填报|制表|审核|审批|复核|报送|联系|负责|单位|注|备注|说明|合计|共计)[^:：]{0,8}[:：]"
    r"|(?:合\s*计|总\s*计|共\s*计)$"
)


@dataclass(frozen=True)
class _Column:
    place: int
    header: str
    name: str | None
    """The name it is read under; None for an unknown one."""


def table_of(
    sheet: Sheet,
    *,
    file: str,
    headers: Headers | None = None,
    layout: Layout | None = None,
    required: Sequence[str] = (),
    most_rows: int,
) -> Table:
    """The table of a sheet with at least one filled line."""
    layout = layout or Layout()
    faults = {**sheet.faults}
    lines = _filled_over(file, sheet, faults)
    filled = [row for row, cells in enumerate(lines) if any(map(str.strip, cells))]
    meanings = Meanings(headers) if headers else None
    found = (
        find_header([lines[row] for row in filled[:MOST_HEADER_LINES]], meanings)
        if meanings
        else _first(lines, filled)
    )
    header_row = filled[found.last]
    body = filled[found.last + 1 :]
    if len(body) > most_rows:
        raise BadInputError.of_fault(file, Fault("too_many_rows", {"most": most_rows}))
    notes = _notes_of_header(file, lines, filled, found)
    if meanings:
        body, across = _without_text_lines(lines, body, sheet.merged, len(found.names))
        notes += _notes_of_text_lines(file, lines, across)
    columns = _Columns(file, header_row + 1, found.names, meanings, layout)
    used = columns.resolved([lines[row] for row in body])
    _check_names(file, header_row + 1, [one.name for one in used if one.name], required)
    _check_width(file, lines, body, max(len(found.names), 1))
    notes += _notes_of_sheet(file, sheet, lines, set(body), {one.place for one in used})
    known = [one for one in used if one.name]
    _add_faults_of_texts(lines, body, faults)
    rows = tuple(_rows(file, lines, body, known, _by_row(faults)))
    questions = Questions(columns=tuple(_samples(one, lines, body) for one in used if one.name is None))
    names = tuple(one.name for one in known if one.name)
    return Table(file, names, rows, header_row + 1, (*notes, *columns.notes), questions)


def _first(lines: Sequence[Sequence[str]], filled: Sequence[int]) -> HeaderPlace:
    return HeaderPlace(0, 0, tuple(lines[filled[0]]))


def _filled_over(file: str, sheet: Sheet, faults: Faults) -> list[list[str]]:
    """The lines with every merged range holding the text of its first cell throughout."""
    if not sheet.merged:
        return sheet.lines
    filled = [list(cells) for cells in sheet.lines]
    n_left = sum(map(len, filled))
    for (top, left), (bottom, right) in sheet.merged:
        if top >= len(filled) or left >= len(filled[top]):
            continue
        for row in range(top, min(bottom + 1, len(filled))):
            columns = range(left, min(right + 1, len(filled[row])))
            n_left -= len(columns)
            if n_left < 0:
                raise BadInputError.of_fault(file, Fault("overlapping_merges"))
            for column in columns:
                _fill(filled, (row, column), (top, left), faults)
    return filled


def _fill(lines: list[list[str]], place: tuple[int, int], first: tuple[int, int], faults: Faults) -> None:
    """One cell of a merged range: blank ones take the first text, others hold what nobody sees."""
    (row, column), shown = place, lines[first[0]][first[1]]
    if lines[row][column].strip() not in {"", shown.strip()}:
        values = {"text": _kept(lines[row][column]), "shown": _kept(shown)}
        faults[place] = Fault("hidden_by_merge", values)
        return
    lines[row][column] = shown
    if first in faults:
        faults[place] = faults[first]


def _without_text_lines(
    lines: Sequence[Sequence[str]], body: Sequence[int], merged: Sequence[Range], width: int
) -> tuple[list[int], list[int]]:
    """The rows of data, and those that are one text across the table or stand at its foot (填表人：…, 合计)."""
    across = {
        top
        for (top, left), (bottom, right) in merged
        if top == bottom and left == 0 and right + 1 >= width > 1
    }
    for row in reversed(body):
        texts = [cell.strip() for cell in lines[row] if cell.strip()]
        if row not in across and not _FOOT.match(texts[0]):
            break
        across.add(row)
    return [row for row in body if row not in across], [row for row in body if row in across]


class _Columns:
    """Says what each column is, and keeps the notes on those that are not read."""

    def __init__(
        self, file: str, line: int, names: Sequence[str], meanings: Meanings | None, layout: Layout
    ) -> None:
        self.file, self.line, self.names = file, line, names
        self.meanings, self.layout = meanings, layout
        self.chosen = {plain(header): name for header, name in layout.columns.items()}
        self.notes: list[Problem] = []

    def resolved(self, body: Sequence[Sequence[str]]) -> list[_Column]:
        """Every column that is read or unknown."""
        headers = self._headers(body)
        if len(headers) > MOST_COLUMNS:
            fault = Fault("too_many_columns", {"n": len(headers), "most": MOST_COLUMNS})
            raise BadInputError.of_fault(self.file, fault)
        if any(len(header) > LONGEST_HEADER for header in headers.values()):
            raise BadInputError.of_fault(self.file, Fault("column_name_too_long", {"most": LONGEST_HEADER}))
        columns = [_Column(place, header, self._name(header)) for place, header in headers.items()]
        columns = [one for one in columns if one.name != ""]
        columns = self._without_lesser_spellings(columns) if self.meanings else columns
        self._note_left_out(list(headers.values()))
        return columns

    def _headers(self, body: Sequence[Sequence[str]]) -> dict[int, str]:
        """Place → header; a column with texts below no header is called after its letter."""
        headers: dict[int, str] = {}
        for place, name in enumerate(self.names):
            if shown := _shown(name):
                is_second = shown in headers.values() and self._goes_unread(shown)
                headers[place] = f"{shown}（{column_letters(place)}列）" if is_second else shown
        nameless = [place for place, name in enumerate(self.names) if not name.strip()]
        for place in nameless:
            if any(place < len(cells) and cells[place].strip() for cells in body):
                headers[place] = f"（{column_letters(place)}列）"
        if not self.meanings and len(headers) > len(self.names) - len(nameless):
            raise BadInputError(
                [
                    Problem(self.file, self.line, headers[place], Fault("column_nameless"))
                    for place in nameless
                    if place in headers
                ]
            )
        return dict(sorted(headers.items()))

    def _goes_unread(self, header: str) -> bool:
        """Whether nobody reads such a column, so that it may stand twice."""
        return bool(self.meanings and not self.meanings.keeps_others and not self.meanings.of(header))

    def _name(self, header: str) -> str | None:
        """The name a column is read under, "" when it is left out, None when nobody knows."""
        if self.meanings is None:
            return header
        if plain(header) in self.chosen:
            return self._chosen_name(plain(header))
        if known := self.meanings.of(header):
            return known
        return "" if self.meanings.leaves_out(header) else header if self.meanings.keeps_others else None

    def _without_lesser_spellings(self, columns: Sequence[_Column]) -> list[_Column]:
        """A column with a bracket behind its name is unknown when another has the name itself."""
        exact = {one.name for one in columns if one.name and plain(one.header) == plain(one.name)}
        return [
            replace(one, name=None)
            if one.name in exact
            and plain(one.header) != plain(one.name or "")
            and plain(one.header) not in self.chosen
            else one
            for one in columns
        ]

    def _chosen_name(self, header: str) -> str:
        """What somebody chose for a header: a known name in the reader's spelling, or nothing."""
        asked = self.chosen[header]
        name = self.meanings.of(asked) if self.meanings and asked else ""
        if name is None:
            names = "、".join(self.meanings.names if self.meanings else ())
            raise BadInputError.of_fault(self.file, Fault("no_such_field", {"asked": asked, "names": names}))
        return name

    def _note_left_out(self, headers: Sequence[str]) -> None:
        chosen = [header for header in headers if self.chosen.get(plain(header)) == ""]
        left = [header for header in headers if self._name(header) == "" and header not in chosen]
        missing = sorted(self.chosen.keys() - set(map(plain, headers)))
        for code, names in (
            ("columns_not_needed", left),
            ("columns_ignored", chosen),
            ("columns_not_there", missing),
        ):
            if names:
                self._note(code, names="、".join(names))
        for header in headers:
            if self.chosen.get(plain(header)):
                self._note("column_read_as", header=header, name=self._name(header))

    def _note(self, code: str, **values: object) -> None:
        self.notes.append(Problem(self.file, self.line, "", Fault(code, values)))


def _shown(header: str) -> str:
    """A header on one line: breaks and spaces go, except between Latin words."""
    words = _kept(header).split()
    return (" " if header.isascii() else "").join(words)


def missing_column(file: str, line: int, *names: str) -> Problem:
    """A necessary column that stands under none of its names."""
    return Problem(file, line, names[0], Fault("column_missing", {"names": "” or “".join(names)}))


def _check_names(file: str, line: int, names: Sequence[str], required: Sequence[str]) -> None:
    """Every required column is there, and none stands twice."""
    problems = [missing_column(file, line, name) for name in required if name not in names]
    problems += [
        Problem(file, line, name, Fault("column_twice"))
        for name in sorted({name for name in names if names.count(name) > 1})
    ]
    if problems:
        raise BadInputError(problems)


def _check_width(file: str, lines: Sequence[Sequence[str]], body: Sequence[int], width: int) -> None:
    """A cell beyond the header is a decimal comma or an unquoted comma: never drop it in silence."""
    problems = [
        Problem(file, row + 1, "", Fault("too_many_cells", {"n": len(lines[row]), "width": width}))
        for row in body
        if any(map(str.strip, lines[row][width:]))
    ]
    if problems:
        raise BadInputError(problems)


def _add_faults_of_texts(lines: Sequence[Sequence[str]], body: Sequence[int], faults: Faults) -> None:
    """Texts with characters that no standard names, and long numbers that a spreadsheet has rounded."""
    for row in body:
        whole = "".join(lines[row])
        if "E+1" not in whole and not STRANGE.search(whole):
            continue
        for column, text in enumerate(lines[row]):
            if strange := STRANGE.search(text):
                values = {"place": strange.start() + 1, "sign": f"U+{ord(strange[0]):04X}"}
                faults[row, column] = Fault("damaged_sign", values)
            elif _ROUNDED.fullmatch(text):
                faults.setdefault((row, column), Fault("lost_digits", {"text": text.strip()}))


def _by_row(faults: Faults) -> dict[int, dict[int, Fault]]:
    by_row: dict[int, dict[int, Fault]] = {}
    for (row, column), fault in faults.items():
        by_row.setdefault(row, {})[column] = fault
    return by_row


def _rows(
    file: str,
    lines: Sequence[Sequence[str]],
    body: Sequence[int],
    columns: Sequence[_Column],
    faults: dict[int, dict[int, Fault]],
) -> Iterator[Row]:
    names = [(one.place, one.name or "") for one in columns]
    for row in body:
        cells = lines[row]
        width = len(cells)
        texts = {name: cells[place].strip() for place, name in names if place < width}
        told = faults.get(row)
        if told is None:
            yield Row(row + 1, texts)
            continue
        faulty = (Problem(file, row + 1, name, told[place]) for place, name in names if place in told)
        yield Row(row + 1, texts, tuple(faulty))


def _samples(
    column: _Column, lines: Sequence[Sequence[str]], body: Sequence[int]
) -> tuple[str, tuple[str, ...]]:
    """An unknown column and the first texts in it."""
    texts: dict[str, None] = {}
    for row in body:
        if column.place < len(lines[row]) and (text := lines[row][column.place].strip()):
            texts.setdefault(text[:40])
            if len(texts) == MOST_SAMPLES:
                break
    return column.header, tuple(texts)


def _notes_of_header(
    file: str, lines: Sequence[Sequence[str]], filled: Sequence[int], found: HeaderPlace
) -> list[Problem]:
    notes = []
    if found.last > found.first:
        first, last = filled[found.first] + 1, filled[found.last] + 1
        notes.append(Problem(file, first, "", Fault("two_header_rows", {"first": first, "last": last})))
    return _notes_of_text_lines(file, lines, filled[: found.first]) + notes


def _notes_of_text_lines(file: str, lines: Sequence[Sequence[str]], rows: Sequence[int]) -> list[Problem]:
    """Lines above, across and below the table are no rows of it."""
    return [Problem(file, row + 1, "", Fault("no_data_row", {"words": _words(lines[row])})) for row in rows]


def _words(cells: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(_kept(cell.strip()) for cell in cells if cell.strip()))


def _kept(text: str) -> str:
    """A text that is no cell of a row and may be kept: no database keeps a NUL."""
    return text.replace("\0", "\ufffd")


def _notes_of_sheet(
    file: str, sheet: Sheet, lines: Sequence[Sequence[str]], body: set[int], places: set[int]
) -> list[Problem]:
    """Merged ranges that were filled, hidden rows and columns that were read."""
    ranges = [
        _range_name(one)
        for one in sheet.merged
        if one[0][0] in body and one[0][1] in places and _at(lines, one[0]).strip()
    ]
    rows = [str(row + 1) for row in sheet.facts.hidden_rows if row in body]
    columns = [column_letters(one) for one in sheet.facts.hidden_columns if one in places]
    told = (
        (ranges, "merged_cells_read"),
        (rows, "hidden_rows_read"),
        (columns, "hidden_columns_read"),
    )
    return [Problem(file, 0, "", Fault(code, {"names": _listed(names)})) for names, code in told if names]


def _listed(names: Sequence[str]) -> str:
    return "、".join(names[:MOST_NAMED]) + (f" … ({len(names)})" if len(names) > MOST_NAMED else "")


def _range_name(merged: Range) -> str:
    return ":".join(f"{column_letters(column)}{row + 1}" for row, column in merged)


def _at(lines: Sequence[Sequence[str]], place: tuple[int, int]) -> str:
    row, column = place
    return lines[row][column] if row < len(lines) and column < len(lines[row]) else ""
