"""The core: whole plans over the pairs that can still matter, with a proof for those left out."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.highs import Program, chosen_arcs
from secondment.algorithms.side_rules.model import FloatArray, IntArray, Model
from secondment.algorithms.side_rules.pricing import Relaxation

CORE_PER_POST = 3
MOST_TRIALS = 10
FIRST_NODES = 100
MORE_NODES = 4


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan (pairs), its value, the proven upper bound on any plan, and how many pairs the last core held."""

    chosen: IntArray
    value: float
    bound: float
    n_columns: int


@dataclass(frozen=True, eq=False)
class Objective:
    """What to maximise: per pair, per auxiliary quantity; `whole` when every plan has a whole-numbered value."""

    value: FloatArray
    extra_value: FloatArray
    whole: bool

    def floor(self, bound: float) -> float:
        """The bound, rounded down when plans have whole-numbered values."""
        return float(np.floor(bound + 1e-6)) if self.whole else bound


@dataclass(frozen=True)
class Trial:
    """One attempt: the `width` δ of the core, the absolute `gap` to prove, the most nodes to search."""

    width: float
    gap: float
    most_nodes: int


def solve_core(
    model: Model, objective: Objective, relaxation: Relaxation, start: Plan, gap: float, clock: Clock
) -> Plan:
    """Improve `start` until the absolute `gap` is proven over all pairs or time runs out.

    Pairs whose reduced profit is below −δ are left out: a plan with one of them is worth less than bound − δ. When
    the best core plan reaches that, the proof covers all pairs; else δ grows to bound − value, which always
    suffices. Each attempt may search four times the nodes of the one before, so none is stuck in a poor core.
    """
    best = Plan(start.chosen, start.value, objective.floor(relaxation.bound), len(relaxation.active))
    width, n_trials = first_width(model, relaxation), 0
    while best.bound - best.value > gap and n_trials < MOST_TRIALS and not clock.is_over():
        trial = Trial(width, gap, FIRST_NODES * MORE_NODES**n_trials)
        n_trials += 1
        tried = _solve_once(model, objective, relaxation, best, trial, clock)
        best = Plan(tried.chosen, tried.value, min(best.bound, tried.bound), tried.n_columns)
        width = max(width, relaxation.bound - best.value + 1e-6)
    return best


def first_width(model: Model, relaxation: Relaxation) -> float:
    """A first δ: wide enough for the best few pairs of every post, on average."""
    n_wanted = min(CORE_PER_POST * len(model.places), len(relaxation.reduced))
    if n_wanted == 0:
        return 0.0
    return max(0.0, float(np.partition(-relaxation.reduced, n_wanted - 1)[n_wanted - 1]))


def _solve_once(
    model: Model,
    objective: Objective,
    relaxation: Relaxation,
    best: Plan,
    trial: Trial,
    clock: Clock,
) -> Plan:
    """One integer program over the pairs within the width, and the incumbent's."""
    core = np.union1d(np.flatnonzero(relaxation.reduced >= -trial.width), best.chosen)
    program = Program(model, objective.extra_value)
    program.add(core, objective.value[core])
    answer = program.solve_integer(clock.left(), best.chosen, trial.gap, trial.most_nodes)
    outside = bound_outside(relaxation, trial.width, is_whole=len(core) == len(objective.value))
    bound = objective.floor(max(answer.bound, outside))
    return improved(best, Plan(core, 0.0, bound, len(core)), objective, answer.columns)


def bound_outside(relaxation: Relaxation, width: float, *, is_whole: bool) -> float:
    """The most a plan with a pair outside the core can reach; duals that are not proven say nothing of single pairs."""
    if is_whole:
        return -np.inf
    return relaxation.bound - width if relaxation.proven else relaxation.bound


def improved(best: Plan, core: Plan, objective: Objective, columns: FloatArray | None) -> Plan:
    """The plan in the solver's columns (None without any) when it beats `best`, else `best`; with the core's bound."""
    if columns is not None:
        n_extras = len(objective.extra_value)
        chosen = chosen_arcs(core.chosen, columns[n_extras:])
        value = float(objective.extra_value @ columns[:n_extras]) + float(objective.value[chosen].sum())
        if value > best.value:
            return Plan(chosen, value, core.bound, core.n_columns)
    return Plan(best.chosen, best.value, core.bound, core.n_columns)
