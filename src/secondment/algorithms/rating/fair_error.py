"""How sure a fair mark is, in the marks' own units."""

from collections.abc import Callable

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.facets import FacetsFit, FacetTable
from secondment.algorithms.rating.fit_statistics import expected_mark, fair_marks
from secondment.algorithms.rating.hierarchical import HierarchicalFit

WIDEST = 40.0
N_POINTS = 8001


def facets_fair_errors(fit: FacetsFit) -> FloatArray:
    """Standard errors of the ratees' fair marks under the facets model."""
    difficulty = fit.tables[2].measure[fit.core.members[2]]
    scale, kappa = fit.core.design.scale, fit.parameters.kappa
    return _errors(lambda merit: fair_marks(merit, difficulty, scale, kappa), fit.tables[0])


def hierarchical_fair_errors(fit: HierarchicalFit, ratees: FacetTable) -> FloatArray:
    """Standard errors of the ratees' fair marks under the hierarchical model."""
    kappa = np.concatenate([[0.0], fit.mode.state.border[fit.campaign.n_border :], [0.0]])
    return _errors(lambda net: expected_mark(net, fit.campaign.scale, kappa[None, :], 0), ratees)


def _errors(marks_at: Callable[[FloatArray], FloatArray], ratees: FacetTable) -> FloatArray:
    """Half of what the expected mark rises from one standard error below the measure to one above.

    `marks_at` rises with the net merit, so that the fair mark determines the position of each ratee on it.
    """
    grid = np.linspace(-WIDEST, WIDEST, N_POINTS)
    net = np.interp(ratees.fair, marks_at(grid), grid)
    return np.asarray((marks_at(net + ratees.se) - marks_at(net - ratees.se)) / 2)
