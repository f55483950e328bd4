"""Lower bounds on the distance of any plan that serves as many sites: assignment and trees."""

import math

import numpy as np
from scipy.optimize import linear_sum_assignment

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.routing.problem import TOLERANCE, RoutingProblem

TREE_WORK = 40_000
MOST_ROUNDS = 300
STEPS_OF_PRICE = 24
SAFETY = 1e-9


def distance_bound(problem: RoutingProblem, sites: list[int], n_served: int) -> float:
    """A distance that no plan visiting at least `n_served` of `sites` can undercut; infinite if there is none.

    The better of two relaxations. Assignment: every site visited has one predecessor and one
    successor, no tours need to hang together; legs that windows, capacities or rights forbid are
    closed, and as many tours start as the demand needs; sites left out are priced (Lagrange). Trees
    (only when all sites are served): legs hang together with every site of degree two, by Lagrange
    multipliers and subgradients (Held and Karp 1970; Fisher's K-trees, Operations Research 42, 1994).

    Complexity: O(n³) for each assignment, O(n²) for each of at most 300 trees.
    """
    if n_served == 0:
        return 0.0
    legs, ends = _open_legs(problem, sites)
    tours = range(
        _fewest_tours(problem, sites, n_served), min(problem.n_teams * problem.days, len(sites)) + 1
    )
    if not tours:
        return math.inf
    bound = _assignment_bound(legs, ends, tours, n_served)
    if n_served == len(sites) and bound < math.inf:
        bound = max(bound, _tree_bound(legs, ends, tours))
    return max(bound * (1 - SAFETY), 0.0)


def _open_legs(problem: RoutingProblem, sites: list[int]) -> tuple[FloatArray, FloatArray]:
    """Shape (n, n) and (n,): length of each leg some team may drive, and of the way from the nearest depot."""
    allowed = problem.allowed[:, sites] & (
        problem.capacity[:, None] + TOLERANCE >= problem.demand[None, sites]
    )
    depot = np.where(allowed, problem.depot[:, sites], np.inf)
    arrival = np.where(allowed, problem.team_ready[:, None] + problem.depot[:, sites] / problem.speed, np.inf)
    leave = np.maximum(arrival.min(axis=0), problem.ready[sites]) + problem.service[sites]
    between = problem.between[np.ix_(sites, sites)]
    is_open = leave[:, None] + between / problem.speed <= problem.due[None, sites] + TOLERANCE
    together = np.zeros_like(is_open)
    pair_demand = problem.demand[sites][:, None] + problem.demand[sites][None, :]
    for team in range(problem.n_teams):
        fits = pair_demand <= problem.capacity[team] + TOLERANCE
        together |= allowed[team][:, None] & allowed[team][None, :] & fits
    legs = np.where(is_open & together, between, np.inf)
    np.fill_diagonal(legs, np.inf)
    return legs, depot.min(axis=0)


def _fewest_tours(problem: RoutingProblem, sites: list[int], n_served: int) -> int:
    """Tours needed to carry the `n_served` smallest demands with the largest capacities."""
    demand = float(np.sort(problem.demand[sites])[:n_served].sum())
    capacities = np.sort(np.repeat(problem.capacity, problem.days))[::-1]
    carried = np.cumsum(capacities)
    return max(int(np.searchsorted(carried, demand - TOLERANCE * len(sites))) + 1, 1)


def _assignment_bound(legs: FloatArray, ends: FloatArray, tours: range, n_served: int) -> float:
    """Best price for leaving a site out, by ternary search on a concave function."""
    n_left = len(ends) - n_served
    if n_left == 0:
        return _assignment(legs, ends, tours, np.inf)
    finite = legs[np.isfinite(legs)]
    low, high = 0.0, 2 * float(max(finite.max(initial=0.0), ends.max()))
    best = 0.0
    for _ in range(STEPS_OF_PRICE // 2):
        third = (high - low) / 3
        values = [
            _assignment(legs, ends, tours, price) - price * n_left for price in (low + third, high - third)
        ]
        best = max(best, *values)
        low, high = (low + third, high) if values[0] < values[1] else (low, high - third)
    return best


def _assignment(legs: FloatArray, ends: FloatArray, tours: range, price: float) -> float:
    """Cheapest successor for every site and every tour; idle tours cost nothing."""
    n_sites, n_tours = len(ends), tours[-1]
    costs = np.full((n_sites + n_tours, n_sites + n_tours), np.inf)
    costs[:n_sites, :n_sites] = legs
    costs[range(n_sites), range(n_sites)] = price
    costs[:n_sites, n_sites:] = ends[:, None]
    costs[n_sites:, :n_sites] = ends[None, :]
    costs[n_sites + tours.start :, n_sites:] = 0.0
    try:
        rows, columns = linear_sum_assignment(costs)
    except ValueError:  # closed legs leave no assignment
        return math.inf
    return float(costs[rows, columns].sum())


def _tree_bound(legs: FloatArray, ends: FloatArray, tours: range) -> float:
    """Best Lagrange bound over trees with extra edges; node 0 represents all depots."""
    n_nodes = len(ends) + 1
    edges = np.full((n_nodes, n_nodes), np.inf)
    edges[1:, 1:] = np.minimum(legs, legs.T)
    edges[0, 1:] = edges[1:, 0] = ends
    prices = np.zeros(n_nodes)
    best, step = 0.0, float(np.mean(ends)) / 2
    for _ in range(min(MOST_ROUNDS, TREE_WORK // n_nodes)):
        value, surplus = _priced_tree(edges, prices, tours)
        best = max(best, value)
        norm = float(np.sqrt((surplus**2).sum()))
        if norm == 0:
            break
        prices += step * surplus / norm
        step *= 0.98
    return best


def _priced_tree(edges: FloatArray, prices: FloatArray, tours: range) -> tuple[float, FloatArray]:
    """Value of the cheapest tree with one more edge per tour, and how far each degree is off."""
    priced = edges + prices[:, None] + prices[None, :]
    tree, weight = _spanning_tree(priced)
    degrees = np.bincount(tree.ravel(), minlength=len(prices)).astype(np.float64)
    copies = np.triu(np.ones_like(priced), 1)
    copies[0, 1:] = 2.0
    copies[tree.min(axis=1), tree.max(axis=1)] -= 1
    rows, columns = np.nonzero(copies)
    repeat = copies[rows, columns].astype(int)
    rows, columns = np.repeat(rows, repeat), np.repeat(columns, repeat)
    # Each tour is worth two ends at the depot.
    extra = priced[rows, columns] - 2 * prices[0]
    chosen = np.argsort(extra, kind="stable")[: tours[-1]]
    chosen = chosen[(np.arange(len(chosen)) < tours.start) | (extra[chosen] < 0)]
    np.add.at(degrees, rows[chosen], 1)
    np.add.at(degrees, columns[chosen], 1)
    surplus = degrees - 2
    surplus[0] = degrees[0] - 2 * len(chosen)
    return float(weight + extra[chosen].sum() - 2 * prices[1:].sum()), surplus


def _spanning_tree(weights: FloatArray) -> tuple[np.ndarray[tuple[int, int], np.dtype[np.int64]], float]:
    """Prim on a dense matrix: edges (n − 1, 2) and total weight."""
    n_nodes = len(weights)
    nearest = weights[0].copy()
    parent = np.zeros(n_nodes, dtype=np.int64)
    outside = np.ones(n_nodes, dtype=np.bool_)
    outside[0] = False
    tree = np.empty((n_nodes - 1, 2), dtype=np.int64)
    total = 0.0
    for step in range(n_nodes - 1):
        node = int(np.where(outside, nearest, np.inf).argmin())
        total += float(nearest[node])
        tree[step] = parent[node], node
        outside[node] = False
        closer = weights[node] < nearest
        nearest = np.where(closer, weights[node], nearest)
        parent[closer] = node
    return tree, total
