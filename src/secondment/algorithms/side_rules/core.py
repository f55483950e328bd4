"""The core: whole plans over the pairs that can still matter, with a proof for those left out."""

import numpy as np

from secondment.algorithms.side_rules.attempts import EDGE, Core, Plan, attempt
from secondment.algorithms.side_rules.model import Model
from secondment.algorithms.side_rules.neighbours import improve
from secondment.algorithms.side_rules.pricing import Relaxation

CORE_PER_POST = 3
SCOUT_NODES = 100
# A plan so close to the bound, relatively, needs no scout.
CLOSE = 1e-3
GUESS_NODES = 5_000
# Widths of guesses and of neighbourhoods, in first widths.
FIRST_GUESS = 2.0
NEAR = 4.0
# The tree grows exponentially with the width: while it is small the width doubles, then it takes short steps.
SMALL_TREE = 200
LONG_STEP, SHORT_STEP = 2.0, 1.25


def solve_core(core: Core, start: Plan) -> Plan:
    """Improve `start` until the gap is proven over all pairs or time runs out; a start worth −∞ is no plan.

    Pairs whose reduced profit is below −δ are left out: a plan with one of them is worth less than bound − δ. First
    a scout in a narrow core finds a plan, unless one is near, and its neighbourhoods a better one. Then guesses: is
    there a plan above bound − δ, for growing δ? A no lowers the bound to there, a yes is the best plan or nearly. At
    last the core as wide as the gap, which always suffices.
    """
    bound = core.objective.floor(core.relaxation.bound)
    best = Plan(start.chosen, start.value, bound, len(core.relaxation.active))
    if core.is_done(best):
        return best
    width = first_width(core.model, core.relaxation)
    if bound - best.value > CLOSE * abs(bound):
        best = attempt(core, best, width, core.search(SCOUT_NODES))
    if np.isneginf(best.value):
        return best
    best = guess(core, improve(core, best, NEAR * width), FIRST_GUESS * width)
    if core.is_done(best):
        return best
    return attempt(core, best, core.relaxation.bound - best.value + EDGE, core.search())


def guess(core: Core, best: Plan, width: float) -> Plan:
    """Ask for plans above bound − δ with δ from `width` on, until one is found or a search breaks off."""
    while 0 < width < core.relaxation.bound - best.value and not core.is_done(best):
        cutoff = core.relaxation.bound - width
        tried = attempt(core, best, width + EDGE, core.search(GUESS_NODES, cutoff=cutoff - EDGE))
        if tried.value > best.value or tried.bound > cutoff + EDGE:
            return tried
        best, width = tried, width * (LONG_STEP if tried.n_nodes < SMALL_TREE else SHORT_STEP)
    return best


def first_width(model: Model, relaxation: Relaxation) -> float:
    """A first δ: wide enough for the best few pairs of every post, on average."""
    n_wanted = min(CORE_PER_POST * len(model.places), len(relaxation.reduced))
    if n_wanted == 0:
        return 0.0
    return max(0.0, float(np.partition(-relaxation.reduced, n_wanted - 1)[n_wanted - 1]))
