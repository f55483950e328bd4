"""Which elements the ratings make comparable, and which parameters must be pinned to fit the rest."""

from dataclasses import dataclass

import numpy as np
from scipy import linalg, sparse
from scipy.sparse import csgraph

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray
from secondment.algorithms.rating.design import CRITERION, RATEE, RATER

TOLERANCE = 1e-7


@dataclass(frozen=True)
class Connection:
    """Subset number (from 0) of every element per facet, and the elements to hold still while fitting.

    Two elements of one facet are comparable exactly when their subset is the same.
    `component` is the connected part of the ratee–rater graph each ratee and rater belongs to.
    """

    subsets: tuple[IndexArray, IndexArray, IndexArray]
    component: tuple[IndexArray, IndexArray]
    pinned: tuple[BoolArray, BoolArray, BoolArray]

    @property
    def n_subsets(self) -> int:
        """How many groups of elements cannot be compared with each other."""
        return max(int(subset.max()) + 1 for subset in self.subsets)


def connect(
    columns: tuple[IndexArray, IndexArray, IndexArray],
    sizes: tuple[int, int, int],
    anchored: tuple[BoolArray, BoolArray, BoolArray],
) -> Connection:
    """Find what the additive design ratee − rater − criterion leaves undetermined.

    An unobservable shift gives every ratee n, rater j and criterion i a change with a_n = b_j + c_i on each
    mark. Along a spanning forest of the ratee–rater graph that makes each change a root's change plus integer
    multiples of the c_i; the other marks and the anchors are linear conditions on these few unknowns.
    Exact up to rounding; O(marks × criteria) time.
    """
    n_ratees, _, n_criteria = sizes
    forest = _spanning_forest(columns, sizes)
    component = (forest.component[:n_ratees], forest.component[n_ratees:])
    paths = (forest.paths[:n_ratees], forest.paths[n_ratees:])
    conditions = [np.pad(_cycle_conditions(columns, *paths), ((0, 0), (forest.n_trees, 0)))]
    for facet in (RATEE, RATER):
        roots = np.eye(forest.n_trees)[component[facet][anchored[facet]]]
        conditions.append(np.hstack([roots, paths[facet][anchored[facet]]]))
    conditions.append(np.eye(forest.n_trees + n_criteria)[forest.n_trees :][anchored[CRITERION]])
    shift, free = _unseen_shift(np.vstack(conditions))
    pinned = tuple(np.zeros(size, dtype=bool) for size in sizes)
    pinned[RATER][forest.roots[free[free < forest.n_trees]]] = True
    pinned[CRITERION][free[free >= forest.n_trees] - forest.n_trees] = True
    of_root, of_criterion = shift[: forest.n_trees], shift[forest.n_trees :]
    of_nodes = [of_root[component[facet]] + paths[facet] @ of_criterion for facet in (RATEE, RATER)]
    subsets = (_classes(of_nodes[RATEE]), _classes(of_nodes[RATER]), _classes(of_criterion))
    return Connection(subsets, component, (pinned[0], pinned[1], pinned[2]))


@dataclass(frozen=True)
class _Forest:
    n_trees: int
    component: IndexArray
    roots: IndexArray
    paths: FloatArray


def _spanning_forest(
    columns: tuple[IndexArray, IndexArray, IndexArray], sizes: tuple[int, int, int]
) -> _Forest:
    n_ratees, n_raters, n_criteria = sizes
    ratee, rater, criterion = columns
    pairs, first = np.unique(ratee * n_raters + rater, return_index=True)
    ends = (pairs // n_raters, pairs % n_raters + n_ratees)
    n_nodes = n_ratees + n_raters
    graph = sparse.coo_array((np.ones(len(pairs)), ends), shape=(n_nodes, n_nodes)).tocsr()
    n_trees, component = csgraph.connected_components(graph, directed=False)
    roots = np.empty(n_trees, dtype=np.intp)
    # The busiest rater of each tree comes last and stays: a pin inside a small drifting group would move all others.
    busiest_last = np.argsort(np.bincount(rater, minlength=n_raters), kind="stable")
    roots[component[n_ratees:][busiest_last]] = busiest_last
    order, parent = _walk_from_roots(ends, roots + n_ratees, n_nodes)
    is_ratee = order < n_ratees
    key = np.where(is_ratee, order * n_raters + parent - n_ratees, parent * n_raters + order - n_ratees)
    # Roots have no edge; their key is meaningless and their label is not used.
    label = criterion[first][np.minimum(np.searchsorted(pairs, key), len(pairs) - 1)]
    paths = np.zeros((n_nodes + 1, n_criteria))
    is_root = parent == n_nodes
    for node, before, named, step in zip(
        order[~is_root], parent[~is_root], label[~is_root], np.where(is_ratee, 1, -1)[~is_root], strict=True
    ):
        paths[node] = paths[before]
        paths[node, named] += step
    return _Forest(int(n_trees), component.astype(np.intp), roots, paths[:n_nodes])


def _walk_from_roots(
    ends: tuple[IndexArray, IndexArray], roots: IndexArray, n_nodes: int
) -> tuple[IndexArray, IndexArray]:
    """Every node in breadth-first order with its parent; the roots' parent is the extra node `n_nodes`."""
    starts = np.concatenate([ends[0], np.full(len(roots), n_nodes)])
    stops = np.concatenate([ends[1], roots])
    graph = sparse.coo_array((np.ones(len(starts)), (starts, stops)), shape=(n_nodes + 1, n_nodes + 1))
    order, parent = csgraph.breadth_first_order(graph.tocsr(), n_nodes, directed=False)
    order = np.asarray(order[1:], dtype=np.intp)
    return np.asarray(order), np.asarray(parent[order], dtype=np.intp)


def _cycle_conditions(
    columns: tuple[IndexArray, IndexArray, IndexArray], ratee_paths: FloatArray, rater_paths: FloatArray
) -> FloatArray:
    """Sum over the marks of the outer products of ratee path − rater path − criterion.

    Multiplied out, it takes only the counts of pairs; all numbers are integers, so nothing is lost by it.
    """
    of_ratee, of_rater, of_criterion = ratee_paths, -rater_paths, -np.eye(ratee_paths.shape[1])
    vectors = (of_ratee, of_rater, of_criterion)
    gram = np.zeros_like(of_criterion)
    for column, vector in zip(columns, vectors, strict=True):
        gram += vector.T @ (np.bincount(column, minlength=len(vector))[:, None] * vector)
    for first, second in ((0, 1), (0, 2), (1, 2)):
        shape = (len(vectors[first]), len(vectors[second]))
        counts = sparse.coo_array((np.ones(len(columns[0])), (columns[first], columns[second])), shape=shape)
        crossed = vectors[first].T @ np.asarray(counts.tocsr() @ vectors[second])
        gram += crossed + crossed.T
    return gram


def _unseen_shift(conditions: FloatArray) -> tuple[FloatArray, IndexArray]:
    """A shift in general position among those the conditions allow, and the unknowns that decide it."""
    upper, pivot = linalg.qr(conditions, mode="r", pivoting=True)
    size = np.abs(np.diag(upper))
    rank = int(np.sum(size > TOLERANCE * max(size.max(initial=0.0), 1.0)))
    shift = np.zeros(conditions.shape[1])
    shift[pivot[rank:]] = np.random.default_rng(0).normal(size=conditions.shape[1] - rank)
    if rank:
        known = upper[:rank, rank:] @ shift[pivot[rank:]]
        shift[pivot[:rank]] = -linalg.solve_triangular(upper[:rank, :rank], known)
    return shift, pivot[rank:].astype(np.intp)


def _classes(values: FloatArray) -> IndexArray:
    """Number equal values (up to rounding) in order of first appearance."""
    order = np.argsort(values, kind="stable")
    gap = np.diff(values[order], prepend=values[order[:1]]) > TOLERANCE * (1 + np.abs(values).max())
    label = np.empty(len(values), dtype=np.intp)
    label[order] = np.cumsum(gap)
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    return np.asarray(np.argsort(np.argsort(first))[inverse], dtype=np.intp)
