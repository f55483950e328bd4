"""A first integer plan from plans that nearly satisfy the rules: what they agree on is fixed, the rest is solved."""

import numpy as np

from secondment.algorithms.arrays import IntArray
from secondment.algorithms.side_rules.attempts import Core, CorePlan, attempt_near

# How many of the last plans have to agree, and how much wider the open pairs are then chosen.
TRIES = ((5, 1.0), (10, 2.0), (20, 4.0))
NODES = 200


def settle(core: Core, plans: tuple[IntArray, ...], width: float) -> CorePlan:
    """The best plan found when pairs in all of the last plans stay; worth −∞ when none keeps the rules."""
    best = CorePlan(np.zeros(0, dtype=np.int64), -np.inf, core.relaxation.bound, 0)
    for n_plans, wider in TRIES:
        if np.isneginf(best.value) and not core.clock.is_over():
            staying = agreed(plans[-n_plans:])
            best = attempt_near(
                core, best, open_beside(core, staying, wider * width), staying, core.search(NODES)
            )
    return best


def agreed(plans: tuple[IntArray, ...]) -> IntArray:
    """The pairs that are in every plan."""
    pairs, counts = np.unique(np.concatenate(plans), return_counts=True)
    agreed_on: IntArray = pairs[counts == len(plans)]
    return agreed_on


def open_beside(core: Core, staying: IntArray, width: float) -> IntArray:
    """The pairs within the width whose person and post are not taken by those that stay."""
    model = core.model
    taken = np.bincount(model.post[staying], minlength=len(model.places))
    has_place = taken < model.places
    is_free = np.ones(model.n_people, dtype=np.bool_)
    is_free[model.person[staying]] = False
    return np.flatnonzero(has_place[model.post] & is_free[model.person] & (core.relaxation.reduced >= -width))
