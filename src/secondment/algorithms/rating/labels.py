"""Numbers of subsets for all elements, those set aside included."""

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from secondment.algorithms.rating.core import Core
from secondment.algorithms.rating.design import RATEE, RATER
from secondment.algorithms.rating.ratings import IntArray, Ratings


def spread_labels(ratings: Ratings, core: Core, own: tuple[IntArray, IntArray]) -> tuple[IntArray, IntArray]:
    """Give ratees and raters set aside the label of a partner that has one; the rest form new subsets."""
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


def _label_the_rest(columns: tuple[IntArray, IntArray], labels: tuple[IntArray, IntArray]) -> None:
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
