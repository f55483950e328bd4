"""Inspection routes (督查路线): which team visits which sites on which day, in which order."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray

TOLERANCE = 1e-9
"""Loads and times may pass their limits by this much: the rounding of decimal input, no more."""


class Unreached(StrEnum):
    """Why a site is not in the plan; each reason is checked, never guessed."""

    NO_TEAM = "no team may visit it"
    DEMAND = "its demand is above the capacity of every team that may visit it"
    WINDOW = "no team that may visit it can reach it in its window and be back in time"
    NO_ROOM = "no room left in any day of any team that may visit it"


class RouteStatus(StrEnum):
    """How good the plan is known to be."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"


@dataclass(frozen=True)
class RoutingProblem:
    """Sites, teams and days.

    `between` has shape (n, n): distance from site to site; `depot` shape (m, n): distance from the
    depot of each team to each site and back. Times are distance / `speed`. `ready`, `due`, `service`
    and `demand` have shape (n,), `capacity`, `team_ready` and `team_due` shape (m,); infinite `due`
    means no end. `allowed[t, i]` states whether team t may visit site i. Windows hold on every day, and
    each team makes at most one tour a day. Service starts inside the window and may end after it; a
    tour starts and ends inside the team's window.
    """

    between: FloatArray
    depot: FloatArray
    demand: FloatArray
    ready: FloatArray
    due: FloatArray
    service: FloatArray
    capacity: FloatArray
    team_ready: FloatArray
    team_due: FloatArray
    allowed: BoolArray
    days: int = 1
    speed: float = 1.0

    @property
    def n_sites(self) -> int:
        """How many sites there are."""
        return int(self.demand.size)

    @property
    def n_teams(self) -> int:
        """How many teams there are."""
        return int(self.capacity.size)


@dataclass(frozen=True)
class Route:
    """One tour: team, day (from 0), sites in order."""

    team: int
    day: int
    visits: tuple[int, ...]


@dataclass(frozen=True)
class RoutePlan:
    """Routes, what they miss and why, distance in double precision and a valid lower bound on it.

    `bound` holds for every plan that serves at least as many sites. `iterations` and `is_repeatable`
    say how far the search came and whether the clock had a hand in stopping it.
    """

    status: RouteStatus
    routes: tuple[Route, ...]
    unserved: tuple[tuple[int, Unreached], ...]
    total_distance: float
    bound: float
    iterations: int
    is_repeatable: bool


def route_distance(problem: RoutingProblem, team: int, visits: tuple[int, ...]) -> float:
    """Length of a tour from the team's depot through `visits` and back; 0 for none."""
    if not visits:
        return 0.0
    legs = sum(float(problem.between[i, j]) for i, j in pairwise(visits))
    return float(problem.depot[team, visits[0]]) + legs + float(problem.depot[team, visits[-1]])


def is_feasible_route(problem: RoutingProblem, team: int, visits: tuple[int, ...]) -> bool:
    """Whether the team may make this tour: rights, capacity, windows, back in time."""
    if not all(problem.allowed[team, site] for site in visits):
        return False
    if problem.demand[list(visits)].sum() > problem.capacity[team] + TOLERANCE:
        return False
    return _is_in_time(problem, team, visits)


def service_starts(problem: RoutingProblem, team: int, visits: tuple[int, ...]) -> list[float]:
    """When service starts at each visit, as early as possible; windows are not checked here."""
    starts: list[float] = []
    clock = float(problem.team_ready[team])
    for place, site in enumerate(visits):
        leg = problem.between[visits[place - 1], site] if place else problem.depot[team, site]
        start = max(clock + float(leg) / problem.speed, float(problem.ready[site]))
        starts.append(start)
        clock = start + float(problem.service[site])
    return starts


def _is_in_time(problem: RoutingProblem, team: int, visits: tuple[int, ...]) -> bool:
    if not visits:
        return True
    starts = service_starts(problem, team, visits)
    if any(start > problem.due[site] + TOLERANCE for start, site in zip(starts, visits, strict=True)):
        return False
    last = visits[-1]
    back = starts[-1] + float(problem.service[last]) + float(problem.depot[team, last]) / problem.speed
    return bool(back <= problem.team_due[team] + TOLERANCE)


def unreachable_reason(problem: RoutingProblem, site: int) -> Unreached | None:
    """Why no tour at all could visit the site, or None when a tour to it alone is possible."""
    teams = np.flatnonzero(problem.allowed[:, site])
    if teams.size == 0:
        return Unreached.NO_TEAM
    strong = teams[problem.capacity[teams] + TOLERANCE >= problem.demand[site]]
    if strong.size == 0:
        return Unreached.DEMAND
    if not any(_is_in_time(problem, int(team), (site,)) for team in strong):
        return Unreached.WINDOW
    return None
