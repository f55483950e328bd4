"""Read the scheme of `--composite`: parts, weights or judgements, grades, and the tables it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from secondment.algorithms.rating.weights import PairwiseWeights, whole_percent
from secondment.cli.json_input import Keys, read_json_object
from secondment.cli.rate.judgements import Judge, read_judgements
from secondment.cli.rate.scheme_tables import ScoredPart, read_indicators, read_scores, read_vetoes
from secondment.files.problems import BadInputError, Problem

LEAST_WEIGHT = 0.6


@dataclass(frozen=True)
class RatingPart:
    """The fair mark, moved from the form's range to 0–100."""

    name: str
    lowest: float
    highest: float


@dataclass(frozen=True)
class Scheme:
    """Everything a composite needs but the fair marks."""

    parts: list[RatingPart | ScoredPart]
    percent: list[int]
    judges: list[Judge]
    group: PairwiseWeights | None
    grades: list[tuple[str, float]]
    lowest_grade: str
    vetoes: dict[str, str]
    least_weight: float
    quota: float | None


def read_scheme(path: Path, people: Sequence[str]) -> Scheme:
    """The scheme and its tables, which are next to it; every fault with its place."""
    problems: list[Problem] = []
    keys = Keys(path.name, read_json_object(path), problems)
    folder = path.parent
    given = keys.objects("parts")
    parts = [_part(part, folder, people, problems) for part in given]
    if not given:
        keys.add("parts", "is missing or empty", "list at least one part")
    names = [part.name for part in parts]
    if len(set(names)) < len(names):
        keys.add("parts", "two parts have the same name", "give every part its own name")
    judgement_files = keys.texts("judgements")
    percent = [] if judgement_files else _weights(given, keys)
    for part in given:
        part.finish()
    grades, lowest = _grades(keys)
    vetoes = read_vetoes(folder / keys.text("vetoes"), people, problems) if keys.has("vetoes") else {}
    least = keys.number("least_weight", default=LEAST_WEIGHT, least=0, most=1)
    quota = keys.number("quota", least=0, most=1) if keys.has("quota") else None
    keys.finish()
    if problems:
        raise BadInputError(problems)
    judges, group = read_judgements([folder / file for file in judgement_files], names)
    if group is not None:
        percent = whole_percent(group.weights)
    return Scheme(parts, percent, judges, group, grades, lowest, vetoes, least, quota)


def _part(
    keys: Keys, folder: Path, people: Sequence[str], problems: list[Problem]
) -> RatingPart | ScoredPart:
    name = keys.text("name")
    if keys.has("table"):
        return read_scores(name, folder / keys.text("table"), people, problems)
    if keys.has("indicators"):
        indicators, rules = keys.text("indicators"), keys.text("rules")
        return read_indicators(name, folder / indicators, folder / rules, people, problems)
    n_problems = len(problems)
    lowest, highest = keys.number("lowest_mark"), keys.number("highest_mark")
    if len(problems) == n_problems and highest <= lowest:
        keys.add("highest_mark", "is not above lowest_mark", "write the range of the form, or name a table")
    return RatingPart(name, lowest, highest)


def _weights(given: Sequence[Keys], keys: Keys) -> list[int]:
    percent = [int(part.number("weight", least=0, most=100, integer=True)) for part in given]
    if given and sum(percent) != 100:
        keys.add("parts", f"the weights sum to {sum(percent)}", "give integer percent that sum to 100")
    return percent


def _grades(keys: Keys) -> tuple[list[tuple[str, float]], str]:
    """Names and lower limits, rising, and the name below the lowest limit."""
    grades = []
    for grade in keys.objects("grades"):
        grades.append((grade.text("name"), grade.number("from", least=0, most=100)))
        grade.finish()
    lowest = keys.text("lowest_grade")
    limits = [limit for _, limit in grades]
    if not grades:
        keys.add("grades", "is missing or empty", "list the grades with their lower limits, the best first")
    elif any(low >= high for high, low in pairwise(limits)):
        keys.add("grades", "the limits do not fall", "list the best grade first")
    return grades[::-1], lowest
