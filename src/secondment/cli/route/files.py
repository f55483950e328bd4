"""Sites and teams from table files into a routing problem, and a plan back into ids."""

import argparse
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.routing.problem import (
    Route,
    RoutePlan,
    RoutingProblem,
    route_distance,
    service_starts,
)
from secondment.files.columns.rows import Cells, read_by_key
from secondment.files.columns.visit import SITE, TEAM
from secondment.files.problems import BadInputError
from secondment.files.table import Row, Table

EARTH_RADIUS_KM = 6371.0088
# Beyond it the search's integers can no longer distinguish one site from its neighbour.
LARGEST = 1e12


@dataclass(frozen=True)
class NamedProblem:
    """A routing problem and the ids of its sites and teams, in file order."""

    problem: RoutingProblem
    sites: list[str]
    teams: list[str]


def read_problem(arguments: argparse.Namespace) -> NamedProblem:
    """Read both files; every fault of both in one `BadInputError`."""
    sites = read_by_key(arguments.sites, SITE, ("id",))
    teams = read_by_key(arguments.teams, TEAM, ("id", "capacity"))
    axes = _axes(sites)
    depot_axes = tuple(f"depot_{axis}" for axis in axes)
    _require(teams, depot_axes)
    site_cells, team_cells = Cells(sites), Cells(teams)
    team_cells.require_rows()
    site_cells.require_rows()
    team_ids, site_ids = team_cells.names("id"), site_cells.names("id")
    points = _points(site_cells, sites, axes)
    depots = _points(team_cells, teams, depot_axes)
    allowed = np.array([_rights(site_cells, row, team_ids) for row in sites.rows], dtype=np.bool_)
    problem = RoutingProblem(
        between=distances(points, points, is_globe=axes[0] == "lon"),
        depot=distances(depots, points, is_globe=axes[0] == "lon"),
        demand=_column(site_cells, sites, "demand", 0.0),
        ready=_column(site_cells, sites, "ready", 0.0),
        due=_column(site_cells, sites, "due", math.inf),
        service=_column(site_cells, sites, "service", 0.0),
        capacity=_column(team_cells, teams, "capacity", math.inf),
        team_ready=_column(team_cells, teams, "ready", 0.0),
        team_due=_column(team_cells, teams, "due", math.inf),
        allowed=allowed.reshape(len(site_ids), len(team_ids)).T,
        days=arguments.days,
        speed=arguments.speed,
    )
    _check_windows(site_cells, sites, problem.ready, problem.due)
    _check_windows(team_cells, teams, problem.team_ready, problem.team_due)
    if site_cells.problems or team_cells.problems:
        raise BadInputError(site_cells.in_order() + team_cells.in_order())
    return NamedProblem(problem, site_ids, team_ids)


def plan_as_json(named: NamedProblem, plan: RoutePlan) -> dict[str, object]:
    """The plan in the words of the files; days count from 1."""
    return {
        "status": plan.status.value,
        "total_distance": plan.total_distance,
        "bound": plan.bound,
        "gap": plan.total_distance - plan.bound,
        "iterations": plan.iterations,
        "repeatable": plan.is_repeatable,
        "routes": [_route_as_json(named, route) for route in plan.routes],
        "unserved": [{"id": named.sites[site], "reason": reason.value} for site, reason in plan.unserved],
    }


def distances(here: FloatArray, there: FloatArray, *, is_globe: bool) -> FloatArray:
    """Shape (len(here), len(there)): straight lines, or great circles in km of (longitude, latitude) in degrees."""
    if not is_globe:
        return np.hypot(here[:, None, 0] - there[None, :, 0], here[:, None, 1] - there[None, :, 1])
    lon, lat = np.radians(here[:, None, 0] - there[None, :, 0]), np.radians(here[:, None, 1])
    other = np.radians(there[None, :, 1])
    square = np.sin((lat - other) / 2) ** 2 + np.cos(lat) * np.cos(other) * np.sin(lon / 2) ** 2
    result: FloatArray = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.sqrt(square), 1.0))
    return result


def _route_as_json(named: NamedProblem, route: Route) -> dict[str, object]:
    return {
        "team": named.teams[route.team],
        "day": route.day + 1,
        "visits": [named.sites[site] for site in route.visits],
        "starts": service_starts(named.problem, route.team, route.visits),
        "distance": route_distance(named.problem, route.team, route.visits),
    }


def _axes(sites: Table) -> tuple[str, str]:
    for axes in (("x", "y"), ("lon", "lat")):
        if set(axes) <= set(sites.columns):
            return axes
    remedy = "add x and y (横坐标, 纵坐标), or lon and lat (经度, 纬度) in degrees"
    raise BadInputError.of_file(sites.file, "has no columns x and y", remedy)


def _require(teams: Table, keys: Sequence[str]) -> None:
    missing = [f"{TEAM[key].title} ({key})" for key in keys if key not in teams.columns]
    if missing:
        remedy = "use the same kind of coordinates as the sites"
        raise BadInputError.of_file(teams.file, f"has no column {' and '.join(missing)}", remedy)


def _points(cells: Cells, table: Table, columns: tuple[str, ...]) -> FloatArray:
    limits = {"lon": 180.0, "lat": 90.0}
    most = [limits.get(column.removeprefix("depot_"), LARGEST) for column in columns]
    return np.array(
        [
            [cells.number(row, name, least=-top, most=top) for name, top in zip(columns, most, strict=True)]
            for row in table.rows
        ]
    )


def _column(cells: Cells, table: Table, name: str, blank: float) -> FloatArray:
    return np.array([cells.number(row, name, blank=blank, least=0.0, most=LARGEST) for row in table.rows])


def _rights(cells: Cells, row: Row, teams: list[str]) -> list[bool]:
    """Which teams may visit: all when empty, those listed, or with a leading ! all but those listed."""
    text = row["team"].replace("；", ";").replace("！", "!")
    is_barred = text.startswith("!")
    named = {name.strip() for name in text.removeprefix("!").split(";")} - {""}
    for name in sorted(named - set(teams)):
        cells.add(row, "team", f"names “{name}”", "use ids of the teams file, separated by ;")
    return [(team in named) != is_barred if named else True for team in teams]


def _check_windows(cells: Cells, table: Table, ready: FloatArray, due: FloatArray) -> None:
    for row, start, end in zip(table.rows, ready, due, strict=True):
        if start > end:
            cells.add(row, "due", f"is {end:g}, before ready {start:g}", "let ready be at or before due")
