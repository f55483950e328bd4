"""Small routing problems for tests, all plans by brute force, and an independent check of plans."""

import math
from itertools import permutations, product

import numpy as np

from secondment.algorithms.routing.problem import RoutePlan, RoutingProblem


def make_problem(
    points: list[tuple[float, float]],
    *,
    depots: list[tuple[float, float]] | None = None,
    demand: list[float] | None = None,
    windows: list[tuple[float, float]] | None = None,
    service: float = 0.0,
    capacity: list[float] | None = None,
    shifts: list[tuple[float, float]] | None = None,
    barred: set[tuple[int, int]] | None = None,
    days: int = 1,
    speed: float = 1.0,
) -> RoutingProblem:
    """Sites at `points`; teams start at `depots` (one team at the origin unless told otherwise)."""
    depots = depots or [(0.0, 0.0)]
    n, m = len(points), len(depots)
    windows = windows or [(0.0, math.inf)] * n
    shifts = shifts or [(0.0, math.inf)] * m
    allowed = np.ones((m, n), dtype=np.bool_)
    for team, site in barred or set():
        allowed[team, site] = False
    return RoutingProblem(
        between=np.array([[math.dist(a, b) for b in points] for a in points]),
        depot=np.array([[math.dist(a, b) for b in points] for a in depots]),
        demand=np.array(demand or [1.0] * n),
        ready=np.array([w[0] for w in windows]),
        due=np.array([w[1] for w in windows]),
        service=np.full(n, service),
        capacity=np.array(capacity or [math.inf] * m),
        team_ready=np.array([s[0] for s in shifts]),
        team_due=np.array([s[1] for s in shifts]),
        allowed=allowed,
        days=days,
        speed=speed,
    )


def tour_length(problem: RoutingProblem, team: int, tour: tuple[int, ...]) -> float | None:
    """Length of a tour walked step by step, or None when it breaks a rule; written apart from the product."""
    clock, load, length, here = problem.team_ready[team], 0.0, 0.0, None
    for site in tour:
        leg = problem.depot[team][site] if here is None else problem.between[here][site]
        load += problem.demand[site]
        clock = clock + leg / problem.speed
        if clock > problem.due[site] + 1e-6 or load > problem.capacity[team] + 1e-6:
            return None
        if not problem.allowed[team][site]:
            return None
        clock = max(clock, problem.ready[site]) + problem.service[site]
        length, here = length + leg, site
    if here is None:
        return 0.0
    length += problem.depot[team][here]
    clock += problem.depot[team][here] / problem.speed
    return float(length) if clock <= problem.team_due[team] + 1e-6 else None


def best_by_brute_force(problem: RoutingProblem) -> tuple[int, float]:
    """Most sites any plan serves and the least distance of doing so, over all plans."""
    tours = [team for team in range(problem.n_teams) for _ in range(problem.days)]
    cheapest: list[dict[frozenset[int], float]] = []
    for team in tours:
        lengths: dict[frozenset[int], float] = {}
        for size in range(problem.n_sites + 1):
            for tour in permutations(range(problem.n_sites), size):
                length = tour_length(problem, team, tour)
                if length is not None:
                    key = frozenset(tour)
                    lengths[key] = min(length, lengths.get(key, math.inf))
        cheapest.append(lengths)
    best = (0, 0.0)
    for assignment in product(range(len(tours) + 1), repeat=problem.n_sites):
        parts = [frozenset(s for s, tour in enumerate(assignment) if tour == t) for t in range(len(tours))]
        if all(part in lengths for part, lengths in zip(parts, cheapest, strict=True)):
            total = sum(lengths[part] for part, lengths in zip(parts, cheapest, strict=True))
            best = min(best, (-sum(map(len, parts)), total))
    return -best[0], best[1]


def check_plan(problem: RoutingProblem, plan: RoutePlan) -> None:
    """Every rule, walked step by step; every reason, by trying."""
    served = [site for route in plan.routes for site in route.visits]
    assert len(served) == len(set(served))
    assert sorted(served + [site for site, _ in plan.unserved]) == list(range(problem.n_sites))
    slots = [(route.team, route.day) for route in plan.routes]
    assert len(slots) == len(set(slots))
    assert all(0 <= day < problem.days for _, day in slots)
    lengths = [tour_length(problem, route.team, route.visits) for route in plan.routes]
    assert None not in lengths
    assert math.isclose(sum(filter(None, lengths)), plan.total_distance, abs_tol=1e-9)
    assert plan.bound <= plan.total_distance + 1e-9
    for site, reason in plan.unserved:
        assert_no_place(problem, plan, site)
        alone = any(tour_length(problem, team, (site,)) is not None for team in range(problem.n_teams))
        assert alone == (reason.name == "NO_ROOM")


def assert_no_place(problem: RoutingProblem, plan: RoutePlan, site: int) -> None:
    tours = {(route.team, route.day): route.visits for route in plan.routes}
    for team, day in product(range(problem.n_teams), range(problem.days)):
        tour = tours.get((team, day), ())
        for place in range(len(tour) + 1):
            assert tour_length(problem, team, (*tour[:place], site, *tour[place:])) is None
