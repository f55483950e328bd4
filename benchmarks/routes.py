"""Distance on published instances against the best known values: python benchmarks/routes.py [seconds]."""

import csv
import sys
import time
from pathlib import Path

import numpy as np

from secondment.algorithms.route_search import Effort, plan_routes
from secondment.algorithms.routing import RoutingProblem

DATA = Path(__file__).parent.parent / "tests" / "data" / "routes"
# Best known distance, whatever the number of vehicles: Solomon sizes 25 and 50 with one decimal kept
# (Kohl et al. 1999, Transportation Science 33), so ours in double precision are a little longer;
# size 100 in double precision (SINTEF and CVRPLIB list them by vehicles or distance); A-n32-k5: CVRPLIB.
BEST = {
    ("C101", 25): 191.3, ("C101", 50): 362.4, ("C101", 100): 828.94,
    ("R101", 25): 617.1, ("R101", 50): 1044.0, ("R101", 100): 1642.88,
    ("RC101", 25): 461.1, ("RC101", 50): 944.0, ("RC101", 100): 1623.58,
    ("A-n32-k5", 31): 784.0,
}  # fmt: skip


def problem_of(name: str, n_sites: int) -> RoutingProblem:
    """A published instance as a routing problem; A-n32-k5 rounds distances to whole numbers."""
    with (DATA / f"{name}.csv").open() as file:
        rows = [[float(value) for value in row[1:]] for row in list(csv.reader(file))[1:]]
    table = np.array(rows[: n_sites + 1])
    distance = np.hypot(*(table[:, None, axis] - table[None, :, axis] for axis in (0, 1)))
    timed = table.shape[1] == 6
    if not timed:
        distance = np.floor(distance + 0.5)
    teams = 25 if timed else 5
    zeros, infinite = np.zeros(n_sites), np.full(n_sites, np.inf)
    return RoutingProblem(
        between=distance[1:, 1:],
        depot=np.tile(distance[0, 1:], (teams, 1)),
        demand=table[1:, 2],
        ready=table[1:, 3] if timed else zeros,
        due=table[1:, 4] if timed else infinite,
        service=table[1:, 5] if timed else zeros,
        capacity=np.full(teams, 200.0 if timed else 100.0),
        team_ready=np.zeros(teams),
        team_due=np.full(teams, table[0, 4] if timed else np.inf),
        allowed=np.ones((teams, n_sites), dtype=np.bool_),
    )


def main(seconds: float) -> None:
    print("instance     sites  distance    best  over    bound  below  routes  iterations   s")
    for (name, size), best in BEST.items():
        start = time.monotonic()
        plan = plan_routes(problem_of(name, size), Effort(10**9, seconds))
        spent = time.monotonic() - start
        over, below = plan.total_distance / best - 1, 1 - plan.bound / plan.total_distance
        print(
            f"{name:12} {size:5} {plan.total_distance:9.2f} {best:7.1f} {over:6.2%} {plan.bound:8.2f} {below:6.1%}"
            f" {len(plan.routes):7} {plan.iterations:11} {spent:5.1f} {len(plan.unserved) or ''}"
        )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 5.0)
