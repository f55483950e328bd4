"""The core: whole plans over the pairs that can still matter, with a proof for those left out."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.side_rules.clock import Clock
from secondment.algorithms.side_rules.highs import Program, chosen_arcs
from secondment.algorithms.side_rules.model import FloatArray, IntArray, Model
from secondment.algorithms.side_rules.pricing import Relaxation

CORE_PER_POST = 6


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


def solve_core(
    model: Model, objective: Objective, relaxation: Relaxation, start: Plan, gap: float, clock: Clock
) -> Plan:
    """Improve `start` until the absolute `gap` is proven over all pairs or time runs out.

    Pairs whose reduced profit is below −δ are left out: a plan with one of them is worth less than bound − δ. When
    the best core plan reaches that, the proof covers all pairs; else δ grows to bound − value, which always suffices.
    """
    best = Plan(start.chosen, start.value, objective.floor(relaxation.bound), len(relaxation.active))
    width = first_width(model, relaxation)
    while best.bound - best.value > gap and not clock.is_over():
        tried = _solve_once(model, objective, relaxation, best, width, gap, clock)
        stuck = tried.bound >= best.bound and tried.value <= best.value
        best = Plan(tried.chosen, tried.value, min(best.bound, tried.bound), tried.n_columns)
        wider = relaxation.bound - best.value + 1e-6
        if stuck and wider <= width:
            break
        width = max(width, wider)
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
    width: float,
    gap: float,
    clock: Clock,
) -> Plan:
    """One integer program over the pairs within `width`, and the incumbent's."""
    core = np.union1d(np.flatnonzero(relaxation.reduced >= -width), best.chosen)
    program = Program(model, objective.extra_value)
    program.add(core, objective.value[core])
    answer = program.solve_integer(clock.left(), best.chosen, gap)
    outside = relaxation.bound - width if len(core) < len(objective.value) else -np.inf
    bound = objective.floor(max(answer.bound, outside))
    if answer.columns is None:
        return Plan(best.chosen, best.value, bound, len(core))
    chosen = chosen_arcs(core, answer.columns[model.n_extras :])
    reached = float(objective.extra_value @ answer.columns[: model.n_extras]) + float(
        objective.value[chosen].sum()
    )
    if reached <= best.value:
        return Plan(best.chosen, best.value, bound, len(core))
    return Plan(chosen, reached, bound, len(core))
