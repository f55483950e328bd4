"""Numbers of connected parts and subsets for all elements, those set aside included."""

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from secondment.algorithms.arrays import IndexArray
from secondment.algorithms.rating.core import Core
from secondment.algorithms.rating.design import RATEE, RATER
from secondment.algorithms.rating.ratings import Ratings
from secondment.algorithms.rating.subsets import Connection


def spread_labels(
    ratings: Ratings, core: Core, own: tuple[IndexArray, IndexArray]
) -> tuple[IndexArray, IndexArray]:
    """Give ratees and raters set aside the label of a partner that has one; the rest form new parts."""
    columns = (ratings.ratee, ratings.rater)
    labels = (np.full(ratings.n_ratees, -1), np.full(ratings.n_raters, -1))
    for facet in (RATEE, RATER):
        labels[facet][core.members[facet]] = own[facet]
    last = max(int(core.removed_in[facet].max()) for facet in (RATEE, RATER))
    for turn in range(last, 0, -1):
        for facet, other in ((RATEE, RATER), (RATER, RATEE)):
            partner = labels[other][columns[other]]
            gains = (core.removed_in[facet][columns[facet]] == turn) & (partner >= 0)
            gains &= labels[facet][columns[facet]] < 0
            labels[facet][columns[facet][gains]] = partner[gains]
    _label_the_rest(columns, labels)
    return labels


def subsets_of_all(
    core: Core, connection: Connection, parts: tuple[IndexArray, IndexArray]
) -> tuple[IndexArray, IndexArray]:
    """Subsets of all ratees and raters from the connected `parts`; parts without a fitted element are new."""
    n_parts = max(int(part.max()) for part in parts) + 1
    fresh = max(int(connection.subsets[facet].max()) for facet in (RATEE, RATER)) + 1
    first = int(connection.component[RATEE].max()) + 1
    result = []
    for facet in (RATEE, RATER):
        subset_of_part = fresh + np.arange(n_parts) - first
        subset_of_part[connection.component[facet]] = connection.subsets[facet]
        subset = subset_of_part[parts[facet]]
        subset[core.members[facet]] = connection.subsets[facet]
        result.append(subset)
    return result[RATEE], result[RATER]


def _label_the_rest(columns: tuple[IndexArray, IndexArray], labels: tuple[IndexArray, IndexArray]) -> None:
    ratees, raters = labels
    n_ratees, n_nodes = len(ratees), len(ratees) + len(raters)
    pairs = (columns[0], columns[1] + n_ratees)
    graph = sparse.coo_array((np.ones(len(columns[0])), pairs), shape=(n_nodes, n_nodes))
    _, part = csgraph.connected_components(graph, directed=False)
    together = np.concatenate(labels)
    without = np.flatnonzero(together < 0)
    _, number = np.unique(part[without], return_inverse=True)
    together[without] = together.max() + 1 + number
    ratees[:], raters[:] = together[:n_ratees], together[n_ratees:]
