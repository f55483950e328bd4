"""`--growth`: change since an earlier result, on a scale held by common anchors."""

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.facets import Method
from secondment.algorithms.rating.growth import Occasion, measure_growth
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.scale import ScaleKind
from secondment.cli.contract import NoSolutionError
from secondment.cli.json_input import read_json_object
from secondment.cli.rate.anchors import read_anchor_table
from secondment.cli.rate.fitted import Fitted, FittedFacets, Section
from secondment.cli.rate.output import mark_lists, number
from secondment.files.numbers import finite_number
from secondment.files.problems import BadInputError

LEVEL = 0.95
# Anchors are written with the digits of the earlier result or a rounding of them.
SAME = 0.005


@dataclass(frozen=True)
class _Earlier:
    """What growth needs of an earlier result: measure and error per ratee, values an anchor must equal, marks in use."""

    file: str
    ratees: dict[str, tuple[float, float]]
    values: dict[tuple[str, str], float]
    marks: object


@dataclass(frozen=True)
class _Held:
    """The ratees held by an anchor, who cannot grow; raters and criteria held; whether steps of the scale are."""

    file: str
    ratees: frozenset[str]
    others: frozenset[tuple[str, str]]
    has_steps: bool


def growth_section(arguments: argparse.Namespace) -> Section:
    """Compare with the earlier result; refuses occasions that no anchor holds on one scale."""
    method = Method(arguments.method or Method.JMLE)
    if arguments.anchors is None:
        raise BadInputError.of_file(
            "command line",
            "--growth needs --anchors: without common values a change is the difference of two scales",
            "give criteria, raters or thresholds with their measures in the earlier result",
        )
    earlier = _read_earlier(arguments.growth, method)
    held = _check_anchors(arguments.anchors, earlier)
    kind = ScaleKind(arguments.scale)

    def section(fitted: Fitted) -> dict[str, object]:
        _check_held(held, fitted)
        if isinstance(fitted, FittedFacets) and held.has_steps:
            _check_marks(mark_lists(fitted.fit.marks, kind, fitted.named.names["criterion"]), earlier)
        return _growth(fitted, earlier, held.ratees, method)

    return section


def _check_held(held: _Held, fitted: Fitted) -> None:
    """Some rater or criterion at its earlier value must have marks: an idle anchor links nothing."""
    if not any(element in fitted.named.names[facet] for facet, element in held.others):
        raise BadInputError.of_file(
            held.file,
            "holds no criterion and no rater" + (" that has a mark" if held.others else ""),
            "growth needs at least one of them at its earlier value",
        )


def _check_marks(marks: list[object], earlier: _Earlier) -> None:
    """Steps are numbered among the marks in use: the same number must mean the same mark on both occasions."""
    if earlier.marks is not None and earlier.marks != marks:
        found = f"has the marks {earlier.marks}, the ratings {marks}: a step of the same number means another mark"
        raise BadInputError.of_file(earlier.file, found, "leave the thresholds out of --anchors")


def _growth(fitted: Fitted, earlier: _Earlier, held: frozenset[str], method: Method) -> dict[str, object]:
    fitted.check_comparable()
    names, ratees = fitted.named.names["ratee"], fitted.ratees
    both = [index for index, name in enumerate(names) if name in earlier.ratees and name not in held]
    before = np.array([earlier.ratees[names[index]] for index in both]).reshape(len(both), 2)
    after = Occasion(ratees.measure[both], ratees.se[both])
    is_shrunk = method is Method.MML
    try:
        found = measure_growth(Occasion(before[:, 0], before[:, 1]), after, level=LEVEL, are_shrunk=is_shrunk)
    except RatingError as error:
        raise NoSolutionError(f"{error} ({len(both)} are in both results)") from error
    columns = {
        "before": before[:, 0],
        "after": after.measure,
        "change": found.change,
        "se": found.se,
        "smallest_distinguishable": found.smallest_distinguishable,
        "beyond_regression": found.beyond_regression,
        "beyond_se": found.beyond_se,
    }
    return {
        "level": LEVEL,
        "n": len(both),
        "mean_change": number(found.mean_change),
        "mean_change_se": number(found.mean_change_se),
        "reliability_before": number(found.reliability_before),
        "distinguishable": int(found.is_distinguishable.sum()),
        "rows": _rows([names[index] for index in both], columns, found.is_distinguishable.tolist()),
    }


def _rows(
    names: Sequence[str], columns: dict[str, FloatArray], sure: Sequence[bool]
) -> list[dict[str, object]]:
    return [
        {
            "id": name,
            **{key: number(values[place]) for key, values in columns.items()},
            "is_distinguishable": own,
        }
        for place, (name, own) in enumerate(zip(names, sure, strict=True))
    ]


def _read_earlier(path: Path, method: Method) -> _Earlier:
    content = read_json_object(path)
    if content.get("model") != "facets" or content.get("method") != method.value:
        found = f"is a result of {content.get('model')} {content.get('method') or ''}".rstrip()
        raise BadInputError.of_file(
            path.name,
            f"{found}, this run is facets {method.value}",
            "rate both occasions by the same model and method",
        )
    if content.get("subsets") != 1 and not content.get("assumption"):
        raise BadInputError.of_file(
            path.name, "its measures fall into several subsets", "rate it again with common raters or --link"
        )
    try:
        return _Earlier(path.name, _earlier_ratees(content), _earlier_values(content), content.get("marks"))
    except (KeyError, TypeError, ValueError) as error:
        remedy = "give the file that secondment rate wrote"
        raise BadInputError.of_file(path.name, "is not a result of secondment rate", remedy) from error


def _earlier_ratees(content: dict[str, Any]) -> dict[str, tuple[float, float]]:
    rows = content["facets"]["ratee"]
    found = {str(row["id"]): (float(row["measure"]), float(row["se"])) for row in rows}
    if not all(math.isfinite(value) for pair in found.values() for value in pair):
        raise ValueError("a measure is not a number")
    return found


def _earlier_values(content: dict[str, Any]) -> dict[tuple[str, str], float]:
    values = {
        (facet, str(row["id"])): float(row["measure"])
        for facet in ("ratee", "rater", "criterion")
        for row in content["facets"][facet]
    }
    steps = content["thresholds"]
    # Partial credit has thresholds per criterion, which cannot be anchored.
    shared = steps if all(isinstance(step, int | float) for step in steps) else []
    return values | {("threshold", str(place)): float(step) for place, step in enumerate(shared, start=1)}


def _check_anchors(path: Path, earlier: _Earlier) -> _Held:
    """Every anchor must be the earlier value."""
    table = read_anchor_table(path)
    problems = []
    for row in table.rows:
        was, value = earlier.values.get((row["facet"], row["id"])), finite_number(row["measure"])
        # A cell that is not a number is reported with the other faults of the anchors.
        if value is not None and (was is None or abs(value - was) > SAME):
            found = f"is {row['measure']}, the earlier result has {'no such element' if was is None else f'{was:.4f}'}"
            problems.append(table.problem(row, "measure", found, "anchor the value of the earlier result"))
    if problems:
        raise BadInputError(problems)
    others = frozenset(
        (row["facet"], row["id"]) for row in table.rows if row["facet"] in {"rater", "criterion"}
    )
    ratees = frozenset(row["id"] for row in table.rows if row["facet"] == "ratee")
    return _Held(table.file, ratees, others, any(row["facet"] == "threshold" for row in table.rows))
