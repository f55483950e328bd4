"""One integer program over some of the pairs, and what it proves about all of them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.highs import MOST_NODES, Program, Search, chosen_arcs
from secondment.algorithms.side_rules.model import Model
from secondment.algorithms.side_rules.pricing import Relaxation

# What a strict comparison may lose in the solver's arithmetic.
EDGE = 1e-6


@dataclass(frozen=True, eq=False)
class CorePlan:
    """A plan (pairs), its value, the proven upper bound on any plan, pairs and nodes of the last search."""

    chosen: IntArray
    value: float
    bound: float
    n_columns: int
    n_nodes: int = 0


@dataclass(frozen=True, eq=False)
class Objective:
    """What to maximise: per pair, per auxiliary quantity; `integral` if every plan has an integer value."""

    value: FloatArray
    extra_value: FloatArray
    integral: bool

    def floor(self, bound: float) -> float:
        """The bound, rounded down if plans have integer values."""
        return float(np.floor(bound + 1e-6)) if self.integral else bound


def _ignore(_value: float, _bound: float) -> None:
    """Nobody watches."""


@dataclass(frozen=True, eq=False)
class Core:
    """What all attempts at one goal share."""

    model: Model
    objective: Objective
    relaxation: Relaxation
    gap: float
    clock: Clock
    watch: Callable[[float, float], None] = _ignore

    def told(self, plan: CorePlan) -> CorePlan:
        """The plan, after whoever watches has been told of it."""
        if not np.isneginf(plan.value):
            self.watch(plan.value, plan.bound)
        return plan

    def is_proven(self, plan: CorePlan) -> bool:
        """Whether the absolute gap is reached."""
        return plan.bound - plan.value <= self.gap

    def is_done(self, plan: CorePlan) -> bool:
        """Whether the gap is reached or time is over."""
        return self.is_proven(plan) or self.clock.is_over()

    def search(self, most_nodes: int = MOST_NODES, *, cutoff: float = -np.inf) -> Search:
        """A search within the time left."""
        return Search(self.clock.left(), self.gap, most_nodes, cutoff, interruption=self.clock.interruption)


def attempt(core: Core, best: CorePlan, width: float, search: Search) -> CorePlan:
    """A search over the pairs within the width; over the incumbent's too, unless only better plans are asked for."""
    relaxation, objective = core.relaxation, core.objective
    is_guess = search.cutoff > best.value
    arcs = np.flatnonzero(relaxation.reduced >= -width)
    arcs = arcs if is_guess else np.union1d(arcs, best.chosen)
    program = Program(core.model, objective.extra_value)
    program.add(arcs, objective.value[arcs])
    outside = bound_outside(relaxation, width, is_whole=len(arcs) == len(objective.value))

    def bound_of(inside: float) -> float:
        """The bound over all pairs, where plans of the core are worth at most `inside`."""
        return min(best.bound, objective.floor(max(inside, search.cutoff + EDGE, outside)))

    def on_the_way(value: float, inside: float) -> None:
        if np.isfinite(max(value, best.value)):
            core.watch(max(value, best.value), bound_of(inside))

    start = None if is_guess or np.isneginf(best.value) else best.chosen
    answer = program.solve_integer(search, start, on_the_way)
    bound = bound_of(answer.bound)
    found = CorePlan(arcs, 0.0, bound, len(arcs), answer.n_nodes)
    return core.told(improved(best, found, objective, answer.columns))


def attempt_near(
    core: Core, best: CorePlan, open_pairs: IntArray, staying: IntArray, search: Search
) -> CorePlan:
    """A search in which the `staying` pairs stay and only the open ones may change, from the incumbent if there is one."""
    value = core.objective.value
    program = Program(core.model, core.objective.extra_value)
    program.add(open_pairs, value[open_pairs])
    program.add(staying, value[staying], least=1.0)
    answer = program.solve_integer(search, None if np.isneginf(best.value) else best.chosen)
    found = CorePlan(program.arcs, 0.0, best.bound, best.n_columns, answer.n_nodes)
    return core.told(improved(best, found, core.objective, answer.columns))


def bound_outside(relaxation: Relaxation, width: float, *, is_whole: bool) -> float:
    """The most a plan with a pair outside the core can reach; duals that are not proven say nothing of single pairs."""
    if is_whole:
        return -np.inf
    return relaxation.bound - width if relaxation.proven else relaxation.bound


def improved(best: CorePlan, core: CorePlan, objective: Objective, columns: FloatArray | None) -> CorePlan:
    """The plan in the solver's columns (None without any) when it beats `best`, else `best`; with the core's bound."""
    if columns is not None:
        n_extras = len(objective.extra_value)
        chosen = chosen_arcs(core.chosen, columns[n_extras:])
        value = float(objective.extra_value @ columns[:n_extras]) + float(objective.value[chosen].sum())
        if value > best.value:
            return CorePlan(chosen, value, core.bound, core.n_columns, core.n_nodes)
    return CorePlan(best.chosen, best.value, core.bound, core.n_columns, core.n_nodes)
