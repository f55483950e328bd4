"""Distance on published instances against the best known values: python benchmarks/routes.py [seconds [name …]].

Searches as many steps as `secondment route --seconds` would, however long this machine takes, so that the distances
do not depend on its load; the last column is processor seconds.
"""

import csv
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import numpy as np
from numpy.typing import NDArray

from secondment.algorithms.routing.problem import RoutingProblem
from secondment.algorithms.routing.search import Effort, plan_routes
from secondment.cli.route.verb import steps_for

DATA = Path(__file__).parent.parent / "tests" / "data" / "routes"
NO_CLOCK = 3600.0


@dataclass(frozen=True)
class Instance:
    """A published instance; `best` is the best known distance with the rounding its publishers use.

    Solomon's are cut to one decimal per leg (Kohl et al. 1999; DIMACS challenge 2022), the others rounded to whole
    numbers (CVRPLIB). All are proven optima.
    """

    name: str
    n_sites: int
    teams: int
    capacity: float
    best: float

    @property
    def is_timed(self) -> bool:
        """Whether it has windows: the sets of Solomon have names without a dash."""
        return "-" not in self.name

    @property
    def group(self) -> str:
        """The class its publishers put it in."""
        return self.name.split("-")[0] if not self.is_timed else self.name[:-2]


INSTANCES = (
    *(Instance("C101", n, 25, 200, best) for n, best in ((25, 191.3), (50, 362.4), (100, 827.3))),
    *(Instance("R101", n, 25, 200, best) for n, best in ((25, 617.1), (50, 1044.0), (100, 1637.7))),
    *(Instance("RC101", n, 25, 200, best) for n, best in ((25, 461.1), (50, 944.0), (100, 1619.8))),
    Instance("C104", 100, 25, 200, 822.9),
    Instance("C201", 100, 25, 700, 589.1),
    Instance("R104", 100, 25, 200, 971.5),
    Instance("R112", 100, 25, 200, 948.6),
    Instance("R201", 100, 25, 1000, 1143.2),
    Instance("RC105", 100, 25, 200, 1513.7),
    Instance("RC108", 100, 25, 200, 1114.2),
    Instance("RC201", 100, 25, 1000, 1261.8),
    Instance("A-n32-k5", 31, 5, 100, 784),
    Instance("A-n61-k9", 60, 9, 100, 1034),
    Instance("A-n80-k10", 79, 10, 100, 1763),
    Instance("X-n101-k25", 100, 30, 206, 27591),
    Instance("X-n125-k30", 124, 35, 188, 55539),
    Instance("X-n214-k11", 213, 15, 944, 10856),
)


def instance_of(name: str, n_sites: int) -> Instance:
    """The instance of this name and size."""
    return next(item for item in INSTANCES if (item.name, item.n_sites) == (name, n_sites))


def problem_of(instance: Instance, *, cut: bool = True) -> RoutingProblem:
    """A published instance as a routing problem, with the rounding of its publishers.

    Without `cut`, Solomon's legs keep their double precision.
    """
    with (DATA / f"{instance.name}.csv").open() as file:
        rows = [[float(value) for value in row[1:]] for row in list(csv.reader(file))[1:]]
    n_sites, teams, timed = instance.n_sites, instance.teams, instance.is_timed
    table = np.array(rows[: n_sites + 1])
    distance = np.hypot(*(table[:, None, axis] - table[None, :, axis] for axis in (0, 1)))
    if cut or not timed:
        distance = _rounded(distance, timed)
    zeros, infinite = np.zeros(n_sites), np.full(n_sites, np.inf)
    return RoutingProblem(
        between=distance[1:, 1:],
        depot=np.tile(distance[0, 1:], (teams, 1)),
        demand=table[1:, 2],
        ready=table[1:, 3] if timed else zeros,
        due=table[1:, 4] if timed else infinite,
        service=table[1:, 5] if timed else zeros,
        capacity=np.full(teams, float(instance.capacity)),
        team_ready=np.zeros(teams),
        team_due=np.full(teams, table[0, 4] if timed else np.inf),
        allowed=np.ones((teams, n_sites), dtype=np.bool_),
    )


def _rounded(distance: NDArray[np.float64], timed: bool) -> NDArray[np.float64]:
    rounded: NDArray[np.float64] = np.floor(distance * 10) / 10 if timed else np.floor(distance + 0.5)
    return rounded


def main(seconds: float, names: list[str]) -> None:
    """One line per instance as soon as it is done, then the mean per class."""
    print(
        "instance     sites  distance     best   over    bound  below  routes  iterations   CPU s", flush=True
    )
    over: dict[str, list[float]] = {}
    for instance in INSTANCES:
        if names and instance.name not in names:
            continue
        start = time.process_time()
        plan = plan_routes(problem_of(instance), Effort(steps_for(seconds, instance.n_sites), NO_CLOCK))
        spent = time.process_time() - start
        gap, below = plan.total_distance / instance.best - 1, 1 - plan.bound / plan.total_distance
        over.setdefault(instance.group, []).append(gap)
        print(
            f"{instance.name:12} {instance.n_sites:5} {plan.total_distance:9.1f} {instance.best:8.1f} {gap:6.2%}"
            f" {plan.bound:8.1f} {below:6.1%} {len(plan.routes):7} {plan.iterations:11} {spent:5.1f}"
            f" {f'left out: {len(plan.unserved)}' if plan.unserved else ''}",
            flush=True,
        )
    for group, gaps in over.items():
        print(
            f"{group:4} mean over best known {mean(gaps):6.2%}, largest {max(gaps):6.2%}, {len(gaps)} instances"
        )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10.0, sys.argv[2:])
