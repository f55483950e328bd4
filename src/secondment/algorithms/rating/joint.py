"""Joint maximum likelihood (JMLE) of the facets core by damped Newton."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray
from secondment.algorithms.rating.design import SIGNS, Design, Evaluation, Parameters, evaluate
from secondment.algorithms.rating.newton import MOST_DENSE, Step, newton_step
from secondment.algorithms.rating.ratings import sums_by

TOLERANCE = 1e-8
LONGEST_STEP = 3.0
# Steps this short are taken to square their error.
QUADRATIC = 1e-3
MOST_HALVINGS = 30
WAYPOINT_GAIN = 0.2
DRIFT_GAIN, DRIFT_STEP = 1e-4, 0.1

Facets = tuple[FloatArray, FloatArray, FloatArray]


@dataclass(frozen=True)
class JointFit:
    """Where the climb ended, what was evaluated there, and whether it arrived."""

    parameters: Parameters
    at: Evaluation
    iterations: int
    converged: bool
    drift: tuple[IndexArray, IndexArray, IndexArray]


def climb(
    design: Design,
    start: Parameters,
    held: tuple[BoolArray, BoolArray, BoolArray],
    *,
    hold_steps: bool = False,
    most_iterations: int = 100,
    most_dense: int = MOST_DENSE,
) -> JointFit:
    """Maximise the joint likelihood from `start`; `held` elements keep their value.

    Converged means that no further Newton step would move anything by more than 1e-8 logits, or anything but elements that
    drift: a group, say a village, whose marks from outside are all top can rise for ever. Drifting elements stay
    where the likelihood had no more than 0.2 to gain, and are flagged.
    """
    parameters, at = start, evaluate(design, start)
    moved = np.inf
    waypoint, still = start, tuple(np.zeros(size, dtype=np.intp) for size in design.sizes)
    for iteration in range(1, most_iterations + 1):
        before, moved_before = at.log_likelihood, moved
        step = newton_step(design, at, held, hold_steps=hold_steps, most_dense=most_dense)
        parameters, at, moved = _move(design, parameters, at, step)
        gain = at.log_likelihood - before
        if gain > WAYPOINT_GAIN:
            waypoint = parameters
        if min(moved, _next_step(moved, moved_before)) < TOLERANCE:
            return JointFit(parameters, at, iteration, True, (still[0], still[1], still[2]))
        if gain < DRIFT_GAIN and moved > DRIFT_STEP:
            drift = _drifting(step)
            a, b, c = (
                np.where(sign != 0, then, now)
                for sign, then, now in zip(drift, waypoint.facets, parameters.facets, strict=True)
            )
            parameters = Parameters((a, b, c), parameters.kappa)
            return JointFit(parameters, evaluate(design, parameters), iteration, True, drift)
    return JointFit(parameters, at, most_iterations, False, (still[0], still[1], still[2]))


def _next_step(moved: float, before: float) -> float:
    """How far the next step will go: close to the top each is a fixed multiple, here at least 1, of the last's square."""
    return moved**2 * max(moved / before**2, 1.0) if moved < QUADRATIC else np.inf


def _drifting(step: Step) -> tuple[IndexArray, IndexArray, IndexArray]:
    """+1 for elements that drift towards high marks, -1 towards low ones, 0 for the rest."""
    a, b, c = (
        np.where(np.abs(change) > DRIFT_STEP, sign * np.sign(change), 0).astype(np.intp)
        for sign, change in zip(SIGNS, step.facets, strict=True)
    )
    return a, b, c


def _move(
    design: Design, parameters: Parameters, at: Evaluation, step: Step
) -> tuple[Parameters, Evaluation, float]:
    """Take the step, shortened to `LONGEST_STEP` and halved while the likelihood would fall."""
    share = min(1.0, LONGEST_STEP / max(step.largest, TOLERANCE))
    slack = 1e-9 * (1 + abs(at.log_likelihood))
    for _ in range(MOST_HALVINGS):
        there = shifted(parameters, step, share)
        found = evaluate(design, there)
        if found.log_likelihood >= at.log_likelihood - slack:
            return there, found, share * step.largest
        share /= 2
    return parameters, at, 0.0


def shifted(parameters: Parameters, step: Step, share: float) -> Parameters:
    """`parameters` plus `share` of `step`."""
    a, b, c = (value + share * change for value, change in zip(parameters.facets, step.facets, strict=True))
    return Parameters((a, b, c), parameters.kappa + share * step.kappa)


def standard_errors(design: Design, at: Evaluation, class_size: IndexArray) -> Facets:
    """1/√information of each element with the others held, as Facets prints it; of one ratee of each class."""
    a, b, c = (
        sums_by(column, at.variance, size) for column, size in zip(design.columns, design.sizes, strict=True)
    )
    return np.sqrt(class_size / a), 1 / np.sqrt(b), 1 / np.sqrt(c)
