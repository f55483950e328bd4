"""The exact floor: one minimum-cost flow, with the number of filled posts per priority fixed beforehand."""

from typing import Any

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.assignment.errors import ScoreRangeError
from secondment.algorithms.assignment.network import Network
from secondment.algorithms.assignment.problem import NO_GROUP

SOLVER = "or-tools-min-cost-flow"


def solve_flow(network: Network) -> IntArray:
    """Rows of the chosen arcs: most posts filled by priority, then the highest total value.

    With one priority the solver's own maximum flow fixes the number of filled posts. With several, the
    number filled per level is found by nested maximum flows first (fillable sets of posts form a
    matroid, so the greedy numbers hold for all levels together) and then demanded level by level.
    No large penalty enters the costs, which halves the time against the textbook model.

    Raises
    ------
    ScoreRangeError
        When the solver refuses the spread of the costs.
    """
    if not len(network.post):
        return np.zeros(0, dtype=np.int64)
    solver, supplies = _model(network)
    if network.n_levels == 1:
        status = solver.solve_max_flow_with_min_cost()
    else:
        _demand(solver, network, level_counts(network, supplies))
        status = solver.solve()
    if status != solver.OPTIMAL:  # the model is feasible by construction, only the costs can be refused
        raise ScoreRangeError(
            f"the solver refuses this spread of scores ({status.name}); divide the scores by a constant"
        )
    return np.flatnonzero(solver.flows(np.arange(len(network.post))))


def level_counts(network: Network, supplies: IntArray) -> IntArray:
    """Posts filled per priority level when each level is filled as far as the ones above allow."""
    from ortools.graph.python import max_flow

    totals = []
    for level in range(network.n_levels):
        solver = max_flow.SimpleMaxFlow()
        tail, head, room = _topology(network, np.where(network.level <= level, supplies, 0))
        source, sink = _ends(network)
        solver.add_arcs_with_capacity(tail, head, room)
        solver.solve(source, sink)
        totals.append(solver.optimal_flow())
    counts = np.array(totals, dtype=np.int64)
    counts[1:] -= counts[:-1].copy()
    return counts


def _model(network: Network) -> tuple[Any, IntArray]:
    from ortools.graph.python import min_cost_flow

    solver = min_cost_flow.SimpleMinCostFlow()
    n_arcs = len(network.post)
    solver.add_arcs_with_capacity_and_unit_cost(
        network.post,
        network.n_posts + network.person,
        np.ones(n_arcs, np.int64),
        network.value.max() - network.value,
    )
    tail, head, room = _release_arcs(network)
    solver.add_arcs_with_capacity_and_unit_cost(tail, head, room, np.zeros(len(tail), np.int64))
    supplies = np.minimum(network.slots, np.bincount(network.post, minlength=network.n_posts))
    solver.set_nodes_supplies(np.arange(network.n_posts), supplies)
    solver.set_node_supply(_ends(network)[1], -int(supplies.sum()))
    return solver, supplies


def _demand(solver: Any, network: Network, counts: IntArray) -> None:
    """Move the supply from the posts to one node per level, which sends as many as the level fills."""
    n_posts = network.n_posts
    first = _ends(network)[1] + 1
    solver.add_arcs_with_capacity_and_unit_cost(
        first + network.level, np.arange(n_posts), network.slots, np.zeros(n_posts, np.int64)
    )
    solver.set_nodes_supplies(np.arange(n_posts), np.zeros(n_posts, np.int64))
    solver.set_nodes_supplies(first + np.arange(len(counts)), counts)
    solver.set_node_supply(_ends(network)[1], -int(counts.sum()))


def _topology(network: Network, supplies: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    """Tails, heads and room of all arcs from source over posts, people and groups to sink."""
    source, _ = _ends(network)
    posts = np.flatnonzero(supplies)
    keep = supplies[network.post] > 0
    release = _release_arcs(network)
    n_kept = int(keep.sum())
    return (
        np.concatenate([np.full(len(posts), source), network.post[keep], release[0]]),
        np.concatenate([posts, network.n_posts + network.person[keep], release[1]]),
        np.concatenate([supplies[posts], np.ones(n_kept, np.int64), release[2]]),
    )


def _release_arcs(network: Network) -> tuple[IntArray, IntArray, IntArray]:
    """Person to sink, or person to group and group to sink where the cap can bind."""
    n_people, n_groups = network.n_people, len(network.cap)
    people = network.n_posts + np.arange(n_people)
    first_group = network.n_posts + n_people
    sink = _ends(network)[1]
    sizes = np.bincount(network.group[network.group != NO_GROUP], minlength=n_groups)
    binding = np.append(network.cap < sizes, False)
    head = np.where(binding[network.group], first_group + network.group, sink)
    groups = np.flatnonzero(binding)
    return (
        np.concatenate([people, first_group + groups]),
        np.concatenate([head, np.full(len(groups), sink)]),
        np.concatenate([np.ones(n_people, np.int64), network.cap[groups]]),
    )


def _ends(network: Network) -> tuple[int, int]:
    """Nodes of source and sink; level nodes follow the sink."""
    n_inner = network.n_posts + network.n_people + len(network.cap)
    return n_inner, n_inner + 1
