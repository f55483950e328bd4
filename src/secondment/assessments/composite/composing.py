"""From inputs to composites: one bridge to `algorithms.rating.composite` for each standard of a pool."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.composite import Composite, Parts, compose
from secondment.algorithms.rating.ranking import Posterior
from secondment.assessments.composite.choices import STANDARD_ERRORS, VOTES, Backing, Basis
from secondment.assessments.composite.inputs import Inputs
from secondment.assessments.composite.scoring import score_of
from secondment.assessments.composite.standards import Scheme
from secondment.measurement.models import Run
from secondment.measurement.reading import posterior_of


@dataclass(frozen=True)
class Composed:
    """People of one standard: their composites, and (with fair scores) the distribution of these by comparable set."""

    people: list[int]
    columns: list[str]
    weights: FloatArray
    parts: Parts
    composite: Composite
    comparable: list[tuple[int, ...]]
    posteriors: list[Posterior]


def compose_all(
    inputs: Inputs, schemes: Mapping[int, Scheme], basis: str, cuts: Sequence[float]
) -> list[Composed]:
    """Everybody with a standard, standard by standard; `schemes` by the key of the version, `cuts` between bands."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for key, person in inputs["people"].items():
        if person["version"] is not None:
            groups[person["version"]].append(int(key))
    return [_composed(inputs, keys, schemes[version], basis, cuts) for version, keys in groups.items()]


def _composed(inputs: Inputs, keys: list[int], scheme: Scheme, basis: str, cuts: Sequence[float]) -> Composed:
    people = [inputs["people"][str(key)] for key in keys]
    columns = [VOTES, *(one.code for one in scheme.quantitative)]
    weights = np.array([scheme.rated_weight, *(one.weight for one in scheme.quantitative)], dtype=float)
    scores, errors = (np.full((len(keys), len(columns)), np.nan) for _n in range(2))
    for row, person in enumerate(people):
        scores[row, 0], errors[row, 0] = _voted(person["votes"], basis)
        for column, indicator in enumerate(scheme.quantitative, start=1):
            value, backing = person["values"].get(indicator.code, (None, ""))
            score = score_of(indicator, value) if value is not None else None
            if score is not None:
                scores[row, column], errors[row, column] = score, STANDARD_ERRORS[Backing(backing)]
    veto = np.array([bool(one["adverse"]) for one in people])
    parts = Parts(scores, errors, veto)
    weights = weights / weights.sum()
    composite = compose(parts, weights, np.array(cuts, dtype=float))
    comparable: list[tuple[int, ...]] = []
    posteriors: list[Posterior] = []
    if basis == Basis.FAIR:
        run = inputs["runs"].get(str(scheme.version.pk))
        comparable, posteriors = _posteriors(keys, people, parts, weights, composite, run)
    return Composed(keys, columns, weights, parts, composite, comparable, posteriors)


def _voted(votes: Inputs | None, basis: str) -> tuple[float, float]:
    """The score of the votes and its error; with the plain tally no error is known, and none is shown."""
    if votes is None:
        return np.nan, np.nan
    if basis == Basis.PLAIN:
        return (np.nan, np.nan) if votes["plain"] is None else (votes["plain"], 0.0)
    return (np.nan, np.nan) if votes["fair"] is None else (votes["fair"], votes["se"])


def _posteriors(
    keys: Sequence[int],
    people: Sequence[Inputs],
    parts: Parts,
    weights: FloatArray,
    composite: Composite,
    run: int | None,
) -> tuple[list[tuple[int, ...]], list[Posterior]]:
    """Composites as distributions, a set for each part of the people whom common raters link."""
    found = posterior_of(Run(pk=run)) if run else None
    if found is None:
        return [], []
    place = {candidate: at for at, candidate in enumerate(found.candidates)}
    sets: defaultdict[int, list[int]] = defaultdict(list)
    for row, person in enumerate(people):
        if np.isfinite(composite.score[row]) and np.isfinite(parts.score[row, 0]):
            sets[person["votes"]["subset"]].append(row)
    posteriors = []
    for rows in sets.values():
        of_run = [place[people[row]["votes"]["candidate"]] for row in rows]
        posteriors.append(_posterior(found.score, of_run, rows, parts, weights, composite))
    return [tuple(keys[row] for row in rows) for rows in sets.values()], posteriors


def _posterior(
    votes: Posterior,
    of_run: list[int],
    rows: list[int],
    parts: Parts,
    weights: FloatArray,
    composite: Composite,
) -> Posterior:
    """Errors of the votes hang together as the run says; those of values are each their own."""
    present = np.isfinite(parts.score[rows]) * weights
    share = present / present.sum(axis=1)[:, None]
    values = ((share[:, 1:] * np.nan_to_num(parts.se[rows][:, 1:])) ** 2).sum(axis=1)
    own = share[:, 0] ** 2 * votes.own_variance[of_run] + values
    return Posterior(composite.score[rows], own, share[:, :1] * votes.common[of_run])


def contributions(composed: Composed, row: int, titles: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What each part adds to the composite of one person; an absent part says so and adds nothing."""
    present = np.isfinite(composed.parts.score[row]) * composed.weights
    total = float(present.sum())
    return [
        {
            "code": code,
            "title": str(titles[code]),
            "weight": round(100 * float(composed.weights[column]), 2),
            "share": round(100 * float(present[column]) / total, 2) if present[column] else None,
            "score": _number(composed.parts.score[row, column]),
            "se": _number(composed.parts.se[row, column]),
            "adds": _number(composed.composite.contribution[row, column]) if present[column] else None,
        }
        for column, code in enumerate(composed.columns)
    ]


def _number(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None
