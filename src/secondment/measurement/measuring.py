"""From marks to what a run keeps: fair scores with intervals, subsets, and figures that say how sure they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import ndtri

from secondment.algorithms.arrays import IndexArray
from secondment.algorithms.rating.facets import FacetTable
from secondment.algorithms.rating.rank_sets import joint_ranks
from secondment.algorithms.rating.ranking import Posterior
from secondment.algorithms.rating.ratings import RatingError
from secondment.measurement.choices import Model
from secondment.measurement.estimating import Estimate, UnlinkedError, Watch, estimate, named_ratings
from secondment.measurement.flags import ORGANISATION
from secondment.measurement.inputs import Inputs, candidate_of
from secondment.measurement.posteriors import pack

LEVEL = 0.9


@dataclass(frozen=True)
class Measured:
    """`of_candidate` holds the fields of a `Measure`; `results` what the run keeps; `posterior` the packed arrays."""

    results: dict[str, Any]
    of_candidate: dict[int, dict[str, Any]]
    posterior: bytes


def measure(
    inputs: Inputs,
    model: Model,
    *,
    weights: Mapping[str, Mapping[str, float]],
    seed: int,
    watch: Watch = lambda: None,
) -> Measured:
    """Estimate and put down; marks that carry no estimate leave a reason instead of measures."""
    named = named_ratings(inputs)
    try:
        found = estimate(named, model, weights, watch=watch)
    except RatingError as error:
        return Measured({"refused": str(error), "is_unlinked": isinstance(error, UnlinkedError)}, {}, b"")
    candidates = [candidate_of(code) for code in named.names["ratee"]]
    return Measured(
        results_of(found) | ({"weights": weights} if model == Model.HIERARCHICAL else {}),
        _fields(found, candidates, seed),
        pack(candidates, found.subset, found.posterior, found.fair, found.fair_se),
    )


def results_of(found: Estimate) -> dict[str, Any]:
    """Figures of the whole run."""
    sizes = np.bincount(found.subset)
    return {
        "subsets": int((sizes > 0).sum()),
        "n_comparable": int(sizes.max()),
        "reliability": found.reliability,
        "sd": found.sd,
        "per_logit": found.per_logit,
        "log_likelihood": found.log_likelihood,
        "iterations": found.iterations,
        "converged": found.converged,
        "units": [
            {
                "unit": int(code.removeprefix("U")),
                "kinder": -step * found.per_logit,
                "se": error * found.per_logit,
            }
            for code, step, error in _known(found, "unit")
        ],
        "members": [
            {
                "rater": code.removeprefix(ORGANISATION),
                "stricter": step * found.per_logit,
                "se": error * found.per_logit,
            }
            for code, step, error in _known(found, "rater")
            if code.startswith(ORGANISATION)
        ],
    }


def _known(found: Estimate, facet: str) -> list[tuple[str, float, float]]:
    """Name, measure and error of every element that has them."""
    table: FacetTable | None = found.tables.get(facet)
    if table is None:
        return []
    rows = zip(found.named.names[facet], table.measure.tolist(), table.se.tolist(), strict=False)
    return [row for row in rows if np.isfinite(row[1]) and np.isfinite(row[2])]


def ranks_within(posterior: Posterior, subset: IndexArray, *, seed: int) -> dict[int, tuple[int, int]]:
    """Joint 90 % rank intervals by place, of each subset apart; none where there are too many people."""
    found: dict[int, tuple[int, int]] = {}
    for number in np.unique(subset).tolist():
        places = np.flatnonzero(subset == number)
        own = Posterior(posterior.mean[places], posterior.own_variance[places], posterior.common[places])
        try:
            sets = joint_ranks(own, level=LEVEL, seed=seed)
        except RatingError:
            continue
        found |= dict(
            zip(places.tolist(), zip(sets.low.tolist(), sets.high.tolist(), strict=True), strict=True)
        )
    return found


def _fields(found: Estimate, candidates: list[int], seed: int) -> dict[int, dict[str, Any]]:
    half = ndtri(0.5 + LEVEL / 2) * found.fair_se
    sizes = np.bincount(found.subset)
    numbers = _subset_numbers(found.subset)
    ranks = ranks_within(found.posterior, found.subset, seed=seed)
    fields: dict[int, dict[str, Any]] = {}
    for place, candidate in enumerate(candidates):
        fields[candidate] = {"subset": int(numbers[place]), "is_extreme": bool(found.is_extreme[place])}
        # Whom nothing links to anybody has no score that could be held against another.
        if sizes[found.subset[place]] > 1:
            fair, (best, worst) = float(found.fair[place]), ranks.get(place, (None, None))
            fields[candidate] |= {
                "fair_score": fair,
                "fair_se": float(found.fair_se[place]),
                "low": fair - float(half[place]),
                "high": fair + float(half[place]),
                "rank_low": best,
                "rank_high": worst,
            }
    return fields


def _subset_numbers(subset: IndexArray) -> IndexArray:
    """Numbers from 1, the largest first."""
    values, count = np.unique(subset, return_counts=True)
    order = values[np.lexsort((values, -count))]
    number = np.zeros(int(values.max()) + 1, dtype=np.intp)
    number[order] = np.arange(1, len(order) + 1)
    return number[subset]
