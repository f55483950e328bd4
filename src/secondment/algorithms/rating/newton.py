"""One exact Newton step of the joint likelihood, the larger of ratees and raters eliminated."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import linalg, sparse
from scipy.sparse.linalg import LinearOperator, cg

from secondment.algorithms.rating.design import CRITERION, RATEE, RATER, SIGNS, Design, Evaluation
from secondment.algorithms.rating.ratings import BoolArray, FloatArray, RatingError, sums_by

MOST_DENSE = 3000
LEAST_INFORMATION = 1e-9
UNDETERMINED = (
    "the ratings do not determine all measures: some run off to infinity because too few marks overlap; "
    "use the method mml or the hierarchical model, or leave out elements with very few marks"
)


@dataclass(frozen=True)
class Step:
    """The change of every parameter: per facet, and of the cumulated thresholds (groups × categories)."""

    facets: tuple[FloatArray, FloatArray, FloatArray]
    kappa: FloatArray

    @property
    def largest(self) -> float:
        """The largest change in logits."""
        return max(float(np.abs(part).max()) for part in (*self.facets, self.kappa))


def newton_step(
    design: Design,
    at: Evaluation,
    held: tuple[BoolArray, BoolArray, BoolArray],
    *,
    hold_steps: bool = False,
    most_dense: int = MOST_DENSE,
) -> Step:
    """Solve the information matrix against the gradient, with `held` elements (and thresholds) kept still.

    The eliminated facet's block is diagonal, so its Schur complement costs O(marks) plus the solution of
    what remains: dense Cholesky up to `most_dense` unknowns, conjugate gradients above.
    """
    out = RATEE if design.sizes[RATEE] >= design.sizes[RATER] else RATER
    rest = RATER if out == RATEE else RATEE
    free_out = ~held[out]
    gradient = [sign * _sum(design, facet, at.residual) for facet, sign in enumerate(SIGNS)]
    diagonal = np.where(free_out, _sum(design, out, at.variance), 1.0)
    if diagonal.min() < LEAST_INFORMATION:
        raise RatingError(UNDETERMINED)
    step_index = design.scale.free_steps
    keep_steps = np.full(len(step_index[0]), not hold_steps)
    keep = np.concatenate([~held[rest], ~held[CRITERION], keep_steps])
    border = (sparse.diags_array(free_out.astype(float)) @ _border(design, at, out, rest))[:, keep]
    corner = _corner(design, at, rest)[keep][:, keep]
    out_gradient = np.where(free_out, gradient[out], 0.0)
    rest_gradient = np.concatenate([gradient[rest], gradient[CRITERION], at.step_residual[step_index]])[keep]
    scaled = (sparse.diags_array(1 / diagonal) @ border).tocsr()
    right = rest_gradient - scaled.T @ out_gradient
    change = np.zeros(len(keep))
    change[keep] = _solve(corner, border, scaled, right, most_dense)
    out_change = (out_gradient - border @ change[keep]) / diagonal
    return _as_step(design, out, rest, out_change, change)


def _sum(design: Design, facet: int, weights: FloatArray) -> FloatArray:
    return sums_by(design.columns[facet], weights, design.sizes[facet])


def _pairs(design: Design, at: Evaluation, first: int, second: int) -> sparse.csr_array:
    value = SIGNS[first] * SIGNS[second] * at.variance
    index = (design.columns[first], design.columns[second])
    shape = (design.sizes[first], design.sizes[second])
    return sparse.coo_array((value, index), shape=shape).tocsr()


def _with_steps(design: Design, at: Evaluation, facet: int) -> sparse.csr_array:
    """Information between a facet's elements and the free thresholds, whose statistic is minus the count."""
    group, level = design.scale.free_steps
    return sparse.csr_array(-SIGNS[facet] * at.step_cross[facet][:, group, level])


def _border(design: Design, at: Evaluation, out: int, rest: int) -> sparse.csr_array:
    parts = [_pairs(design, at, out, rest), _pairs(design, at, out, CRITERION), _with_steps(design, at, out)]
    return sparse.hstack(parts).tocsr()


def _corner(design: Design, at: Evaluation, rest: int) -> sparse.csr_array:
    group, level = design.scale.free_steps
    same_group = group[:, None] == group
    among_steps = np.where(same_group, at.step_information[group[:, None], level[:, None], level], 0.0)
    between = _pairs(design, at, rest, CRITERION)
    with_rest, with_criterion = _with_steps(design, at, rest), _with_steps(design, at, CRITERION)
    blocks: list[list[Any]] = [
        [sparse.diags_array(_sum(design, rest, at.variance)), between, with_rest],
        [between.T, sparse.diags_array(_sum(design, CRITERION, at.variance)), with_criterion],
        [with_rest.T, with_criterion.T, sparse.csr_array(among_steps)],
    ]
    return sparse.csr_array(sparse.block_array(blocks))


def _solve(
    corner: sparse.csr_array,
    border: sparse.csr_array,
    scaled: sparse.csr_array,
    right: FloatArray,
    most_dense: int,
) -> FloatArray:
    if len(right) > most_dense:
        return _solve_by_conjugate_gradients(corner, border, scaled, right)
    schur = (corner - border.T @ scaled).toarray()
    try:
        return np.asarray(linalg.cho_solve(linalg.cho_factor(schur), right))
    except linalg.LinAlgError as error:
        raise RatingError(UNDETERMINED) from error


def _solve_by_conjugate_gradients(
    corner: sparse.csr_array, border: sparse.csr_array, scaled: sparse.csr_array, right: FloatArray
) -> FloatArray:
    def product(x: FloatArray) -> FloatArray:
        return np.asarray(corner @ x - scaled.T @ (border @ x))

    size = len(right)
    weight = corner.diagonal() - np.asarray(border.multiply(scaled).sum(axis=0)).ravel()
    jacobi = LinearOperator((size, size), matvec=lambda x: x / weight, dtype=np.float64)
    operator = LinearOperator((size, size), matvec=product, dtype=np.float64)
    solution, _ = cg(operator, right, rtol=1e-10, maxiter=2000, M=jacobi)
    return np.asarray(solution)


def _as_step(design: Design, out: int, rest: int, out_change: FloatArray, change: FloatArray) -> Step:
    n_rest, n_criteria = design.sizes[rest], design.sizes[CRITERION]
    facets = [np.zeros(0)] * 3
    facets[out], facets[rest] = out_change, change[:n_rest]
    facets[CRITERION] = change[n_rest : n_rest + n_criteria]
    kappa = np.zeros(design.scale.marks.shape)
    kappa[design.scale.free_steps] = change[n_rest + n_criteria :]
    return Step((facets[0], facets[1], facets[2]), kappa)
