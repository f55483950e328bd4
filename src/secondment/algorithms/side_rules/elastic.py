"""The demands of all rules as a program in which any of them may be dropped, to ask which can hold together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from secondment.algorithms.arrays import BoolArray, FloatArray, IntArray
from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.highs import MOST_NODES, SolverError
from secondment.algorithms.side_rules.model import Model, build_model
from secondment.algorithms.side_rules.pricing import best_per_post
from secondment.algorithms.side_rules.problem import SideRuleProblem

POSSIBLE = 1e-6
SUPPORT = 1e-9
DEAR = 1000.0
NEAR_PER_POST = 10
# Price of missing other demands, and most nodes.
NEAR_SEARCHES = ((1.0, 50), (0.0, 200))
FEASIBLE = 2
PRIMAL_SIMPLEX = 4


@dataclass(frozen=True, eq=False)
class Demands:
    """What may be dropped: `of_row` (n_side_rows,) numbers the demand of every side row, rule by rule."""

    of_row: IntArray
    n_parts: tuple[int, ...]

    @property
    def n(self) -> int:
        """Number of demands."""
        return sum(self.n_parts)


@dataclass(frozen=True, eq=False)
class Probe:
    """Whether some demands can hold together (None: not known in time).

    `core` are demands that already contradict one another, (n_demands,); `kept` those that the plan found keeps.
    """

    possible: bool | None
    core: BoolArray | None = None
    kept: BoolArray | None = None


def demands_of(problem: SideRuleProblem) -> Demands:
    """The demands of every rule, one after the other."""
    parts = [block.parts() for block in problem.blocks(full=False)]
    n_parts = tuple(int(part.max(initial=-1)) + 1 for part in parts)
    first = np.concatenate(([0], np.cumsum(n_parts)))
    none = np.zeros(0, dtype=np.int64)
    rows = [part + at for part, at in zip(parts, first, strict=False)]
    return Demands(np.concatenate((none, *rows)), n_parts)


class Elastic:
    """People and posts always hold; each side row may be missed from below and above, at a price that changes."""

    def __init__(self, problem: SideRuleProblem, most_nodes: int = MOST_NODES) -> None:
        """Pairs come first, then the free centres, then shortfall and excess of every side row.

        No search goes over more than `most_nodes` nodes; one that would is not answered.
        """
        import highspy

        self._highspy: Any = highspy
        self.demands = demands_of(problem)
        self.most_nodes = most_nodes
        order = np.lexsort((problem.person, problem.post))
        self._model = build_model(problem)
        self._n_side, self._n_arcs = len(self.demands.of_row), problem.n_arcs
        self._first_slack = self._n_arcs + self._model.n_extras
        self._lp: Any = self._linear_program(order)
        self._post = self._model.post[order]
        self._relaxed: Any = self._solver()
        # Only prices change between questions, so the last answer stays feasible: the primal simplex goes on from it.
        self._relaxed.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
        self._relaxed.passModel(self._lp)

    def relaxation(self, wanted: BoolArray, seconds: float) -> Probe:
        """Whether the wanted demands (n_demands,) can hold with fractional people; if not, they cannot hold with integers."""
        if not self._relax(np.where(wanted, 1.0, 0.0), seconds):
            return Probe(possible=None)
        if self._relaxed.getInfo().objective_function_value <= POSSIBLE:
            return Probe(possible=True)
        duals = np.asarray(self._relaxed.getSolution().row_dual)[-self._n_side :]
        core = np.zeros(self.demands.n, dtype=np.bool_)
        core[self.demands.of_row[np.abs(duals) > SUPPORT]] = True
        return Probe(possible=False, core=core & wanted)

    def integral(self, wanted: BoolArray, seconds: float) -> Probe:
        """Whether a plan keeps the wanted demands.

        First among the pairs that the relaxation uses or likes best: for a plan that misses the others little, then for
        any; at last among all pairs.
        """
        clock = Clock(seconds)
        if self._relax(np.where(wanted, DEAR, 1.0), clock.left()):
            near = self._liked()
            for price, most_nodes in NEAR_SEARCHES:
                probe = self._search(wanted, clock.left(), price, near, min(most_nodes, self.most_nodes))
                if probe.possible:
                    return probe
        return self._search(wanted, clock.left(), 0.0)

    def _liked(self) -> IntArray:
        """Pairs of the last relaxed plan, and for each post those with the best reduced cost."""
        solution = self._relaxed.getSolution()
        reduced = np.asarray(solution.col_dual)[: self._n_arcs]
        used = np.flatnonzero(np.asarray(solution.col_value)[: self._n_arcs] > SUPPORT)
        return np.union1d(used, best_per_post(self._post, np.arange(self._n_arcs), -reduced, NEAR_PER_POST))

    def _relax(self, price_of_demand: FloatArray, seconds: float) -> bool:
        """Solve with these prices of missing a demand; false when time runs out."""
        price = np.tile(price_of_demand[self.demands.of_row], 2)
        self._relaxed.changeColsCost(len(price), self._slack_columns(), price)
        self._relaxed.setOptionValue("time_limit", self._relaxed.getRunTime() + max(seconds, 0.01))
        self._relaxed.run()
        statuses = self._highspy.HighsModelStatus
        status = self._relaxed.getModelStatus()
        self._check(status, statuses.kOptimal, statuses.kTimeLimit)
        return bool(status == statuses.kOptimal)

    def _search(
        self,
        wanted: BoolArray,
        seconds: float,
        price: float,
        near: IntArray | None = None,
        most_nodes: int | None = None,
    ) -> Probe:
        """Integer plans over all pairs, or over the pairs `near`, which can prove feasibility but not infeasibility."""
        solver = self._solver()
        solver.passModel(self._lp)
        self._set_demands(solver, wanted, price)
        if near is not None:
            most = np.zeros(self._n_arcs)
            most[near] = 1.0
            solver.changeColsBounds(self._n_arcs, self._pairs(), np.zeros(self._n_arcs), most)
        kinds = np.full(self._n_arcs, int(self._highspy.HighsVarType.kInteger), dtype=np.uint8)
        solver.changeColsIntegrality(self._n_arcs, self._pairs(), kinds)
        solver.setOptionValue("mip_max_nodes", self.most_nodes if most_nodes is None else most_nodes)
        solver.setOptionValue("time_limit", max(seconds, 0.01))
        solver.run()
        statuses = self._highspy.HighsModelStatus
        status = solver.getModelStatus()
        if status == statuses.kInfeasible:
            return Probe(possible=False, core=wanted) if near is None else Probe(possible=None)
        self._check(status, statuses.kOptimal, statuses.kTimeLimit, statuses.kSolutionLimit)
        if solver.getInfo().primal_solution_status != FEASIBLE:
            return Probe(possible=None)
        missed = np.asarray(solver.getSolution().col_value)[self._first_slack :].reshape(2, -1).sum(axis=0)
        kept = np.ones(self.demands.n, dtype=np.bool_)
        kept[self.demands.of_row[missed > POSSIBLE]] = False
        return Probe(possible=True, kept=kept | wanted)

    def _set_demands(self, solver: Any, wanted: BoolArray, price: float) -> None:
        """The wanted demands must hold; the others may be missed at the price."""
        is_free = np.tile(~wanted[self.demands.of_row], 2)
        columns, most = self._slack_columns(), np.where(is_free, np.inf, 0.0)
        solver.changeColsBounds(len(columns), columns, np.zeros(len(columns)), most)
        solver.changeColsCost(len(columns), columns, np.where(is_free, price, 0.0))

    def kept_by_empty_plan(self) -> BoolArray:
        """The demands that the empty plan keeps: all but lower counts."""
        kept = np.ones(self.demands.n, dtype=np.bool_)
        first_side = len(self._model.lower) - self._n_side
        kept[self.demands.of_row[self._model.lower[first_side:] > 0]] = False
        return kept

    def _slack_columns(self) -> NDArray[np.int32]:
        return np.arange(self._first_slack, self._first_slack + 2 * self._n_side, dtype=np.int32)

    def _pairs(self) -> NDArray[np.int32]:
        return np.arange(self._n_arcs, dtype=np.int32)

    def _solver(self) -> Any:
        # The class below `Highs`, whose making alone would print a banner on standard output.
        solver = self._highspy._Highs()  # noqa: SLF001 -- no public name for it
        for name, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
            solver.setOptionValue(name, value)
        return solver

    def _check(self, status: Any, *expected: Any) -> None:
        require_status(status, expected, self._relaxed.modelStatusToString(status))

    def _linear_program(self, order: IntArray) -> Any:
        model, n_side = self._model, self._n_side
        matrix = sparse.csc_array(
            sparse.hstack((model.arcs[:, order], model.extras, *_slack(model, n_side)), format="csc")
        )
        lp = self._highspy.HighsLp()
        lp.num_row_, lp.num_col_ = matrix.shape
        lp.col_cost_ = np.zeros(matrix.shape[1])
        slack = np.zeros(2 * n_side)
        lp.col_lower_ = np.concatenate((np.zeros(self._n_arcs), model.extra_lower, slack))
        lp.col_upper_ = np.concatenate((np.full(self._n_arcs, np.inf), model.extra_upper, slack + np.inf))
        lp.row_lower_, lp.row_upper_ = model.lower, model.upper
        lp.a_matrix_.format_ = self._highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_ = matrix.indptr.astype(np.int32)
        lp.a_matrix_.index_ = matrix.indices.astype(np.int32)
        lp.a_matrix_.value_ = matrix.data
        return lp


def require_status(status: object, expected: Sequence[object], name: str) -> None:
    """Raise `SolverError` when HiGHS ended otherwise than expected."""
    if status not in expected:
        raise SolverError(f"HiGHS ended with “{name}”")


def _slack(model: Model, n_side: int) -> tuple[sparse.csc_array, sparse.csc_array]:
    """Shortfall adds to its side row, excess takes off it."""
    n_rows = len(model.lower)
    rows = np.arange(n_rows - n_side, n_rows)
    shape = (n_rows, n_side)
    ones = sparse.csc_array((np.ones(n_side), (rows, np.arange(n_side))), shape=shape)
    return ones, sparse.csc_array(-ones)
