"""Of equally good plans under side rules, the one that is first by further goals, without giving up anything for them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray, IntArray
from secondment.algorithms.assignment import TieOrder
from secondment.algorithms.side_rules.attempts import CorePlan
from secondment.algorithms.side_rules.highs import SolverError
from secondment.algorithms.side_rules.model import Model
from secondment.algorithms.side_rules.problem import Goal
from secondment.algorithms.side_rules.solution import GoalOutcome

# Rows of reached goals are stated so that their largest entry is this: the solver's own precision then counts for little.
SHARPNESS = 1e3
PRECISE = 1e-7
HALF = 0.5
# Few enough for sums to be proven to the last one.
LOTS = 2**12
# A goal by itself: model, values, the plan to begin with → the plan and what is proven of it.
Reach = Callable[[Model, Goal, IntArray], tuple[CorePlan, GoalOutcome]]


@dataclass(frozen=True, eq=False)
class Told:
    """The plan (pairs) after the tie goals, and how far each of them is proven; fewer than asked when one broke off."""

    chosen: IntArray
    outcomes: tuple[GoalOutcome, ...]


def tell_apart(
    model: Model, goals: Sequence[Goal], ties: Sequence[Goal], chosen: IntArray, reach: Reach
) -> Told:
    """The best plan by each of `ties` in turn among plans as good as `chosen` by all `goals`; `model` has the rules alone.

    Tie goals have whole numbers. Every plan is checked by exact sums; one that is worse by a goal, which the solver's
    precision could let through, is not taken, and the outcomes end there, as they do when the solver fails on rows so
    sharp.
    """
    for goal in goals:
        model = with_sharp_floor(model, goal, chosen)
    outcomes: tuple[GoalOutcome, ...] = ()
    for tie in ties:
        try:
            plan, outcome = reach(model, tie, chosen)
        except SolverError:
            break
        if not all(is_as_good(goal.value, plan.chosen, chosen) for goal in goals):
            break
        chosen, outcomes = plan.chosen, (*outcomes, outcome)
        model = model.with_floor(tie.value, plan.value - HALF, tie.name)
    return Told(chosen, outcomes)


def with_sharp_floor(model: Model, goal: Goal, chosen: IntArray) -> Model:
    """The model in which the goal reaches what it has in `chosen`."""
    scale = SHARPNESS / max(1.0, float(np.abs(goal.value).max(initial=0.0)))
    reached = float(goal.value[chosen].sum())
    return model.with_floor(goal.value * scale, (reached - PRECISE) * scale, goal.name)


def is_as_good(value: FloatArray, plan: IntArray, other: IntArray) -> bool:
    """Whether the plan has as much of a goal as the other."""
    return bool(value[plan].sum() >= value[other].sum() - PRECISE)


def tie_goals(order: TieOrder, n_people: int, person: IntArray, post: IntArray) -> list[Goal]:
    """Goals over the pairs that choose as `order` does: near to the reference, pairs before people, then by lot.

    One draw of these lots parts nearly all plans; the flow without side rules draws until one plan is left.
    """
    lot = order.lots(0, person, post, LOTS).astype(np.float64)
    if not order.reference:
        return [Goal("order", lot)]
    kept, stays = order.is_kept(person, post, n_people), order.is_in(person)
    near = (kept * (len(order.reference) + 1) + stays).astype(np.float64)
    return [Goal("nearness", near), Goal("order", lot)]
