"""Read the anchor file of `secondment rate`: measures held from an earlier occasion."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.anchors import Anchors
from secondment.cli.rate.reading import NamedRatings
from secondment.files.columns.rating import ANCHOR, FACET_WORDS
from secondment.files.columns.rows import read_by_key
from secondment.files.numbers import finite_number
from secondment.files.problems import BadInputError, Problem
from secondment.files.table import Row, Table

# Far beyond any measure of real marks; the model's exponentials stay finite.
MOST_LOGITS = 100
FACETS = ("ratee", "rater", "criterion")


def read_anchors(path: Path, named: NamedRatings) -> tuple[Anchors, list[str]]:
    """Held values from a table with the columns facet, id, measure; and a note on elements that have no mark.

    A permanent list of anchors may name elements that were not marked this time.
    The facet `threshold` holds the steps of the shared scale, its id being the step number from 1.
    """
    table = read_anchor_table(path)
    if not table.rows:
        raise BadInputError.of_file(
            path.name, "has no rows", "add the values to hold, or leave out --anchors"
        )
    problems = [problem for row in table.rows for problem in _row_problems(table, row)]
    problems = sorted([*problems, *_repeats(table)], key=lambda problem: problem.line)
    steps = sorted(
        int(row["id"]) for row in table.rows if row["facet"] == "threshold" and row["id"].isdecimal()
    )
    if steps != list(range(1, len(steps) + 1)):
        found = f"thresholds are given for the steps {', '.join(str(step) for step in steps)}"
        problems.append(Problem.plain(path.name, 0, "", found, "give every step from 1 upwards, once"))
    if problems:
        raise BadInputError(problems)
    idle = sorted(
        f"{row['facet']} {row['id']}"
        for row in table.rows
        if row["facet"] in FACETS and row["id"] not in named.names[row["facet"]]
    )
    if len(idle) == len(table.rows):
        raise BadInputError.of_file(path.name, "names no one who has a mark", "use the codes of the ratings")
    values = {name: np.full(len(named.names[name]), np.nan) for name in FACETS}
    thresholds = np.empty(len(steps))
    for row in table.rows:
        if row["facet"] == "threshold":
            thresholds[int(row["id"]) - 1] = float(row["measure"])
        elif row["id"] in named.names[row["facet"]]:
            values[row["facet"]][named.names[row["facet"]].index(row["id"])] = float(row["measure"])
    held = (values["ratee"], values["rater"], values["criterion"])
    notes = [f"{path.name}: without a mark, so holding nothing: {', '.join(idle)}"] if idle else []
    return Anchors(held, _none_if_empty(thresholds)), notes


def read_anchor_table(path: Path) -> Table:
    """The rows of a table of anchors, their facets in our words."""
    table = read_by_key(path, ANCHOR, ("facet", "id", "measure"))
    rows = (
        replace(row, cells=row.cells | {"facet": FACET_WORDS.get(row["facet"], row["facet"])})
        for row in table.rows
    )
    return replace(table, rows=tuple(rows))


def _none_if_empty(thresholds: FloatArray) -> FloatArray | None:
    return thresholds if len(thresholds) else None


def _repeats(table: Table) -> list[Problem]:
    first: dict[tuple[str, str], int] = {}
    problems = []
    for row in table.rows:
        line = first.setdefault((row["facet"], row["id"]), row.line)
        if line != row.line:
            found = f"the {row['facet']} “{row['id']}” is held in line {line} too"
            problems.append(table.problem(row, "id", found, "keep one of the two rows"))
    return problems


def _row_problems(table: Table, row: Row) -> list[Problem]:
    problems = []
    facet, element = row["facet"], row["id"]
    measure = finite_number(row["measure"])
    if measure is None or abs(measure) > MOST_LOGITS:
        remedy = f"write a number from -{MOST_LOGITS} to {MOST_LOGITS}"
        problems.append(table.problem(row, "measure", f"is “{row['measure']}”", remedy))
    if facet not in {*FACETS, "threshold"}:
        remedy = "use ratee, rater, criterion or threshold"
        problems.append(table.problem(row, "facet", f"is “{facet}”", remedy))
    elif facet == "threshold" and not element.isdecimal():
        problems.append(table.problem(row, "id", f"is “{element}”", "write the number of the step"))
    return problems
