"""One grid of merits for all ratees, fine enough for the sharpest posterior, and the model tabulated on it."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.design import Parameters, category_probabilities
from secondment.algorithms.rating.patterns import Patterns
from secondment.algorithms.rating.ratings import RatingError
from secondment.algorithms.rating.scale import Scale

# Where posteriors may lie: this far in logits and in SDs of the population; and the steps in which to look.
FARTHEST, FARTHEST_SD, COARSE = 30.0, 8.0, 1.0
# Log density below a class's highest at which its posterior is taken to be 0.
DEPTH = 30.0
# Node distance in the smallest posterior SD there can be.
NODES_APART = 0.5
MOST_CELLS = 60_000_000


@dataclass(frozen=True)
class Tables:
    """The model at every node: `p` (categories × items × nodes) and `log_norm` (patterns × nodes)."""

    nodes: FloatArray
    p: FloatArray
    log_norm: FloatArray

    @property
    def expected(self) -> FloatArray:
        """Expected category per item and node."""
        return np.tensordot(np.arange(len(self.p)), self.p, axes=1)

    @property
    def variance(self) -> FloatArray:
        """Variance of the category per item and node."""
        return np.asarray(np.tensordot(np.arange(len(self.p)) ** 2, self.p, axes=1) - self.expected**2)


def tabulate(patterns: Patterns, at: Parameters, scale: Scale, nodes: FloatArray) -> Tables:
    """O(items × nodes × categories), whatever the number of ratees."""
    severity = at.facets[1][patterns.item_rater] + at.facets[2][patterns.item_criterion]
    n_levels, n_items, n_nodes = at.kappa.shape[1], len(severity), len(nodes)
    if n_levels * n_items * n_nodes > MOST_CELLS:
        raise RatingError(
            f"marginal estimation of {n_items} pairs of rater and criterion at {n_nodes} merits is too large; "
            "use the method jmle"
        )
    rows = at.kappa
    if scale.n_groups > 1:
        rows = np.repeat(at.kappa[scale.group[patterns.item_criterion]], n_nodes, axis=0)
    p, log_norm = category_probabilities((nodes - severity[:, None]).ravel(), rows)
    return Tables(
        nodes, p.T.reshape(n_levels, n_items, n_nodes), patterns.times @ log_norm.reshape(n_items, n_nodes)
    )


def log_density(patterns: Patterns, tables: Tables, mean: float, sd: float) -> FloatArray:
    """Log of likelihood times population density per class and node, but for what does not depend on merit."""
    prior = -0.5 * ((tables.nodes - mean) / sd) ** 2 - np.log(sd) - 0.5 * np.log(2 * np.pi)
    of_marks = patterns.class_total[:, None] * tables.nodes - tables.log_norm[patterns.class_pattern]
    return np.asarray(of_marks + prior)


def fine_nodes(patterns: Patterns, at: Parameters, scale: Scale, mean: float, sd: float) -> FloatArray:
    """Evenly spaced nodes over all posteriors.

    On even nodes the plain sum integrates a normal posterior with an error like exp(−2π²/d²), d being the distance in
    posterior SDs; one of few marks, whose likelihood has poles near the real line, like exp(−12/d) (Trefethen &
    Weideman 2014). No posterior is sharper than the population's precision
    plus the largest information; log-concavity lets none reach beyond the nodes where it has fallen by `DEPTH`.
    """
    reach = np.ceil(FARTHEST + FARTHEST_SD * sd)
    coarse = tabulate(patterns, at, scale, np.arange(-reach, reach + COARSE, COARSE))
    density = log_density(patterns, coarse, mean, sd)
    inside = np.flatnonzero((density >= density.max(axis=1, keepdims=True) - DEPTH).any(axis=0))
    low, high = coarse.nodes[inside[0]] - COARSE, coarse.nodes[inside[-1]] + COARSE
    information = patterns.times @ coarse.variance
    sharpest = 1 / np.sqrt(1 / sd**2 + information[:, inside].max())
    n_nodes = int(np.ceil((high - low) / (NODES_APART * sharpest))) + 1
    return np.linspace(low, high, n_nodes)
