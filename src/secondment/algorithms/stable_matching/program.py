"""The largest stable plan as an integer program with one row of stability per pair, for sparse lists."""

from typing import Any

import numpy as np
from scipy import sparse

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.interruption import Interruption
from secondment.algorithms.stable_matching.deferred_acceptance import Preferences


def solve_stable_program(
    preferences: Preferences, start: IntArray, most: int, *, most_nodes: int, interruption: Interruption
) -> tuple[IntArray, int]:
    """A plan at least as large as `start`, and the proven most people any stable plan places.

    Notes
    -----
    A pair is left only if the person has as good a post, or the post is full of as good people: `places` × the first
    count + the second ≥ `places`. On sparse lists the relaxation is nearly integral, and HiGHS ends at the root; dense
    lists give rows of many entries, see `n_entries`. One thread, a fixed seed and a limit of nodes: equal preferences
    give equal plans.
    """
    import highspy as solver_package

    highspy: Any = solver_package
    rows, lower, upper = _rows(preferences)
    n_arcs = len(preferences.person)
    # The class without the underscore greets on standard output.
    solver = highspy._Highs()  # noqa: SLF001 -- no public name for it
    options = {"output_flag": False, "threads": 1, "random_seed": 1, "mip_max_nodes": most_nodes}
    for name, value in (options | {"mip_rel_gap": 0.0, "mip_abs_gap": 0.5}).items():
        solver.setOptionValue(name, value)
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = n_arcs, len(lower)
    program.col_cost_ = -np.ones(n_arcs)
    program.col_lower_, program.col_upper_ = np.zeros(n_arcs), np.ones(n_arcs)
    program.row_lower_, program.row_upper_ = lower, upper
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_, program.a_matrix_.index_ = rows.indptr, rows.indices
    program.a_matrix_.value_ = rows.data
    program.integrality_ = [highspy.HighsVarType.kInteger] * n_arcs
    solver.passModel(program)
    columns = np.arange(n_arcs, dtype=np.int32)
    solver.setSolution(n_arcs, columns, np.isin(columns, start).astype(np.float64))
    interruption.stop_highs(highspy, solver)
    solver.run()
    found = np.flatnonzero(np.asarray(solver.getSolution().col_value) > 0.5)
    proven = -float(solver.getInfo().mip_dual_bound)
    bound = min(most, int(np.floor(proven + 1e-6))) if np.isfinite(proven) else most
    return (found if len(found) > len(start) else start), max(bound, len(start), len(found))


def n_entries(preferences: Preferences) -> int:
    """How many entries the rows of stability have."""
    deep = [np.bincount(owner) for owner in (preferences.person, preferences.post)]
    return sum(int((lengths**2).sum()) for lengths in deep)


def _rows(preferences: Preferences) -> tuple[sparse.csr_array, FloatArray, FloatArray]:
    """Stability of every pair, then one post per person, then the places of every post."""
    person, post, n_arcs = preferences.person, preferences.post, len(preferences.person)
    places = preferences.places[post].astype(np.float64)
    as_good_posts = _as_good(person, preferences.person_rank)
    as_good_people = _as_good(post, preferences.post_rank)
    stability = sparse.diags_array(places) @ as_good_posts + as_good_people
    every, ones = np.arange(n_arcs), np.ones(n_arcs)
    of_people = sparse.csr_array((ones, (person, every)), shape=(preferences.n_people, n_arcs))
    of_posts = sparse.csr_array((ones, (post, every)), shape=(preferences.n_posts, n_arcs))
    n_owners = preferences.n_people + preferences.n_posts
    lower = np.concatenate([places, np.full(n_owners, -np.inf)])
    upper = np.concatenate([np.full(n_arcs, np.inf), np.ones(preferences.n_people), preferences.places])
    return sparse.csr_array(sparse.vstack([stability, of_people, of_posts], format="csr")), lower, upper


def _as_good(owner: IntArray, rank: IntArray) -> sparse.csr_array:
    """Row per pair: the pairs of the same owner that rank no worse, itself included; (n_arcs, n_arcs)."""
    n_arcs = len(owner)
    order = np.lexsort((rank, owner))
    of, ranked = owner[order], rank[order]
    first = np.searchsorted(of, of, side="left")
    is_last_of_tie = np.append((of[1:] != of[:-1]) | (ranked[1:] != ranked[:-1]), True)
    ends = np.flatnonzero(is_last_of_tie)
    lengths = ends[np.searchsorted(ends, np.arange(n_arcs))] - first + 1
    begins = np.cumsum(lengths) - lengths
    within = np.arange(lengths.sum()) - np.repeat(begins, lengths)
    columns = order[np.repeat(first, lengths) + within]
    return sparse.csr_array(
        (np.ones(len(columns)), (np.repeat(order, lengths), columns)), shape=(n_arcs, n_arcs)
    )
