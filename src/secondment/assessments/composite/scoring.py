"""Points of a quantitative indicator: the published piecewise-linear rule of the standard, level at both ends."""

from decimal import Decimal

from secondment.standards.models import Indicator


def score_of(indicator: Indicator, value: Decimal | float) -> float | None:
    """The score 0–100 of a value; none while the standard states no rule for it."""
    if len(indicator.points) < 2:
        return None
    import numpy as np

    from secondment.algorithms.rating.composite import indicator_score

    values, scores = (np.array(column, dtype=float) for column in zip(*indicator.points, strict=True))
    return float(indicator_score(np.array([float(value)]), values, scores)[0])
