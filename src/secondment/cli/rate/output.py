"""The result file of `secondment rate`."""

import math
from collections.abc import Sequence

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.facets import FacetsFit, FacetTable
from secondment.algorithms.rating.fit_statistics import Separation, separation
from secondment.algorithms.rating.hierarchical import HierarchicalFit
from secondment.algorithms.rating.hierarchical_report import HierarchicalReport, ratee_reliability
from secondment.algorithms.rating.scale import ScaleKind

FACETS = ("ratee", "rater", "criterion")
EXTREME_WORDS = {1: "highest", -1: "lowest"}


def facets_result(fit: FacetsFit, names: dict[str, list[str]], kind: ScaleKind) -> dict[str, object]:
    """The facets model as the documented JSON object."""
    tables = dict(zip(FACETS, fit.tables, strict=True))
    facets = {name: table_rows(names[name], table) for name, table in tables.items()}
    reliability = {
        name: separation_words(separation(table.measure, table.se)) for name, table in tables.items()
    }
    sd = {name: number(float(np.std(table.measure))) for name, table in tables.items()}
    if fit.ratee_sd is not None:
        sd["ratee"] = number(fit.ratee_sd)
    return {
        "facets": {**facets, "source": [], "unit": []},
        "thresholds": threshold_lists(fit.thresholds, kind, names["criterion"]),
        "marks": mark_lists(fit.marks, kind, names["criterion"]),
        "reliability": reliability,
        "sd": sd,
        "subsets": fit.n_subsets,
        "assumption": fit.assumption,
        "extreme": {name: extreme_names(names[name], table) for name, table in tables.items()},
        "converged": fit.converged,
        "iterations": fit.iterations,
        "log_likelihood": fit.log_likelihood,
    }


def hierarchical_result(
    fit: HierarchicalFit, report: HierarchicalReport, names: dict[str, list[str]]
) -> dict[str, object]:
    """The hierarchical model as the documented JSON object."""
    sources = names["source"] or ["all"]
    if len(sources) < len(report.source.measure):
        sources = [*sources, "none"]
    tables = {
        "ratee": (names["ratee"], report.ratee),
        "rater": (names["rater"], report.rater),
        "criterion": (names["criterion"], report.criterion),
        "source": (sources, report.source),
        "unit": (names["unit"], report.unit),
    }
    reliability = {name: _reliability(table) for name, (_, table) in tables.items() if len(table.measure)}
    reliability["ratee"] = _reliability_words(ratee_reliability(fit))
    return {
        "facets": {name: table_rows(elements, table) for name, (elements, table) in tables.items()},
        "thresholds": [number(step) for step in report.thresholds],
        "reliability": reliability,
        "sd": {effect.value: number(sd) for effect, sd in fit.spread.sd.items()},
        "subsets": report.n_subsets,
        "assumption": report.assumption,
        "extreme": {},
        "converged": fit.converged,
        "iterations": fit.iterations,
        "log_likelihood": fit.log_likelihood,
    }


def _reliability(table: FacetTable) -> dict[str, float | None]:
    """Share of variance that is not error, for estimates already drawn towards the mean."""
    known = np.isfinite(table.measure)
    if not known.any():
        return _reliability_words(0.0)
    spread, error = float(np.var(table.measure[known])), float(np.mean(table.se[known] ** 2))
    return _reliability_words(spread / (spread + error) if spread + error else 0.0)


def _reliability_words(share: float) -> dict[str, float | None]:
    ratio = math.sqrt(share / (1 - share)) if share < 1 else math.inf
    return {
        "separation": number(ratio),
        "strata": number((4 * ratio + 1) / 3),
        "reliability": number(share),
    }


def number(value: float) -> float | None:
    """A JSON number, or null for what has no value."""
    return round(float(value), 10) if math.isfinite(value) else None


def table_rows(names: Sequence[str], table: FacetTable) -> list[dict[str, object]]:
    """One object per element, in the order of the names."""
    columns = [
        column.tolist()
        for column in (table.measure, table.se, table.infit, table.outfit, table.n, table.subset, table.fair)
    ]
    return [
        {
            "id": name,
            "measure": number(measure),
            "se": number(se),
            "infit": number(infit),
            "outfit": number(outfit),
            "n": n,
            "subset": subset + 1,
            "fair": number(fair),
        }
        for name, measure, se, infit, outfit, n, subset, fair in zip(names, *columns, strict=True)
    ]


def separation_words(found: Separation) -> dict[str, float | None]:
    """Separation statistics by name."""
    return {
        "separation": number(found.separation),
        "strata": number(found.strata),
        "reliability": number(found.reliability),
        "chi_square": number(found.chi_square),
        "df": found.df,
        "p": number(found.p_value),
    }


def extreme_names(names: Sequence[str], table: FacetTable) -> dict[str, str]:
    """The elements with only top or only bottom marks; their measures lie outside what was estimated."""
    return {
        names[index]: EXTREME_WORDS[int(table.extreme[index])]
        for index in np.flatnonzero(table.extreme).tolist()
    }


def mark_lists(marks: FloatArray, kind: ScaleKind, criteria: Sequence[str]) -> list[object]:
    """The marks in use, ascending; on partial credit one object per criterion."""
    lists = [[number(mark) for mark in row if not math.isnan(mark)] for row in marks]
    if kind is ScaleKind.RATING:
        return list(lists[0])
    return [{"criterion": name, "marks": own} for name, own in zip(criteria, lists, strict=True)]


def threshold_lists(thresholds: FloatArray, kind: ScaleKind, criteria: Sequence[str]) -> list[object]:
    """The steps in logits; on partial credit one object per criterion."""
    lists = [[number(step) for step in row if not math.isnan(step)] for row in thresholds]
    if kind is ScaleKind.RATING:
        return list(lists[0])
    return [{"criterion": name, "thresholds": steps} for name, steps in zip(criteria, lists, strict=True)]
