"""Pairwise judgements (AHP) about the parts of a composite."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.weights import (
    MOST_INCONSISTENT,
    PairwiseWeights,
    group_judgements,
    pairwise_weights,
)
from secondment.cli.contract import NoSolutionError
from secondment.files.columns.rating import JUDGEMENT
from secondment.files.columns.rows import Cells, read_by_key
from secondment.files.numbers import finite_number
from secondment.files.problems import BadInputError
from secondment.files.table import Row

# Saaty's scale, with room for a written-out fraction.
MOST, LEAST = 9.001, 1 / 9.001


@dataclass(frozen=True)
class Judge:
    """One judge's pairwise judgements as weights."""

    file: str
    found: PairwiseWeights


def read_judgements(
    files: Sequence[Path], parts: Sequence[str]
) -> tuple[list[Judge], PairwiseWeights | None]:
    """Each judge's weights and the group's; judgements that contradict themselves are refused."""
    if not files:
        return [], None
    matrices = [_read_matrix(file, parts) for file in files]
    judges = [
        Judge(file.name, pairwise_weights(matrix)) for file, matrix in zip(files, matrices, strict=True)
    ]
    for judge in judges:
        if not judge.found.is_consistent:
            raise NoSolutionError(
                f"the judgements of {judge.file} contradict each other: consistency ratio "
                f"{judge.found.consistency_ratio:.2f}, it must stay under {MOST_INCONSISTENT:.2f}"
            )
    return judges, pairwise_weights(group_judgements(matrices))


def _read_matrix(path: Path, parts: Sequence[str]) -> FloatArray:
    """A square table: the column part names the row, the other columns are the parts."""
    table = read_by_key(path, JUDGEMENT, ("part",), also=parts)
    rows = {row["part"]: row for row in table.rows}
    missing = [part for part in parts if part not in rows]
    if missing:
        raise BadInputError.of_file(table.file, f"has no row for “{missing[0]}”", "give one row per part")
    cells = Cells(table)
    found = [[_judgement(cells, rows[one], other) for other in parts] for one in parts]
    if cells.problems:
        raise BadInputError(cells.problems)
    try:
        pairwise_weights(np.array(found))
    except RatingError as error:
        raise BadInputError.of_file(table.file, "is not a table of judgements", str(error)) from error
    return np.array(found)


def _judgement(cells: Cells, row: Row, column: str) -> float:
    """A number or a fraction such as 1/3."""
    above, slash, below = row[column].partition("/")
    divisor = finite_number(below) if slash else 1.0
    value = (finite_number(above) or 0.0) / divisor if divisor else 0.0
    if not LEAST <= value <= MOST:
        cells.add(row, column, f"is “{row[column]}”", "write a judgement from 1/9 to 9")
    return value
