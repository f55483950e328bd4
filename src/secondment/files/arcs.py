"""Admissible pairs and caps from table files: 人员, 岗位, 得分, perhaps 派出单位; and 派出单位, 最多派出."""

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.files.columns.pair import CAPS, PAIR
from secondment.files.columns.rows import Cells, read_by_key
from secondment.files.fast_arcs import Coded, CodedArcs, read_fast
from secondment.files.numbers import finite_number
from secondment.files.problems import BadInputError, Problem
from secondment.files.table import Row, Table

ARC_COLUMNS = ("person", "post", "score")
GROUP_COLUMN = "person_group"
MOST_ARCS = 20_000_000
NO_GROUP = -1


@dataclass(frozen=True, eq=False)
class ArcTable:
    """Pairs as indices into sorted names, so that the order of the file's rows does not matter.

    `group` is the index of each person's group among `groups`, -1 for none; shape (n_people,).
    """

    file: str
    people: tuple[str, ...]
    posts: tuple[str, ...]
    groups: tuple[str, ...]
    person: IntArray
    post: IntArray
    score: FloatArray
    group: IntArray


@dataclass(frozen=True, eq=False)
class Caps:
    """Most people each group releases, (n_groups,), and the groups that only one of the files names."""

    most: IntArray
    gaps: "CapGaps"


@dataclass(frozen=True)
class CapGaps:
    """Groups with a cap that are not here, as permanent lists have them, and groups here that have no cap."""

    caps_file: str
    people_file: str
    absent: tuple[str, ...]
    unlimited: tuple[str, ...]

    @classmethod
    def between(
        cls, caps_file: str, capped: Collection[str], people_file: str, present: Collection[str]
    ) -> "CapGaps":
        """Compare the groups of both files."""
        absent, unlimited = set(capped) - set(present), set(present) - set(capped)
        return cls(caps_file, people_file, tuple(sorted(absent)), tuple(sorted(unlimited)))

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence for each kind of gap."""
        notes = (
            (f"not found in {self.people_file}, so without effect", self.absent),
            ("not named, so without a limit", self.unlimited),
        )
        return tuple(f"{self.caps_file}: {said}: {', '.join(names)}" for said, names in notes if names)


def read_arcs(path: Path, *, with_groups: bool, also: Sequence[str] | None = None) -> ArcTable:
    """Read the pairs; a plain and faultless CSV goes the fast way, everything else row by row.

    Further columns are reported unless `also` lists them as read elsewhere.

    Raises
    ------
    BadInputError
        Listing every row that cannot be used.
    """
    wanted = (*ARC_COLUMNS, GROUP_COLUMN) if with_groups else ARC_COLUMNS
    columns = read_fast(path, wanted, names_unknown=also is None)
    if columns is None:
        columns = _checked_columns(
            read_by_key(path, PAIR, wanted, also=also, most_rows=MOST_ARCS), with_groups
        )
    return _encode(path.name, columns)


def read_caps(path: Path, arcs: ArcTable) -> Caps:
    """Most people each of `arcs.groups` releases; groups without a row are not limited and named.

    A permanent list may name groups that have no pair this time.

    Raises
    ------
    BadInputError
        For a cap that is not a whole number from 0, or a group named twice.
    """
    table = read_by_key(path, CAPS, ("unit", "cap"))
    number = {name: index for index, name in enumerate(arcs.groups)}
    caps = np.full(len(arcs.groups), len(arcs.people), dtype=np.int64)
    cells = Cells(table)
    units = cells.names("unit")
    for row, unit in zip(table.rows, units, strict=True):
        if not re.fullmatch("[0-9]+", cap := row["cap"]):
            found = f"“{cap}” is not a whole number from 0" if cap else "is empty"
            cells.add(row, "cap", found, "write 0, 1, 2, …")
        elif unit in number:
            caps[number[unit]] = min(int(cap), len(arcs.people))
    if cells.problems:
        raise BadInputError(cells.in_order())
    return Caps(caps, CapGaps.between(table.file, units, arcs.file, arcs.groups))


def _checked_columns(table: Table, with_groups: bool) -> CodedArcs:  # noqa: FBT001 -- private, one caller
    if not table.rows:
        raise BadInputError.of_file(table.file, "has no pairs below the header", "add at least one row")
    check = _RowCheck(table, with_groups)
    problems = [problem for row in table.rows for problem in check(row)]
    if problems:
        raise BadInputError(problems)
    return CodedArcs(
        _coded([row["person"] for row in table.rows]),
        _coded([row["post"] for row in table.rows]),
        _coded([row[GROUP_COLUMN] if with_groups else "" for row in table.rows]),
        np.array([float(row["score"]) for row in table.rows]),
    )


class _RowCheck:
    """Finds what is wrong with one row, remembering the rows before it."""

    def __init__(self, table: Table, with_groups: bool) -> None:  # noqa: FBT001 -- private, one caller
        self.table, self.with_groups = table, with_groups
        self.line_of_pair: dict[tuple[str, str], int] = {}
        self.group_of_person: dict[str, tuple[str, int]] = {}

    def __call__(self, row: Row) -> list[Problem]:
        checks: list[Callable[[Row], Problem | None]] = [
            lambda row: self._empty(row, "person"),
            lambda row: self._empty(row, "post"),
            self._score,
            self._pair,
            *([self._group] if self.with_groups else []),
        ]
        return [problem for check in checks if (problem := check(row))]

    def _empty(self, row: Row, column: str) -> Problem | None:
        return None if row[column] else self.table.problem(row, column, "is empty", f"name the {column}")

    def _score(self, row: Row) -> Problem | None:
        score = row["score"]
        if finite_number(score) is not None:
            return None
        found = f"“{score}” is not a finite number" if score else "is empty"
        return self.table.problem(row, "score", found, "write a number such as 87.5")

    def _pair(self, row: Row) -> Problem | None:
        pair = row["person"], row["post"]
        first = self.line_of_pair.setdefault(pair, row.line)
        if first == row.line or not all(pair):
            return None
        found = f"the pair “{pair[0]}” – “{pair[1]}” already occurs in line {first}"
        return self.table.problem(row, "person", found, "keep one of the two rows")

    def _group(self, row: Row) -> Problem | None:
        person, group = row["person"], row[GROUP_COLUMN]
        known, line = self.group_of_person.setdefault(person, (group, row.line))
        if known == group or not person:
            return None
        found = f"“{person}” is in group “{group}” here and in “{known}” in line {line}"
        return self.table.problem(row, GROUP_COLUMN, found, "give each person one group")


def _encode(file: str, columns: CodedArcs) -> ArcTable:
    people, groups = columns.person.names, columns.group.names
    group = np.full(len(people), NO_GROUP, dtype=np.int64)
    group[columns.person.index] = columns.group.index
    if not groups[0]:
        groups, group = groups[1:], group - 1
    return ArcTable(
        file,
        people,
        columns.post.names,
        groups,
        columns.person.index,
        columns.post.index,
        columns.score,
        group,
    )


def _coded(values: list[str]) -> Coded:
    names = sorted(set(values))
    number = {name: index for index, name in enumerate(names)}
    return Coded(tuple(names), np.array([number[value] for value in values], dtype=np.int64))
