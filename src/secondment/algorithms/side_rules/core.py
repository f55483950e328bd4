"""The core: integer plans over the pairs that can still matter, with a proof for those left out."""

import numpy as np

from secondment.algorithms.side_rules.attempts import EDGE, Core, CorePlan, attempt, attempt_near
from secondment.algorithms.side_rules.model import Model
from secondment.algorithms.side_rules.neighbours import improve
from secondment.algorithms.side_rules.pricing import Relaxation

# Pairs per post, on average, of the first cores: wider ones follow where no plan is found.
CORE_PER_POST = (3, 6, 12, 24)
SCOUT_NODES = 100
# A plan so close to the bound, relatively, needs no scout.
CLOSE = 1e-3
GUESS_NODES = 5_000
# Widths of guesses and of neighbourhoods, in first widths.
FIRST_GUESS = 2.0
# The first guess is at least this share of what the plan may lack.
SMALLEST_GUESS = 0.02
NEAR = 4.0
# The tree grows exponentially with the width: while it is small the width doubles, then it takes short steps.
SMALL_TREE = 200
LONG_STEP, SHORT_STEP = 2.0, 1.25


def solve_core(core: Core, start: CorePlan) -> CorePlan:
    """Improve `start` until the gap is proven over all pairs or time runs out; a start worth −∞ is not a plan.

    Pairs whose reduced profit is below −δ are left out: a plan with one of them is worth less than bound − δ. First
    a scout in a narrow core finds a plan, unless one is near, and its neighbourhoods a better one. Then guesses: is
    there a plan above bound − δ, for growing δ? A no lowers the bound to there, a yes is the best plan or nearly. At
    last the core as wide as the gap, which always suffices.
    """
    bound = core.objective.floor(core.relaxation.bound)
    best = core.told(CorePlan(start.chosen, start.value, bound, len(core.relaxation.active)))
    if core.is_done(best):
        return best
    best = quick_plan(core, best)
    if np.isneginf(best.value) or core.is_done(best):
        return best
    missing = core.relaxation.bound - best.value
    width = max(FIRST_GUESS * first_width(core.model, core.relaxation), SMALLEST_GUESS * missing)
    best = guess(core, best, width)
    if core.is_done(best):
        return best
    return attempt(core, best, core.relaxation.bound - best.value + EDGE, core.search())


def quick_plan(core: Core, best: CorePlan) -> CorePlan:
    """A good plan soon: a scout unless the plan is close to the bound, then its neighbourhoods."""
    if best.bound - best.value > CLOSE * abs(best.bound):
        best = scout(core, best)
    if np.isneginf(best.value) or core.is_done(best):
        return best
    return improve(core, best, NEAR * first_width(core.model, core.relaxation))


def scout(core: Core, best: CorePlan) -> CorePlan:
    """A short search in a narrow core; in wider and wider ones while there is no plan at all.

    Where very many pairs are worth the same, those of the relaxation come first.
    """
    crowd = np.count_nonzero(core.relaxation.reduced >= -first_width(core.model, core.relaxation))
    if crowd > CORE_PER_POST[-1] * len(core.model.places):
        alike = np.union1d(core.relaxation.active, best.chosen)
        best = attempt_near(core, best, alike, np.zeros(0, dtype=np.int64), core.search(SCOUT_NODES))
        if not np.isneginf(best.value):
            return best
    for per_post in CORE_PER_POST:
        best = attempt(core, best, width_of(core.model, core.relaxation, per_post), core.search(SCOUT_NODES))
        if not np.isneginf(best.value) or core.clock.is_over():
            break
    return best


def guess(core: Core, best: CorePlan, width: float) -> CorePlan:
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
    return width_of(model, relaxation, CORE_PER_POST[0])


def width_of(model: Model, relaxation: Relaxation, per_post: int) -> float:
    """The δ that keeps so many pairs per post, on average; pairs of equal worth stay together."""
    n_wanted = min(per_post * len(model.places), len(relaxation.reduced))
    if n_wanted == 0:
        return 0.0
    return max(0.0, float(np.partition(-relaxation.reduced, n_wanted - 1)[n_wanted - 1])) + EDGE
