"""From marks to what a run keeps: fair scores with intervals, subsets, and figures that say how sure they are."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtri

from secondment.algorithms.arrays import IndexArray
from secondment.algorithms.rating.ratings import RatingError
from secondment.measurement.choices import Model
from secondment.measurement.estimating import Estimate, Watch, estimate, named_ratings
from secondment.measurement.inputs import Inputs, candidate_of
from secondment.measurement.posteriors import pack

LEVEL = 0.9


@dataclass(frozen=True)
class Measured:
    """`of_candidate` holds the fields of a `Measure`; `results` what the run keeps; `posterior` the packed arrays."""

    results: dict[str, Any]
    of_candidate: dict[int, dict[str, Any]]
    posterior: bytes


def measure(inputs: Inputs, model: Model, *, watch: Watch = lambda: None) -> Measured:
    """Estimate and put down; marks that carry no estimate leave a reason instead of measures."""
    named = named_ratings(inputs)
    try:
        found = estimate(named, model, watch=watch)
    except RatingError as error:
        return Measured({"refused": str(error)}, {}, b"")
    candidates = [candidate_of(code) for code in named.names["ratee"]]
    return Measured(
        results_of(found),
        _fields(found, candidates),
        pack(candidates, found.subset, found.posterior, found.fair, found.fair_se),
    )


def results_of(found: Estimate) -> dict[str, Any]:
    """Figures of the whole run."""
    sizes = np.bincount(found.subset)
    return {
        "subsets": int((sizes > 0).sum()),
        "reliability": found.reliability,
        "sd": found.sd,
        "per_logit": found.per_logit,
        "log_likelihood": found.log_likelihood,
        "iterations": found.iterations,
        "converged": found.converged,
    }


def _fields(found: Estimate, candidates: list[int]) -> dict[int, dict[str, Any]]:
    half = ndtri(0.5 + LEVEL / 2) * found.fair_se
    sizes = np.bincount(found.subset)
    numbers = _subset_numbers(found.subset)
    fields: dict[int, dict[str, Any]] = {}
    for place, candidate in enumerate(candidates):
        fields[candidate] = {"subset": int(numbers[place]), "is_extreme": bool(found.is_extreme[place])}
        # Whom nothing links to anybody has no score that could be held against another.
        if sizes[found.subset[place]] > 1:
            fair = float(found.fair[place])
            fields[candidate] |= {
                "fair_score": fair,
                "fair_se": float(found.fair_se[place]),
                "low": fair - float(half[place]),
                "high": fair + float(half[place]),
            }
    return fields


def _subset_numbers(subset: IndexArray) -> IndexArray:
    """Numbers from 1, the largest first."""
    values, count = np.unique(subset, return_counts=True)
    order = values[np.lexsort((values, -count))]
    number = np.zeros(int(values.max()) + 1, dtype=np.intp)
    number[order] = np.arange(1, len(order) + 1)
    return number[subset]
