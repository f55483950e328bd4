"""The tables a composite's scheme names: scores, indicators with their rules, vetoes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.composite import Parts, compose, indicator_score
from secondment.algorithms.rating.ratings import RatingError
from secondment.files.columns.rating import BACKING_WORDS, COMPOSITE
from secondment.files.columns.rows import Cells, read_by_key
from secondment.files.problems import Problem
from secondment.files.table import Row

# Standard error in points by how an indicator's figure is backed.
BACKING = {"audited": 2.0, "documented": 5.0, "declared": 10.0}


@dataclass(frozen=True)
class ScoredPart:
    """Scores 0–100 with standard errors per person, nan where there is none."""

    name: str
    score: FloatArray
    se: FloatArray


@dataclass(frozen=True)
class _Rule:
    points: FloatArray
    scores: FloatArray
    weight: float


def read_scores(name: str, path: Path, people: Sequence[str], problems: list[Problem]) -> ScoredPart:
    """A part from a table with the columns ratee, score and se or backing; an empty score is unknown, not 0."""
    table = read_by_key(path, COMPOSITE, ("ratee", "score"))
    part, cells = _nothing(name, people), Cells(table)
    place = {person: number for number, person in enumerate(people)}
    for row, person in zip(table.rows, _people(cells, people), strict=True):
        if row["score"]:
            score, se = cells.number(row, "score", least=0, most=100), _error(cells, row)
            if person in place:
                part.score[place[person]], part.se[place[person]] = score, se
    problems += cells.in_order()
    return part


def read_indicators(
    name: str, path: Path, rules_path: Path, people: Sequence[str], problems: list[Problem]
) -> ScoredPart:
    """A part from indicator values by published piecewise-linear rules; what is unknown stays unknown.

    Indicators weigh as their rules say; a person of whom 60 % of that weight is known is scored on it.
    """
    rules = _read_rules(rules_path, problems)
    table = read_by_key(path, COMPOSITE, ("ratee", "indicator", "value", "backing"))
    cells, order = Cells(table), {indicator: number for number, indicator in enumerate(rules)}
    place = {person: number for number, person in enumerate(people)}
    value, se = (np.full((len(people), len(rules)), np.nan) for _ in range(2))
    seen: set[tuple[str, str]] = set()
    for row in table.rows:
        key = (row["ratee"], row["indicator"])
        _check_indicator(cells, row, seen, (place, order))
        seen.add(key)
        if row["value"]:
            measured = (cells.number(row, "value"), _error(cells, row))
            if key[0] in place and key[1] in order:
                cell = place[key[0]], order[key[1]]
                value[cell], se[cell] = measured
    problems += cells.in_order()
    if not rules:
        return _nothing(name, people)
    weights = np.array([rule.weight for rule in rules.values()])
    scores = [indicator_score(value[:, order[key]], rule.points, rule.scores) for key, rule in rules.items()]
    parts = Parts(np.stack(scores, axis=1), se, np.zeros(len(people), dtype=bool))
    found = compose(parts, weights / weights.sum(), np.zeros(0))
    return ScoredPart(name, found.score, found.se)


def _check_indicator(
    cells: Cells, row: Row, seen: set[tuple[str, str]], known: tuple[Mapping[str, int], Mapping[str, int]]
) -> None:
    if row["ratee"] not in known[0]:
        cells.add(row, "ratee", f"“{row['ratee']}” has no mark", "use the code of a ratee in the ratings")
    if row["indicator"] not in known[1]:
        cells.add(
            row, "indicator", f"“{row['indicator']}” has no rule", "add its points to the table of rules"
        )
    if (row["ratee"], row["indicator"]) in seen:
        cells.add(row, "indicator", "occurs twice for this ratee", "keep one row of the two")


def _read_rules(path: Path, problems: list[Problem]) -> dict[str, _Rule]:
    table = read_by_key(path, COMPOSITE, ("indicator", "value", "score"))
    cells = Cells(table)
    points: dict[str, list[tuple[float, float]]] = {}
    weights: dict[str, float] = {}
    for row in table.rows:
        found = cells.number(row, "value"), cells.number(row, "score", least=0, most=100)
        points.setdefault(row["indicator"], []).append(found)
        weights.setdefault(row["indicator"], cells.number(row, "weight", blank=1.0, least=0.001))
    problems += cells.in_order()
    rules = {}
    for indicator, own in points.items():
        values, scores = np.array(own).T
        rules[indicator] = _Rule(values, scores, weights[indicator])
        try:
            indicator_score(np.zeros(1), rules[indicator].points, rules[indicator].scores)
        except RatingError as error:
            problems.append(
                Problem.plain(
                    table.file, 0, f"indicator “{indicator}”", "its points make no rule", str(error)
                )
            )
            return {}
    return rules


def read_vetoes(path: Path, people: Sequence[str], problems: list[Problem]) -> dict[str, str]:
    """The stated fact by which a person has no grade proposed, from the columns ratee and reason."""
    table = read_by_key(path, COMPOSITE, ("ratee", "reason"))
    cells, found = Cells(table), {}
    for row, name in zip(table.rows, _people(cells, people), strict=True):
        if not row["reason"]:
            cells.add(row, "reason", "is empty", "write the fact and who decided")
        found[name] = row["reason"]
    problems += cells.in_order()
    return found


def _people(cells: Cells, people: Sequence[str]) -> list[str]:
    names, known = cells.names("ratee"), set(people)
    remedy = "use the code of a ratee in the ratings, or delete the row"
    for row, name in zip(cells.table.rows, names, strict=True):
        if name and name not in known:
            cells.add(row, "ratee", f"“{name}” has no mark", remedy)
    return names


def _nothing(name: str, people: Sequence[str]) -> ScoredPart:
    return ScoredPart(name, np.full(len(people), np.nan), np.full(len(people), np.nan))


def _error(cells: Cells, row: Row) -> float:
    if row["se"]:
        return cells.number(row, "se", least=0)
    backing = BACKING_WORDS.get(row["backing"], row["backing"])
    if backing not in BACKING:
        found = f"is “{row['backing']}”" if row["backing"] else "is empty and there is no se"
        cells.add(row, "backing", found, f"write {', '.join(BACKING)}, or a standard error in the column se")
    return BACKING.get(backing, 0.0)
