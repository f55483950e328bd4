"""Rosters of people and posts for matching: Chinese or English headers, every fault named by line and column."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from secondment.tables.arcs import CapGaps
from secondment.tables.codes import specialties
from secondment.tables.codes.code_list import UnknownCodeError, plain
from secondment.tables.dates import DateFault, parse_day_or_month
from secondment.tables.headers import ASIDE, Headers, Layout
from secondment.tables.numbers import finite_number
from secondment.tables.problems import BadInputError, Problem
from secondment.tables.reading import read_table
from secondment.tables.structure_cells import (
    OTHER_RANK,
    CellError,
    education_cell,
    party_cell,
    party_joined_cell,
    rank_cell,
)
from secondment.tables.table import Row, Table

ABILITIES = ("party_building", "development", "interests", "mass_work", "harmony_safety")
ABILITY_WORDS = ("抓党建带队伍", "推动发展", "协调利益", "群众工作", "和谐安全")
ANYTHING = {"不限", "无", "无要求", ""}
SEPARATORS = re.compile(r"[、，,；;/|\s]+")
YES, NO = {"是", "须", "1", "yes"}, {"否", "不须", "0", "no", ""}

PERSON_COLUMNS = {
    "id": ("编号", "id"),
    "name": ("干部姓名", "姓名", "name"),
    "identity": ("身份证号码", "身份证号", "公民身份号码", "identity"),
    "unit": ("派出单位", "单位", "unit"),
    "born": ("出生年月", "出生日期", "born"),
    "education": ("最高学历", "学历", "education"),
    "rank": ("职级", "职务层次", "rank"),
    "grassroots_years": ("基层工作年限", "grassroots_years"),
    "political_status": ("政治面貌", "political_status"),
    "joined_party": ("入党时间", "joined_party"),
    "specialties": ("专业方向", "专业", "熟悉专业", "specialties"),
    "region": ("行政区划代码", "区划代码", "region"),
    "near": ("希望就近", "near"),
    "wishes": ("志愿", "wishes"),
    **{code: (word, code) for code, word in zip(ABILITIES, ABILITY_WORDS, strict=True)},
}
POST_COLUMNS = {
    "id": ("岗位编号", "编号", "id"),
    "unit": ("接收单位", "单位", "unit"),
    "title": ("挂任职务", "岗位", "title"),
    "places": ("名额", "人数", "places"),
    "priority": ("优先级", "priority"),
    "education": ("学历下限", "最低学历", "education"),
    "rank": ("职级", "职务层次", "rank"),
    "grassroots_years": ("最少基层工作年限", "基层工作年限", "grassroots_years"),
    "oldest_age": ("年龄上限", "oldest_age"),
    "starts_on": ("到岗日期", "starts_on"),
    "party": ("须为中共党员", "party"),
    "specialties": ("专业要求", "专业方向", "专业", "specialties"),
    "abilities": ("需要的能力", "abilities"),
    "region": ("行政区划代码", "区划代码", "region"),
    "host_wishes": ("接收单位意向", "host_wishes"),
}
Value = TypeVar("Value")
Item = TypeVar("Item")


@dataclass(frozen=True)
class RosterPerson:
    """One person; None where the roster does not say. `born` is yyyymm; `education` 0 is the highest level."""

    line: int
    id: str
    name: str
    unit: str
    born: int | None
    education: int | None
    rank: float
    grassroots_years: float
    is_party_member: bool | None
    specialties: frozenset[str]
    region: str
    wants_near: bool
    wishes: tuple[str, ...]
    abilities: tuple[float, ...]


@dataclass(frozen=True)
class RosterPost:
    """One post and what it asks for."""

    line: int
    id: str
    unit: str
    title: str
    places: int
    priority: int
    education: int | None
    rank: float
    grassroots_years: float
    oldest_age: int | None
    starts_on: int | None
    requires_party: bool
    specialties: frozenset[str]
    abilities: tuple[bool, ...]
    region: str
    host_wishes: tuple[str, ...]


@dataclass(frozen=True)
class Roster(Generic[Item]):
    """Rows of a file and the columns it has, by our names."""

    file: str
    items: tuple[Item, ...]
    columns: frozenset[str]
    table: Table


def read_people(
    path: Path, layout: Layout | None = None, *, keeps_others: bool = False
) -> Roster[RosterPerson]:
    """Read the people; raises `BadInputError` listing every cell that cannot be used.

    With `keeps_others`, side rules may ask for columns that nobody else does.
    """
    table = _table(path, PERSON_COLUMNS, layout, keeps_others=keeps_others)
    reader = _Reader(table, PERSON_COLUMNS, required="name")
    people = tuple(_person(reader, row) for row in reader.table.rows)
    _check_distinct(reader, [(one.line, one.id) for one in people], "编号" if reader.has("id") else "姓名")
    reader.check_distinct_cells("identity")
    return Roster(reader.finish(len(people)), people, frozenset(reader.columns), table)


def read_posts(path: Path, layout: Layout | None = None, *, keeps_others: bool = False) -> Roster[RosterPost]:
    """As `read_people`, of the posts."""
    table = _table(path, POST_COLUMNS, layout, keeps_others=keeps_others)
    reader = _Reader(table, POST_COLUMNS, required="id")
    posts = tuple(_post(reader, row) for row in reader.table.rows)
    _check_distinct(reader, [(one.line, one.id) for one in posts], reader.columns["id"])
    return Roster(reader.finish(len(posts)), posts, frozenset(reader.columns), table)


def read_unit_caps(path: Path, people: Roster[RosterPerson]) -> tuple[dict[str, int], CapGaps]:
    """Most people each home unit releases, and the units that only one of the files names."""
    columns = {"unit": ("派出单位", "单位", "person_group", "unit"), "cap": ("最多派出", "cap")}
    reader = _Reader(_table(path, columns), columns, required="unit", also=("cap",))
    units = {one.unit for one in people.items if one.unit}
    caps: dict[str, int] = {}
    for row in reader.table.rows:
        unit = reader.text(row, "unit")
        if not unit:
            reader.add(row, "unit", "is empty", "name the unit")
        if unit in caps:
            reader.add(row, "unit", f"“{unit}” stands in an earlier row too", "keep one of the two rows")
        caps[unit] = reader.whole(row, "cap", None, least=0)
    file = reader.finish(len(caps))
    here = {unit: cap for unit, cap in caps.items() if unit in units}
    return here, CapGaps.between(file, caps, people.file, units)


def _table(
    path: Path,
    names: Mapping[str, Sequence[str]],
    layout: Layout | None = None,
    *,
    keeps_others: bool = False,
) -> Table:
    known = tuple(name for spellings in names.values() for name in spellings)
    left_out = () if keeps_others else ASIDE
    return read_table(path, headers=Headers(known, left_out, keeps_others), layout=layout)


class _Reader:
    """Reads cells by our names and keeps every problem found on the way."""

    def __init__(
        self, table: Table, names: dict[str, tuple[str, ...]], *, required: str, also: Sequence[str] = ()
    ) -> None:
        self.table = table
        self.columns = {
            key: next(name for name in known if name in table.columns)
            for key, known in names.items()
            if any(name in table.columns for name in known)
        }
        self.problems: list[Problem] = []
        missing = [names[key] for key in (required, *also) if key not in self.columns]
        if missing:
            raise BadInputError(
                [
                    Problem(
                        table.file, 1, known[0], "the column is missing", f"add a column {' or '.join(known)}"
                    )
                    for known in missing
                ]
            )

    def has(self, key: str) -> bool:
        """Whether the file has the column."""
        return key in self.columns

    def text(self, row: Row, key: str) -> str:
        """The cell, "" when the file has no such column."""
        return row[self.columns[key]] if key in self.columns else ""

    def add(self, row: Row, key: str, found: str, remedy: str) -> None:
        """Note a problem of one cell."""
        self.problems.append(Problem(self.table.file, row.line, self.columns.get(key, key), found, remedy))

    def read(self, row: Row, key: str, parse: Callable[[str], Value], otherwise: Value) -> Value:
        """The parsed cell; `otherwise` when it cannot be parsed, which is noted."""
        try:
            return parse(self.text(row, key))
        except CellError as error:
            self.add(row, key, error.found, error.remedy)
            return otherwise

    def number(self, row: Row, key: str, blank: float, *, least: float = 0, most: float = math.inf) -> float:
        """A number from `least` to `most`, `blank` for an empty cell."""
        text = self.text(row, key)
        if not text or text in ANYTHING:
            return blank
        value = finite_number(text)
        if value is None or not least <= value <= most:
            self.add(
                row,
                key,
                f"“{text}” is no number from {least:g}" + (f" to {most:g}" if most < math.inf else ""),
                "correct it",
            )
            return blank
        return value

    def whole(self, row: Row, key: str, blank: int | None, *, least: int) -> int:
        """A whole number from `least`; an empty cell is a problem when `blank` is None."""
        text = self.text(row, key)
        if not text and blank is not None:
            return blank
        if not re.fullmatch("[0-9]{1,9}", text) or int(text) < least:
            self.add(
                row,
                key,
                f"“{text}” is no whole number from {least}" if text else "is empty",
                f"write {least}, {least + 1}, …",
            )
            return least
        return int(text)

    def yes(self, row: Row, key: str) -> bool:
        """是 or 否."""
        text = self.text(row, key)
        if text not in YES | NO:
            self.add(row, key, f"“{text}” is neither 是 nor 否", "write 是 or 否")
        return text in YES

    def month(self, row: Row, key: str) -> int | None:
        """A date as yyyymm, None when empty."""
        text = self.text(row, key)
        if not text:
            return None
        parsed = parse_day_or_month(text)
        if isinstance(parsed, DateFault):
            self.add(row, key, parsed.found, parsed.remedy)
            return None
        return int(parsed.year * 100 + parsed.month)

    def check_distinct_cells(self, key: str) -> None:
        """No two rows hold the same text in this column."""
        if self.has(key):
            cells = [(row.line, self.text(row, key)) for row in self.table.rows]
            _check_distinct(self, [cell for cell in cells if cell[1]], self.columns[key])

    def finish(self, n_rows: int) -> str:
        """The file's name; raises `BadInputError` with all problems, or when there are no rows."""
        if self.problems:
            raise BadInputError(sorted(self.problems, key=lambda one: one.line))
        if not n_rows:
            raise BadInputError.of_file(
                self.table.file, "has no rows below the header", "add at least one row"
            )
        return self.table.file


def _person(reader: _Reader, row: Row) -> RosterPerson:
    name, unit = plain(reader.text(row, "name")), reader.text(row, "unit")
    if not name:
        reader.add(row, "name", "is empty", "name the person")
    return RosterPerson(
        row.line,
        reader.text(row, "id") or (f"{name}（{unit}）" if unit else name),
        name,
        unit,
        reader.month(row, "born"),
        _level(reader.read(row, "education", education_cell, -1)),
        _rank(reader.text(row, "rank")),
        reader.number(row, "grassroots_years", math.nan, most=60),
        _party(reader, row),
        _tags(reader.text(row, "specialties")),
        reader.text(row, "region"),
        reader.yes(row, "near"),
        _words(reader.text(row, "wishes")),
        tuple(reader.number(row, code, math.nan, most=100) / 100 for code in ABILITIES),
    )


def _post(reader: _Reader, row: Row) -> RosterPost:
    if not reader.text(row, "id"):
        reader.add(row, "id", "is empty", "give every post its own number")
    education = reader.text(row, "education")
    return RosterPost(
        row.line,
        reader.text(row, "id"),
        reader.text(row, "unit"),
        reader.text(row, "title"),
        reader.whole(row, "places", 1, least=1),
        reader.whole(row, "priority", 2, least=1),
        None if education in ANYTHING else _level(reader.read(row, "education", education_cell, -1)),
        _rank(reader.text(row, "rank")),
        reader.number(row, "grassroots_years", 0, most=60),
        reader.whole(row, "oldest_age", 0, least=0) or None,
        reader.month(row, "starts_on"),
        reader.yes(row, "party"),
        _tags(reader.text(row, "specialties")),
        _abilities(reader, row),
        reader.text(row, "region"),
        _words(reader.text(row, "host_wishes")),
    )


def _level(cell: int) -> int | None:
    return None if cell < 0 else cell


def _rank(text: str) -> float:
    """Step of the level, 0 the highest; NaN when empty or on no ladder."""
    cell = rank_cell(text)
    return math.nan if cell in {-1, OTHER_RANK} else float(cell)


def _party(reader: _Reader, row: Row) -> bool | None:
    if reader.has("political_status"):
        cell = reader.read(row, "political_status", party_cell, -1)
    else:
        cell = reader.read(row, "joined_party", party_joined_cell, -1)
    return None if cell < 0 else cell == 0


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in SEPARATORS.split(text) if word)


def _tags(text: str) -> frozenset[str]:
    """Specialty codes; a word outside the list stands for itself, so that both files may use their own."""
    return frozenset(_tag(word) for word in _words(text) if word not in ANYTHING)


def _tag(word: str) -> str:
    try:
        return specialties.code_of(word)
    except UnknownCodeError:
        return plain(word)


def _abilities(reader: _Reader, row: Row) -> tuple[bool, ...]:
    known = dict(zip(ABILITY_WORDS, ABILITIES, strict=True)) | {code: code for code in ABILITIES}
    wanted = set()
    for word in _words(reader.text(row, "abilities")):
        if word in known:
            wanted.add(known[word])
        elif word not in ANYTHING:
            reader.add(row, "abilities", f"“{word}” is no ability", f"write {'、'.join(ABILITY_WORDS)}")
    return tuple(code in wanted for code in ABILITIES)


def _check_distinct(reader: _Reader, cells: list[tuple[int, str]], column: str) -> None:
    first: dict[str, int] = {}
    for line, text in cells:
        if first.setdefault(text, line) != line:
            found = f"“{text}” already stands in line {first[text]}"
            reader.problems.append(
                Problem(
                    reader.table.file, line, column, found, "keep one of the two rows, or number them apart"
                )
            )
