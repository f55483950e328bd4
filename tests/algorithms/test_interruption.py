"""Searches that are asked to end give the best they have, with its gap; never more than they proved."""

import threading
from dataclasses import replace

import numpy as np
import pytest

from secondment.algorithms.interruption import Interruption
from secondment.algorithms.promotion import promote
from secondment.algorithms.rotation import RotationStatus, _Search, plan_rotation, possible_terms
from secondment.algorithms.routing.search import Effort, plan_routes
from secondment.algorithms.side_rules.highs import Program, Search
from secondment.algorithms.side_rules.model import build_model
from secondment.algorithms.side_rules.solution import Status
from secondment.algorithms.side_rules.solve import Limits, solve_with_side_rules
from secondment.algorithms.stable_matching import largest
from secondment.algorithms.stable_matching.largest import (
    StableStatus,
    largest_stable_plan,
)
from secondment.algorithms.stable_matching.program import solve_stable_program
from tests.algorithms.routes import check_plan, make_problem
from tests.algorithms.test_rotation import campaign
from tests.algorithms.test_side_rules import big_problem
from tests.algorithms.test_stable_matching import five_with_ties


def asked() -> Interruption:
    interruption = Interruption()
    interruption.request()
    return interruption


def test_whatever_runs_is_told_and_nothing_else() -> None:
    interruption, told = Interruption(), []
    with interruption.ending(lambda: told.append("first")):
        interruption.request()
        interruption.request()
    assert interruption.is_requested
    interruption.request()
    assert told == ["first", "first"]


def test_side_rules_end_at_once_with_what_is_known() -> None:
    solution = solve_with_side_rules(big_problem(), Limits(interruption=asked()))
    assert solution.status is Status.STOPPED_AT_LIMIT
    assert solution.goals[0].bound == 40


@pytest.mark.parametrize("whole", [False, True])
def test_the_solver_ends_at_its_own_points(*, whole: bool) -> None:
    problem = big_problem()
    program = Program(build_model(problem), np.zeros(0))
    program.add(np.arange(problem.n_arcs), problem.score)
    wish = Interruption()
    wish._requested = _Later(n=2)
    search = Search(np.inf, 1e-6, interruption=wish)
    answer = program.solve_integer(search) if whole else program.solve_relaxation(np.inf, wish)
    assert not answer.finished


class _Later(threading.Event):
    """Set from the n-th question on."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self._left = n

    def is_set(self) -> bool:
        self._left -= 1
        return self._left < 0


def test_rotation_ends_between_its_goals() -> None:
    plan = plan_rotation(campaign(), interruption=asked())
    assert (plan.status, len(plan.terms)) == (RotationStatus.UNKNOWN, 0)
    wish = Interruption()
    wish._requested = _Later(n=1)
    small = replace(campaign(), need=np.minimum(campaign().need, 1))
    plan = plan_rotation(small, interruption=wish)
    assert plan.status is RotationStatus.STOPPED_AT_LIMIT
    assert len(plan.goals) == 1


def test_rotation_tells_the_solver_that_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    wish, told = Interruption(), []
    search = _Search(campaign(), possible_terms(campaign()), 0.1, 1, wish)

    class Solver:
        def solve(self, _model: object) -> int:
            wish.request()
            return 0

        def stop_search(self) -> None:
            told.append("stopped")

    monkeypatch.setattr(search, "_solver", Solver)
    assert search.reach(*search.aims()[0]) is None
    assert told == ["stopped"]


@pytest.mark.parametrize("most_entries", [0, 400_000], ids=["CP-SAT", "HiGHS"])
def test_largest_stable_plan_falls_back_on_the_first_one(
    monkeypatch: pytest.MonkeyPatch, most_entries: int
) -> None:
    monkeypatch.setattr(largest, "MOST_ENTRIES", most_entries)
    monkeypatch.setattr(
        largest,
        "solve_stable_program",
        lambda given, rough, most, *, interruption, **_: (interruption.request(), (rough, most))[1],
    )
    plan = largest_stable_plan(five_with_ties(), interruption=Interruption() if most_entries else asked())
    assert (plan.status, len(plan.chosen), plan.bound) == (StableStatus.AT_LEAST_TWO_THIRDS, 4, 5)


def test_the_stable_program_keeps_its_start() -> None:
    rough = promote(five_with_ties())
    found, bound = solve_stable_program(five_with_ties(), rough, 5, most_nodes=9, interruption=asked())
    assert len(found) >= len(rough)
    assert len(found) <= bound <= 5


def test_routes_end_at_once_and_hold() -> None:
    problem = make_problem([(i % 4, i * 1.7 % 5) for i in range(12)], capacity=[3.0] * 6, depots=[(0, 0)] * 6)
    plan = plan_routes(problem, Effort(10**9, np.inf, asked()))
    assert not plan.is_repeatable
    check_plan(problem, plan)
