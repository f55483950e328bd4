"""The routing problem in the integers that PyVRP works with, and its answer converted back."""

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.routing.problem import Route, RoutingProblem

if TYPE_CHECKING:
    import pyvrp


LARGEST_LEG = 1e7
LARGEST_TIME = 1e13
LARGEST_LOAD = 1e7
"""Scales: seven digits for a leg or a load leave room for sums and penalties in 64 bits."""
FORGIVEN = 1e-6


@dataclass(frozen=True)
class _Scales:
    length: float
    time: float
    load: float
    horizon: float


def kinds_of_teams(problem: RoutingProblem) -> list[list[int]]:
    """Indistinguishable teams, grouped: the search is quicker that way."""
    kinds: dict[bytes, list[int]] = {}
    for team in range(problem.n_teams):
        ends = (problem.capacity[team], problem.team_ready[team], problem.team_due[team])
        parts = (problem.depot[team], problem.allowed[team], *ends)
        kinds.setdefault(b"|".join(np.asarray(part).tobytes() for part in parts), []).append(team)
    return list(kinds.values())


def vrp_data(
    problem: RoutingProblem, sites: list[int], kinds: list[list[int]], *, must_serve: bool
) -> "pyvrp.ProblemData":
    """Locations are one depot per kind of team, then the sites; every site is worth a large prize.

    The prize exceeds the length of any plan (each tour is at most twice the sum of its depot
    distances, by the triangle inequality), so one more site always outweighs distance. With `must_serve`
    leaving a site out is not a move of the search, and visits that fit nowhere break windows or loads.
    """
    import pyvrp

    lengths = _lengths(problem, sites, kinds)
    scales = _scales(problem, sites, lengths)
    prize = 2 * math.ceil(float(lengths[: len(kinds), len(kinds) :].max(axis=0).sum()) * scales.length) + int(
        LARGEST_LEG
    )
    matrices, profiles = _matrices(problem, sites, kinds, lengths, scales, prize)
    # The solver's stub gives arrays a shape type that no array has.
    lengths_of_profiles: list[Any] = [length for length, _ in matrices]
    times_of_profiles: list[Any] = [duration for _, duration in matrices]
    return pyvrp.ProblemData(
        [pyvrp.Location(0, 0) for _ in range(len(lengths))],
        [
            _client(problem, site, len(kinds) + place, scales, prize=0 if must_serve else prize)
            for place, site in enumerate(sites)
        ],
        [pyvrp.Depot(kind) for kind in range(len(kinds))],
        [
            _vehicles(problem, teams, kind, profile, scales)
            for kind, (teams, profile) in enumerate(zip(kinds, profiles, strict=True))
        ],
        lengths_of_profiles,
        times_of_profiles,
    )


def routes_of(
    problem: RoutingProblem, sites: list[int], kinds: list[list[int]], solution: "pyvrp.Solution"
) -> list[Route]:
    """Give the tours of each kind to its teams: one day of every team first, then the next day."""
    free = [[(team, day) for day in range(problem.days) for team in teams][::-1] for teams in kinds]
    routes = []
    for tour in solution.routes():
        visits = tuple(sites[stop.idx] for stop in tour.schedule() if stop.is_client())
        team, day = free[tour.vehicle_type()].pop()
        routes.append(Route(team, day, visits))
    return routes


def length_scale(problem: RoutingProblem, sites: list[int]) -> float:
    """Integer units per unit of distance."""
    longest = max(float(problem.between[np.ix_(sites, sites)].max()), float(problem.depot[:, sites].max()))
    return _power_of_ten(LARGEST_LEG / longest) if longest > 0 else 1.0


def _lengths(problem: RoutingProblem, sites: list[int], kinds: list[list[int]]) -> FloatArray:
    n_kinds = len(kinds)
    lengths = np.zeros((n_kinds + len(sites), n_kinds + len(sites)))
    depot = problem.depot[np.ix_([teams[0] for teams in kinds], sites)]
    lengths[:n_kinds, n_kinds:] = depot
    lengths[n_kinds:, :n_kinds] = depot.T
    lengths[n_kinds:, n_kinds:] = problem.between[np.ix_(sites, sites)]
    return lengths


def _scales(problem: RoutingProblem, sites: list[int], lengths: FloatArray) -> _Scales:
    longest = float(lengths.max())
    ends = np.concatenate([problem.ready[sites], problem.due[sites], problem.team_ready, problem.team_due])
    last = float(ends[np.isfinite(ends)].max())
    horizon = last + float(problem.service[sites].sum()) + (len(sites) + 1) * longest / problem.speed + 1
    length = length_scale(problem, sites)
    most = float(min(problem.capacity.max(), problem.demand[sites].sum()))
    load = _power_of_ten(LARGEST_LOAD / max(most, 1e-6))
    return _Scales(length, _power_of_ten(min(length * problem.speed, LARGEST_TIME / horizon)), load, horizon)


def _power_of_ten(most: float) -> float:
    """The largest power of ten up to `most`: decimal input stays exact."""
    return float(10.0 ** math.floor(math.log10(most)))


def _client(problem: RoutingProblem, site: int, location: int, scales: _Scales, prize: int) -> "pyvrp.Client":
    import pyvrp

    ready = math.ceil(problem.ready[site] * scales.time - FORGIVEN)
    due = math.floor(min(problem.due[site], scales.horizon) * scales.time + FORGIVEN)
    return pyvrp.Client(
        location,
        delivery=[math.ceil(problem.demand[site] * scales.load - FORGIVEN)],
        service_duration=math.ceil(problem.service[site] * scales.time - FORGIVEN),
        tw_early=ready,
        tw_late=max(ready, due),
        prize=prize,
        required=prize == 0,
    )


def _vehicles(
    problem: RoutingProblem, teams: list[int], kind: int, profile: int, scales: _Scales
) -> "pyvrp.VehicleType":
    import pyvrp

    team = teams[0]
    capacity = min(float(problem.capacity[team]), float(problem.demand.sum()) + 1)
    return pyvrp.VehicleType(
        num_available=len(teams) * problem.days,
        capacity=[math.floor(capacity * scales.load + FORGIVEN)],
        start_depot=kind,
        end_depot=kind,
        tw_early=math.ceil(problem.team_ready[team] * scales.time - FORGIVEN),
        tw_late=math.floor(min(problem.team_due[team], scales.horizon) * scales.time + FORGIVEN),
        profile=profile,
    )


def _matrices(
    problem: RoutingProblem,
    sites: list[int],
    kinds: list[list[int]],
    lengths: FloatArray,
    scales: _Scales,
    prize: int,
) -> tuple[list[tuple[IntArray, IntArray]], list[int]]:
    """One pair of matrices per set of sites that a kind of team may visit; forbidden legs cost a prize."""
    integral = np.rint(lengths * scales.length).astype(np.int64)
    times = np.ceil(lengths / problem.speed * scales.time - FORGIVEN).astype(np.int64)
    numbers: dict[bytes, int] = {}
    matrices: list[tuple[IntArray, IntArray]] = []
    for teams in kinds:
        allowed = problem.allowed[teams[0], sites]
        if allowed.tobytes() not in numbers:
            numbers[allowed.tobytes()] = len(numbers)
            barred = len(kinds) + np.flatnonzero(~allowed)
            legs = integral.copy()
            legs[barred, :] = prize
            legs[:, barred] = prize
            np.fill_diagonal(legs, 0)
            matrices.append((legs, times))
    return matrices, [numbers[problem.allowed[teams[0], sites].tobytes()] for teams in kinds]
