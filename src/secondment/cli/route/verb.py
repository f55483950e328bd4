"""`secondment route`: inspection tours for several teams and days, with a bound and checked reasons."""

import argparse
from pathlib import Path

from secondment.algorithms.routing.search import Effort, plan_routes
from secondment.cli.contract import (
    ExitCode,
    NoSolutionError,
    Verb,
    check_ending,
    print_summary,
    progress_bar,
    write_json,
)
from secondment.cli.numbers import number_between
from secondment.cli.route.files import plan_as_json, read_problem
from secondment.cli.stopping import interruptible

ITERATIONS_PER_SECOND = 150_000
"""Search steps times (sites + 20) that a desk machine does in a second, with a margin of two: the clock must not decide."""


def steps_for(seconds: float, n_sites: int) -> int:
    """Search steps that an idle desk machine does well within `seconds`."""
    return int(ITERATIONS_PER_SECOND * seconds / (n_sites + 20)) + 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to go, who goes, and how long to think."""
    parser.add_argument(
        "--sites",
        type=Path,
        required=True,
        help="table: id, x, y (or lon, lat), demand, ready, due, service, team",
    )
    parser.add_argument(
        "--teams",
        type=Path,
        required=True,
        help="table: id, capacity, depot_x, depot_y (or depot_lon, depot_lat), ready, due",
    )
    parser.add_argument(
        "--days", type=number_between(1, 366, integer=True), default=1, help="days (default 1)"
    )
    parser.add_argument(
        "--speed", type=number_between(1e-9), default=1.0, help="distance per unit of time (default 1)"
    )
    parser.add_argument(
        "--seconds",
        type=number_between(0.01, 86_400),
        default=10.0,
        help="most time for the search (default 10)",
    )
    parser.add_argument(
        "--iterations",
        type=number_between(1, 10**9, integer=True),
        help="most search steps (default: from --seconds)",
    )


def run(arguments: argparse.Namespace) -> ExitCode:
    """Read, search, write the plan; no solution when not one site can be visited."""
    check_ending(arguments.out, [".json"])
    named = read_problem(arguments)
    steps = arguments.iterations or steps_for(arguments.seconds, len(named.sites))
    progress = progress_bar(quiet=arguments.quiet)
    with interruptible(lambda share, doing: None, "searching", share=0.0, limit=arguments.seconds) as wish:
        effort = Effort(steps, arguments.seconds, wish)
        plan = plan_routes(named.problem, effort, seed=arguments.seed, progress=progress)
    progress(1.0, "done")
    write_json(arguments.out, plan_as_json(named, plan))
    if not plan.routes:
        raise NoSolutionError(f"no site can be visited; the reasons are in {arguments.out}")
    print_summary(
        f"{len(plan.routes)} tours, {len(named.sites) - len(plan.unserved)} of {len(named.sites)} sites, "
        f"distance {plan.total_distance:.2f}, at least {plan.bound:.2f} needed",
        quiet=arguments.quiet,
    )
    return ExitCode.STOPPED_AT_LIMIT if wish.is_requested else ExitCode.DONE


VERB = Verb("route", __doc__ or "", add_arguments, run)
