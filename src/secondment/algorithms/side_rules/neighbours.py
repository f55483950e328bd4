"""Better plans near a plan: free some posts, keep the rest, solve the small program, repeat."""

import numpy as np

from secondment.algorithms.arrays import BoolArray, IntArray
from secondment.algorithms.side_rules.attempts import Core, CorePlan, attempt_near

# Posts freed at a time: from few, solved in no time, to many, which escape from where few are stuck.
FREED_POSTS = (80, 120, 180, 270)
LARGEST_SHARE = 0.75
MOST_IDLE_ROUNDS = 8
NODES = 60
SEED = 1


def improve(core: Core, best: CorePlan, width: float) -> CorePlan:
    """Large neighbourhood search (Shaw 1998): for each size, until eight rounds in a row bring nothing.

    Posts are drawn half evenly, half with a chance that grows with what their present pairs lose against the duals.
    """
    random = np.random.default_rng(SEED)
    for n_freed in FREED_POSTS:
        if n_freed <= LARGEST_SHARE * len(core.model.places):
            best = _improve_freeing(core, best, width, n_freed, random)
    return best


def _improve_freeing(
    core: Core, best: CorePlan, width: float, n_freed: int, random: np.random.Generator
) -> CorePlan:
    n_idle = 0
    while n_idle < MOST_IDLE_ROUNDS and not core.is_done(best):
        open_pairs, staying = pairs_near(core, best, width, draw_posts(core, best, n_freed, random))
        tried = attempt_near(core, best, open_pairs, staying, core.search(NODES))
        n_idle = 0 if tried.value > best.value + core.gap else n_idle + 1
        best = tried
    return best


def draw_posts(core: Core, best: CorePlan, n_freed: int, random: np.random.Generator) -> BoolArray:
    """Which posts are freed (n_posts,)."""
    n_posts = len(core.model.places)
    loss = np.full(n_posts, 1e-9)
    np.add.at(loss, core.model.post[best.chosen], np.maximum(0.0, -core.relaxation.reduced[best.chosen]))
    by_loss = np.argsort(random.exponential(size=n_posts) / loss, kind="stable")
    is_free = np.zeros(n_posts, dtype=np.bool_)
    is_free[by_loss[: n_freed // 2]] = True
    is_free[random.permutation(n_posts)[: n_freed // 2]] = True
    return is_free


def pairs_near(core: Core, best: CorePlan, width: float, is_free: BoolArray) -> tuple[IntArray, IntArray]:
    """The pairs that may change, those of freed posts within the width; and the pairs that stay."""
    moving = is_free[core.model.post[best.chosen]]
    within = np.flatnonzero(is_free[core.model.post] & (core.relaxation.reduced >= -width))
    return np.union1d(within, best.chosen[moving]), best.chosen[~moving]
