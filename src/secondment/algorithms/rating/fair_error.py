"""How sure a fair mark of the facets model is, in the marks' own units."""

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.facets import FacetsFit
from secondment.algorithms.rating.fit_statistics import fair_marks

WIDEST = 40.0
N_POINTS = 8001


def facets_fair_errors(fit: FacetsFit) -> FloatArray:
    """Half of what the ratees' expected mark rises from one standard error below the measure to one above.

    The expected mark rises with the net merit, so the fair mark determines the position of each ratee on it.
    """
    ratees = fit.tables[0]
    difficulty = fit.tables[2].measure[fit.core.members[2]]
    scale, kappa = fit.core.design.scale, fit.parameters.kappa
    grid = np.linspace(-WIDEST, WIDEST, N_POINTS)
    net = np.interp(ratees.fair, fair_marks(grid, difficulty, scale, kappa), grid)
    above, below = (fair_marks(net + sign * ratees.se, difficulty, scale, kappa) for sign in (1, -1))
    return np.asarray((above - below) / 2)
