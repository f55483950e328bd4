"""A thin, typed door to HiGHS: one program over some pairs of a model."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.interruption import Interruption
from secondment.algorithms.side_rules.model import Model

MOST_NODES = 2**31 - 1
NO_SUB_PROGRAMS: dict[str, float | bool] = {
    "mip_heuristic_effort": 0.0,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_root_reduced_cost": False,
    "mip_heuristic_run_feasibility_jump": False,
    # Measured: with reliable pseudo-costs, more time goes into strong branching than into the tree it saves.
    "mip_pscost_minreliable": 1,
}


class SolverError(RuntimeError):
    """HiGHS ended in a way that should not happen; the message carries its status."""


@dataclass(frozen=True)
class Search:
    """How to search integer plans: at most `seconds` and `most_nodes`, until the absolute `gap` is proven.

    Only plans worth more than `cutoff` are looked for. With `sub_programs`, the solver also tries smaller programs.
    """

    seconds: float
    gap: float
    most_nodes: int = MOST_NODES
    cutoff: float = -math.inf
    sub_programs: bool = False
    interruption: Interruption | None = None


@dataclass(frozen=True, eq=False)
class Answer:
    """The result of a maximisation by HiGHS: `finished`, the column values (None without any), row duals, bound, nodes."""

    finished: bool
    columns: FloatArray | None
    row_duals: FloatArray
    bound: float
    n_nodes: int


class Program:
    """Maximise `value · x + extra_value · z` over the pairs of a model that have been added so far."""

    def __init__(self, model: Model, extra_value: FloatArray) -> None:
        """A program without any pair; its auxiliary quantities come first."""
        import highspy

        self._highspy: Any = highspy
        self._model = model
        # The class without the underscore greets on standard output.
        self._highs: Any = self._highspy._Highs()  # noqa: SLF001 -- no public name for it
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("random_seed", 1)
        self._add_rows()
        self._add_columns(extra_value, model.extra_lower, model.extra_upper, model.extras)
        self.arcs: IntArray = np.zeros(0, dtype=np.int64)

    def add(self, arcs: IntArray, value: FloatArray, least: float = 0.0) -> None:
        """Add pairs with their values (n_added,); with `least` 1 they must be in the plan."""
        n_added = len(arcs)
        # No upper bound: the row of the person already holds it, and the duals then price pairs left out.
        self._add_columns(value, np.full(n_added, least), np.full(n_added, np.inf), self._model.arcs[:, arcs])
        self.arcs = np.concatenate((self.arcs, arcs))

    def solve_relaxation(self, seconds: float, interruption: Interruption | None = None) -> Answer:
        """Solve with fractions allowed, from the last basis."""
        self._listen(interruption)
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + max(seconds, 0.01))
        return self._answer()

    def solve_integer(
        self,
        search: Search,
        start: IntArray | None = None,
        told: Callable[[float, float], None] | None = None,
    ) -> Answer:
        """Solve in integers, from the plan `start` (pairs) if there is one; `told` hears the best value and the bound."""
        first, n_arcs = self._model.n_extras, len(self.arcs)
        columns = np.arange(first, first + n_arcs, dtype=np.int32)
        kinds = np.full(n_arcs, int(self._highspy.HighsVarType.kInteger), dtype=np.uint8)
        self._highs.changeColsIntegrality(n_arcs, columns, kinds)
        if start is not None:
            self._highs.setSolution(n_arcs, columns, np.isin(self.arcs, start).astype(np.float64))
        self._set_search(search)
        self._listen(search.interruption, told)
        answer = self._answer(search.cutoff)
        if answer.finished and answer.columns is not None and not self._is_consistent():
            # HiGHS 1.16 may hand back the start instead of the optimum when presolve empties the model.
            self._highs.clearSolver()
            answer = self._answer(search.cutoff)
        return answer

    def _listen(
        self, interruption: Interruption | None, told: Callable[[float, float], None] | None = None
    ) -> None:
        if interruption is not None:
            # HiGHS minimises the negative.
            heard = None if told is None else lambda best, bound: told(-best, -bound)
            interruption.stop_highs(self._highspy, self._highs, heard)

    def _set_search(self, search: Search) -> None:
        options = {
            "mip_max_nodes": search.most_nodes,
            "mip_rel_gap": 0.0,
            "mip_abs_gap": max(search.gap, 1e-7),
            "time_limit": max(search.seconds, 0.01),
            "objective_bound": -search.cutoff,
        }
        if not search.sub_programs:
            options |= NO_SUB_PROGRAMS
        for name, value in options.items():
            self._highs.setOptionValue(name, value)

    def _is_consistent(self) -> bool:
        """Whether the reported objective is that of the reported columns."""
        reached = float(
            np.asarray(self._highs.getLp().col_cost_) @ np.asarray(self._highs.getSolution().col_value)
        )
        objective = float(self._highs.getInfo().objective_function_value)
        return abs(reached - objective) <= 1e-6 * max(1.0, abs(objective))

    def _add_rows(self) -> None:
        n_rows = len(self._model.lower)
        none_int, none = np.zeros(0, dtype=np.int32), np.zeros(0)
        starts = np.zeros(n_rows, dtype=np.int32)
        self._highs.addRows(n_rows, self._model.lower, self._model.upper, 0, starts, none_int, none)

    def _add_columns(
        self, value: FloatArray, lower: FloatArray, upper: FloatArray, matrix: sparse.csc_array
    ) -> None:
        if len(value) == 0:
            return
        starts, rows = matrix.indptr[:-1].astype(np.int32), matrix.indices.astype(np.int32)
        self._highs.addCols(len(value), -value, lower, upper, matrix.nnz, starts, rows, matrix.data)

    def _answer(self, cutoff: float | None = None) -> Answer:
        """Run; with a `cutoff`, infeasibility is an answer: no integer plan is worth more."""
        self._highs.run()
        info, solution = self._highs.getInfo(), self._highs.getSolution()
        n_nodes = max(0, int(info.mip_node_count))
        status = self._highs.getModelStatus()
        statuses = self._highspy.HighsModelStatus
        stopped = (statuses.kTimeLimit, statuses.kSolutionLimit, statuses.kInterrupt)
        if cutoff is not None and status in (statuses.kInfeasible, statuses.kObjectiveBound):
            return Answer(finished=True, columns=None, row_duals=np.zeros(0), bound=cutoff, n_nodes=n_nodes)
        if status not in (statuses.kOptimal, statuses.kModelEmpty, *stopped):
            raise SolverError(f"HiGHS ended with “{self._highs.modelStatusToString(status)}”")
        feasible = info.primal_solution_status == 2
        return Answer(
            finished=status not in stopped,
            columns=np.asarray(solution.col_value) if feasible else None,
            row_duals=np.asarray(solution.row_dual, dtype=np.float64),
            bound=-float(info.mip_dual_bound),
            n_nodes=n_nodes,
        )


def version() -> str:
    """Name and version of the solver, for the record of a run."""
    import highspy

    numbers = (highspy.HIGHS_VERSION_MAJOR, highspy.HIGHS_VERSION_MINOR, highspy.HIGHS_VERSION_PATCH)
    return "HiGHS " + ".".join(str(number) for number in numbers)


def chosen_arcs(arcs: IntArray, values: FloatArray) -> IntArray:
    """The pairs at one, in ascending order."""
    return np.sort(arcs[values > 0.5])
