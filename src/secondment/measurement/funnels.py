"""Units by the number of their raters, and gaps between groups: figures of whole ballots that need no model."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from secondment.algorithms.rating.funnel import INNER, OUTER, funnel_of
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.tally import LEAST, SIGNED
from secondment.measurement.inputs import Cast


def ballot_score(
    levels: Mapping[str, int | None], level_scores: Sequence[float], weights: Mapping[str, float]
) -> float | None:
    """One rater's view of one person on the 0–100 scale; None where nothing could be judged."""
    known = {code: level for code, level in levels.items() if level is not None and weights.get(code)}
    total = sum(weights[code] for code in known)
    if not total:
        return None
    return sum(weights[code] * level_scores[level - 1] for code, level in known.items()) / total


def funnel_figures(
    ballots: Iterable[Cast], level_scores: Sequence[float], weights: Mapping[str, float]
) -> dict[str, Any]:
    """Means of units with five raters or more, and the funnel they lie in; a reason where there is none."""
    scores: dict[str, list[float]] = defaultdict(list)
    for ballot in ballots:
        if ballot.group in SIGNED:
            continue
        own = [ballot_score(levels, level_scores, weights) for levels in ballot.marks.values()]
        known = [score for score in own if score is not None]
        if known:
            scores[ballot.unit].append(sum(known) / len(known))
    shown = {unit: values for unit, values in scores.items() if len(values) >= LEAST}
    mean = np.array([np.mean(values) for values in shown.values()])
    n = np.array([len(values) for values in shown.values()], dtype=np.intp)
    squares = sum(float(((np.array(values) - np.mean(values)) ** 2).sum()) for values in shown.values())
    freedom = int(n.sum()) - len(shown)
    try:
        found = funnel_of(mean, n, float(np.sqrt(squares / freedom)) if freedom > 0 else 0.0)
    except RatingError:
        return {"units": []}
    return {
        "target": found.target,
        "noise": found.noise,
        "between": found.between,
        "units": [
            {
                "unit": int(unit.removeprefix("U")),
                "n": int(size),
                "mean": float(value),
                "z": float(z),
                "inner": float(inner),
                "outer": float(outer),
            }
            for unit, size, value, z, inner, outer in zip(
                shown, n, mean, found.z, found.limit(n, INNER), found.limit(n, OUTER), strict=True
            )
        ],
    }
