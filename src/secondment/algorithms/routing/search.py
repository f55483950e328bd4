"""Search for routes: iterated local search (PyVRP) on integers, checked and repaired in double precision."""

import math
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from secondment.algorithms.interruption import Interruption
from secondment.algorithms.routing.bound import distance_bound
from secondment.algorithms.routing.model import kinds_of_teams, length_scale, routes_of, vrp_data
from secondment.algorithms.routing.problem import (
    TOLERANCE,
    Route,
    RoutePlan,
    RouteStatus,
    RoutingProblem,
    Unreached,
    is_feasible_route,
    route_distance,
    unreachable_reason,
)

Progress = Callable[[float, str], None]

GAP = 1e-6
"""Distance and bound closer than this share count as equal."""
HISTORY = 150
PATIENCE = 5000
"""Late acceptance looks this many steps back, and returns to the best plan after so many steps without a better one.

Half and a thirtieth of what PyVRP sets for runs of minutes: measured better for runs of seconds (benchmarks/routes.py).
"""
NO_PLAN = 2**62
"""The solver's cost of a plan that breaks a rule is above every real cost."""
GIVE_UP = 0.25


@dataclass(frozen=True)
class Effort:
    """How long to search: at most `iterations` steps and, whatever happens, `seconds` or until an interruption."""

    iterations: int
    seconds: float
    interruption: Interruption = field(default_factory=Interruption)


def plan_routes(
    problem: RoutingProblem,
    effort: Effort,
    *,
    seed: int = 0,
    progress: Progress = lambda share, doing: None,
) -> RoutePlan:
    """Serve as many sites as possible, then drive as little as possible.

    Sites that no tour can reach are set aside with their reason. The search runs on rounded numbers
    (travel times up, windows inwards), so its tours also hold unrounded; every tour is checked again
    in double precision, and sites left out are put in wherever they fit before "no room" is said.

    Notes
    -----
    Vidal-style iterated local search with penalised infeasibility (Wouda, Lan and Kool, PyVRP,
    INFORMS Journal on Computing 36, 2024). Same problem, seed and iterations give the same plan as
    long as the clock does not stop the search first (`is_repeatable`).
    """
    reasons = {site: unreachable_reason(problem, site) for site in range(problem.n_sites)}
    sites = [site for site, reason in reasons.items() if reason is None]
    enough = distance_bound(problem, sites, len(sites))
    found = _search(problem, sites, effort, seed, enough, progress) if sites else _NOTHING
    routes = found.routes
    served = {site for route in routes for site in route.visits}
    unserved = [(site, reason or Unreached.NO_ROOM) for site, reason in reasons.items() if site not in served]
    total = math.fsum(route_distance(problem, route.team, route.visits) for route in routes)
    bound = enough if len(served) == len(sites) else distance_bound(problem, sites, len(served))
    is_optimal = len(served) == len(sites) and total - bound <= GAP * max(total, 1.0)
    return RoutePlan(
        status=RouteStatus.OPTIMAL if is_optimal else RouteStatus.FEASIBLE,
        routes=tuple(sorted(routes, key=lambda route: (route.team, route.day))),
        unserved=tuple(unserved),
        total_distance=total,
        bound=min(bound, total),
        iterations=found.iterations,
        is_repeatable=found.is_repeatable,
    )


@dataclass(frozen=True)
class _Found:
    routes: list[Route]
    iterations: int
    is_repeatable: bool


def sound_routes(problem: RoutingProblem, routes: list[Route]) -> list[Route]:
    """The same tours without the visits that break a rule in double precision; empty tours are left out."""
    sound: list[Route] = []
    for route in routes:
        visits: tuple[int, ...] = ()
        for site in route.visits:
            if is_feasible_route(problem, route.team, (*visits, site)):
                visits = (*visits, site)
        if visits:
            sound.append(replace(route, visits=visits))
    return sound


def insert_missing(problem: RoutingProblem, routes: list[Route], sites: list[int]) -> list[Route]:
    """Put each missing site where it lengthens the plan least, if it fits anywhere at all."""
    tours = {(route.team, route.day): route.visits for route in routes}
    served = {site for visits in tours.values() for site in visits}
    for site in sites:
        if site not in served and (best := _cheapest_place(problem, tours, site)) is not None:
            _, team, day, visits = best
            tours[team, day] = visits
    return [Route(team, day, visits) for (team, day), visits in tours.items()]


def _cheapest_place(
    problem: RoutingProblem, tours: dict[tuple[int, int], tuple[int, ...]], site: int
) -> tuple[float, int, int, tuple[int, ...]] | None:
    places = []
    for team in range(problem.n_teams):
        for day in range(problem.days):
            old = tours.get((team, day), ())
            if problem.demand[[*old, site]].sum() > problem.capacity[team] + TOLERANCE:
                continue
            for place in range(len(old) + 1):
                new = (*old[:place], site, *old[place:])
                if is_feasible_route(problem, team, new):
                    longer = route_distance(problem, team, new) - route_distance(problem, team, old)
                    places.append((longer, team, day, new))
    return min(places, default=None)


def _search(
    problem: RoutingProblem, sites: list[int], effort: Effort, seed: int, enough: float, progress: Progress
) -> _Found:
    """One search that must serve all sites; when it cannot, one that may leave sites out and two from other seeds."""
    # Rounding moves each leg by half a unit at most; a plan this near the bound cannot be bettered.
    enough_cost = enough * length_scale(problem, sites) + len(sites) if enough < math.inf else -1.0
    end = time.monotonic() + effort.seconds
    best, iterations, is_repeatable = _NOTHING, 0, True
    for turn, (share, must_serve) in enumerate(((1, True), (1, False), (4, False), (4, False))):
        left = Effort(-(-effort.iterations // share), end - time.monotonic(), effort.interruption)
        stop = _Stop(left, enough_cost, progress)
        found = _one_search(problem, sites, stop, seed + turn, must_serve=must_serve)
        iterations += found.iterations
        is_repeatable &= not stop.is_late
        best = min(best, found, key=lambda one: _merit(problem, one.routes))
        if stop.is_interrupted or time.monotonic() > end or _merit(problem, best.routes)[0] == -len(sites):
            break
    return _Found(best.routes, iterations, is_repeatable)


def _one_search(
    problem: RoutingProblem, sites: list[int], stop: "_Stop", seed: int, *, must_serve: bool
) -> "_Found":
    import pyvrp

    kinds = kinds_of_teams(problem)
    data = vrp_data(problem, sites, kinds, must_serve=must_serve)
    parameters = pyvrp.SolveParams(
        ils=pyvrp.IteratedLocalSearchParams(history_length=HISTORY, num_iters_no_improvement=PATIENCE)
    )
    with warnings.catch_warnings():
        # The searcher's remark that a penalty reached its bound: sound_routes checks every tour anyway.
        warnings.simplefilter("ignore", pyvrp.exceptions.PenaltyBoundWarning)
        result = pyvrp.solve(data, stop, seed=seed, collect_stats=False, display=False, params=parameters)
    routes = sound_routes(problem, routes_of(problem, sites, kinds, result.best))
    return _Found(insert_missing(problem, routes, sites), result.num_iterations, is_repeatable=True)


def _merit(problem: RoutingProblem, routes: list[Route]) -> tuple[int, float]:
    """Smaller is better: sites served, then distance."""
    n_served = sum(len(route.visits) for route in routes)
    return -n_served, math.fsum(route_distance(problem, route.team, route.visits) for route in routes)


_NOTHING = _Found([], 0, is_repeatable=True)


class _Stop:
    """Stop when good enough, after the iterations, or when time is up; remembers the last.

    A search that has found no sound plan after a quarter of its steps or time is given up: not all sites may fit.
    """

    def __init__(self, effort: Effort, enough_cost: float, progress: Progress) -> None:
        self._effort = effort
        self._enough_cost = enough_cost
        self._progress = progress
        self._start = time.monotonic()
        self._calls = 0
        self.is_late = False

    def __call__(self, best_cost: int) -> bool:
        spent = time.monotonic() - self._start
        self._calls += 1
        if self._calls % 200 == 1:
            share = max(self._calls / self._effort.iterations, spent / self._effort.seconds)
            self._progress(min(share, 1.0), "searching routes")
        share = GIVE_UP if best_cost > NO_PLAN else 1.0
        if self._calls > share * self._effort.iterations or best_cost <= self._enough_cost:
            return True
        self.is_late = self.is_interrupted or spent > share * self._effort.seconds
        return self.is_late

    @property
    def is_interrupted(self) -> bool:
        """Whether an end is wanted."""
        return self._effort.interruption.is_requested
