"""Ranks from table files: 人员, 岗位, 排序: how each person ranks posts or each post ranks people."""

import re
from pathlib import Path

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.files.arcs import ArcTable
from secondment.files.columns.pair import PAIR
from secondment.files.columns.rows import read_by_key
from secondment.files.problems import BadInputError, Problem
from secondment.files.table import Row, Table

NOT_RANKED = 0


def read_ranks(path: Path, arcs: ArcTable) -> IntArray:
    """The rank of every pair of `arcs`, (n_arcs,), from 1; `NOT_RANKED` where the file is silent.

    Raises
    ------
    BadInputError
        For a rank that is not a whole number from 1, a pair named twice or not admissible.
    """
    table = read_by_key(path, PAIR, ("person", "post", "rank"))
    number = {
        (arcs.people[person], arcs.posts[post]): arc
        for arc, (person, post) in enumerate(zip(arcs.person.tolist(), arcs.post.tolist(), strict=True))
    }
    ranks = np.full(len(arcs.person), NOT_RANKED, dtype=np.int64)
    first: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    for row in table.rows:
        pair = row["person"], row["post"]
        problem = _fault(table, row, first.setdefault(pair, row.line), pair in number, arcs.file)
        if problem is None:
            ranks[number[pair]] = int(row["rank"])
        else:
            problems.append(problem)
    if problems:
        raise BadInputError(problems)
    return ranks


def _fault(table: Table, row: Row, first: int, is_known: bool, pairs_file: str) -> Problem | None:  # noqa: FBT001 -- private, one caller
    pair = f"the pair “{row['person']}” – “{row['post']}”"
    if not is_known:
        found = f"{pair} does not occur in {pairs_file}"
        return table.problem(row, "person", found, "correct the names or delete the row")
    if first != row.line:
        found = f"{pair} already occurs in line {first}"
        return table.problem(row, "person", found, "keep one of the two rows")
    if not re.fullmatch("[1-9][0-9]{0,8}", row["rank"]):
        found = f"“{row['rank']}” is not a whole number from 1" if row["rank"] else "is empty"
        return table.problem(row, "rank", found, "write 1 for the best, 2, 3, …; equal ranks are ties")
    return None
