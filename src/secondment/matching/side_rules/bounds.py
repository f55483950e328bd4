"""What any pair costs at least under side rules: the prices of the relaxed problem bound every plan that has it."""

import base64
import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.assignment import AssignmentProblem
from secondment.matching.side_rules.solving import SideRulePlan, relaxation_of
from secondment.matching.side_rules.stated import StatedRule

STEP = 1e-4
FARTHEST = 32_000
UNKNOWN = -1


def best_with_each(
    problem: AssignmentProblem, rules: Sequence[StatedRule], plan: SideRulePlan, *, seconds: float
) -> FloatArray | None:
    """For each pair (n_arcs,): no plan with it that fills as many places as `plan` scores above this.

    Locks are left out, so that the bound also holds where one is lifted; NaN for pairs ruled out. None when the
    relaxation was not finished in time: nothing is proven then.
    """
    open_problem = replace(problem, locked=())
    usable, found = relaxation_of(open_problem, rules, plan, seconds=seconds)
    if not found.proven:
        return None
    best = np.full(problem.n_arcs, np.nan)
    best[usable] = found.bound + np.minimum(found.reduced, 0.0)
    return best


def pack_bounds(best: FloatArray) -> str:
    """The bounds in steps below the highest, never rounded to where they would claim more."""
    top = float(np.nanmax(best))
    below = np.floor((top - best) / STEP)
    steps = np.where(np.isfinite(below), np.minimum(below, FARTHEST), UNKNOWN).astype("<i2")
    packed = base64.b64encode(zlib.compress(steps.tobytes(), 6)).decode("ascii")
    return f"{top!r} {packed}"


def unpack_bounds(packed: str) -> FloatArray:
    """What `pack_bounds` wrote, at most a step above it."""
    top, _space, text = packed.partition(" ")
    steps = np.frombuffer(zlib.decompress(base64.b64decode(text)), dtype="<i2").astype(np.float64)
    return np.where(steps == UNKNOWN, np.nan, float(top) - steps * STEP)
