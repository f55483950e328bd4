"""One exact Newton step of the joint likelihood, the larger of ratees and raters eliminated."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import linalg, sparse
from scipy.sparse.linalg import LinearOperator, cg

from secondment.algorithms.arrays import BoolArray, FloatArray
from secondment.algorithms.rating.design import CRITERION, RATEE, RATER, SIGNS, Design, Evaluation
from secondment.algorithms.rating.ratings import RatingError, sums_by

MOST_DENSE = 3000
# Entries of the table of eliminated elements by all others up to which exploiting its zeros does not pay.
LARGEST_TABLE = 2_000_000
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
    keep = np.concatenate([~held[rest], ~held[CRITERION], np.full(len(step_index[0]), not hold_steps)])
    out_gradient = np.where(free_out, gradient[out], 0.0)
    rest_gradient = np.concatenate([gradient[rest], gradient[CRITERION], at.step_residual[step_index]])[keep]
    change = np.zeros(len(keep))
    if len(keep) > most_dense or len(keep) * len(diagonal) > LARGEST_TABLE:
        border, corner = _sparse_blocks(design, at, out, rest)
        border = sparse.csr_array((sparse.diags_array(free_out.astype(float)) @ border)[:, keep])
        corner = sparse.csr_array(corner[keep][:, keep])
        change[keep], drawn = _solve_sparse(
            corner, border, diagonal, (out_gradient, rest_gradient), most_dense
        )
    else:
        table, among = _dense_blocks(design, at, out, rest)
        table = (table * free_out[:, None])[:, keep]
        change[keep], drawn = _solve_dense(
            among[np.ix_(keep, keep)], table, diagonal, (out_gradient, rest_gradient)
        )
    return _as_step(design, out, rest, (out_gradient - drawn) / diagonal, change)


def _sum(design: Design, facet: int, weights: FloatArray) -> FloatArray:
    return sums_by(design.columns[facet], weights, design.sizes[facet])


def _dense_blocks(design: Design, at: Evaluation, out: int, rest: int) -> tuple[FloatArray, FloatArray]:
    """Information of the eliminated facet with the rest (criteria and thresholds behind), and among the rest."""

    def pairs(first: int, second: int) -> FloatArray:
        size = (design.sizes[first], design.sizes[second])
        index = design.columns[first] * size[1] + design.columns[second]
        return SIGNS[first] * SIGNS[second] * sums_by(index, at.variance, size[0] * size[1]).reshape(size)

    between, with_rest, with_criterion = (
        pairs(rest, CRITERION),
        _with_steps(design, at, rest),
        _with_steps(design, at, CRITERION),
    )
    table = np.hstack([pairs(out, rest), pairs(out, CRITERION), _with_steps(design, at, out)])
    corner = np.block(
        [
            [np.diag(_sum(design, rest, at.variance)), between, with_rest],
            [between.T, np.diag(_sum(design, CRITERION, at.variance)), with_criterion],
            [with_rest.T, with_criterion.T, _among_steps(design, at)],
        ]
    )
    return table, corner


def _sparse_blocks(
    design: Design, at: Evaluation, out: int, rest: int
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """The same as `_dense_blocks` where most pairs of elements never meet."""

    def pairs(first: int, second: int) -> sparse.csr_array:
        value = SIGNS[first] * SIGNS[second] * at.variance
        index = (design.columns[first], design.columns[second])
        shape = (design.sizes[first], design.sizes[second])
        return sparse.coo_array((value, index), shape=shape).tocsr()

    def steps(facet: int) -> sparse.csr_array:
        return sparse.csr_array(_with_steps(design, at, facet))

    between = pairs(rest, CRITERION)
    blocks: list[list[Any]] = [
        [sparse.diags_array(_sum(design, rest, at.variance)), between, steps(rest)],
        [between.T, sparse.diags_array(_sum(design, CRITERION, at.variance)), steps(CRITERION)],
        [steps(rest).T, steps(CRITERION).T, sparse.csr_array(_among_steps(design, at))],
    ]
    border = sparse.hstack([pairs(out, rest), pairs(out, CRITERION), steps(out)]).tocsr()
    return border, sparse.csr_array(sparse.block_array(blocks))


def _with_steps(design: Design, at: Evaluation, facet: int) -> FloatArray:
    """Information between a facet's elements and the free thresholds, whose statistic is minus the count."""
    group, level = design.scale.free_steps
    return np.asarray(-SIGNS[facet] * at.step_cross[facet][:, group, level])


def _among_steps(design: Design, at: Evaluation) -> FloatArray:
    group, level = design.scale.free_steps
    same_group = group[:, None] == group
    return np.where(same_group, at.step_information[group[:, None], level[:, None], level], 0.0)


def _solve_dense(
    corner: FloatArray, table: FloatArray, diagonal: FloatArray, gradients: tuple[FloatArray, FloatArray]
) -> tuple[FloatArray, FloatArray]:
    """The change of the rest, and what it draws from the eliminated facet's gradient."""
    shares = table / diagonal[:, None]
    found = _solve_positive(corner - table.T @ shares, gradients[1] - shares.T @ gradients[0])
    return found, table @ found


def _solve_sparse(
    corner: sparse.csr_array,
    border: sparse.csr_array,
    diagonal: FloatArray,
    gradients: tuple[FloatArray, FloatArray],
    most_dense: int,
) -> tuple[FloatArray, FloatArray]:
    """The same as `_solve_dense`; beyond `most_dense` unknowns by conjugate gradients."""
    scaled = (sparse.diags_array(1 / diagonal) @ border).tocsr()
    right = gradients[1] - scaled.T @ gradients[0]
    if len(right) > most_dense:
        found = _solve_by_conjugate_gradients(corner, border, scaled, right)
    else:
        found = _solve_positive((corner - border.T @ scaled).toarray(), right)
    return found, border @ found


def _solve_positive(schur: FloatArray, right: FloatArray) -> FloatArray:
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
