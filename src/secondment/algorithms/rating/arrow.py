"""The arrow-shaped curvature of the hierarchical model: ballots, then ratees, then the border they share."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import linalg, sparse

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.campaign import Campaign
from secondment.algorithms.rating.design import category_probabilities
from secondment.algorithms.rating.ratings import sums_by


@dataclass(frozen=True)
class State:
    """Effects of ballots (cells), ratees (ratees × slots) and border (with the thresholds behind)."""

    cells: FloatArray
    ratees: FloatArray
    border: FloatArray

    def plus(self, step: "State", share: float = 1.0) -> "State":
        """This state moved by `share` of `step`."""
        return State(
            self.cells + share * step.cells,
            self.ratees + share * step.ratees,
            self.border + share * step.border,
        )

    @property
    def largest(self) -> float:
        """The largest absolute entry."""
        return max(float(np.abs(part).max()) for part in (self.cells, self.ratees, self.border))


@dataclass(frozen=True)
class Arrow:
    """The factored curvature at one state.

    `cell` (cells) is the ballots' diagonal, `cell_data` its part from the marks, `cell_border` (sparse) couples ballots with
    the border; `block` and `coupling` are what remains for ratees once the ballots are eliminated, `half` is block⁻¹
    coupling, and `schur` the Cholesky factor of what remains for the border once ratees are eliminated too.
    """

    campaign: Campaign
    cell: FloatArray
    cell_data: FloatArray
    cell_border: Any
    block_inverse: FloatArray
    coupling: FloatArray
    half: FloatArray
    schur: tuple[FloatArray, bool]
    log_determinant: float

    def solve(self, right: State) -> State:
        """Curvature⁻¹ times a vector."""
        campaign = self.campaign
        eliminated = right.cells / self.cell
        shares = (self.cell_data * eliminated)[:, None] * campaign.loads
        ratees = right.ratees - by_ratee(campaign, shares)
        border = right.border - self.cell_border.T @ eliminated
        flat = np.einsum("nlg,nl->g", self.half, ratees)
        border = linalg.cho_solve(self.schur, border - flat)
        ratees = np.einsum("nlm,nm->nl", self.block_inverse, ratees - self.coupling @ border)
        drawn = self.cell_data * (campaign.loads * ratees[campaign.cell_ratee]).sum(axis=1)
        return State((right.cells - drawn - self.cell_border @ border) / self.cell, ratees, border)

    @cached_property
    def border_inverse(self) -> FloatArray:
        """Posterior covariance of the border."""
        return np.asarray(linalg.cho_solve(self.schur, np.eye(self.half.shape[2])))

    @cached_property
    def ratee_border(self) -> FloatArray:
        """Posterior covariance between ratee effects and border: ratees × slots × border."""
        return -self.half @ self.border_inverse

    @property
    def ratee_covariance(self) -> FloatArray:
        """Posterior covariance of each ratee's effects: ratees × slots × slots."""
        return self.block_inverse - self.ratee_border @ np.swapaxes(self.half, 1, 2)


def by_ratee(campaign: Campaign, per_cell: FloatArray) -> FloatArray:
    """Sums of cell rows per ratee."""
    columns = [sums_by(campaign.cell_ratee, column, campaign.ratings.n_ratees) for column in per_cell.T]
    return np.stack(columns, axis=1)


def predictor(campaign: Campaign, state: State) -> tuple[FloatArray, FloatArray]:
    """eta per mark, and the cumulated thresholds as one row."""
    of_cell = state.cells + (campaign.loads * state.ratees[campaign.cell_ratee]).sum(axis=1)
    with_none = np.append(state.border[: campaign.n_border], 0.0)
    eta = of_cell[campaign.cell] + with_none[campaign.border].sum(axis=1)
    kappa = np.concatenate([[0.0], state.border[campaign.n_border :], [0.0]])
    return eta, kappa[None, :]


def probabilities(campaign: Campaign, state: State) -> tuple[FloatArray, float]:
    """Category probabilities per mark and the log-likelihood of the marks."""
    eta, kappa = predictor(campaign, state)
    p, log_norm = category_probabilities(eta, kappa)
    fit = campaign.category @ eta - kappa[0, campaign.category].sum() - log_norm.sum()
    return p, float(fit)


def pull(campaign: Campaign, per_mark: FloatArray, per_level: FloatArray) -> State:
    """Collect per-mark slopes (with respect to eta) and per-threshold slopes into the shape of a state."""
    cells = sums_by(campaign.cell, per_mark, campaign.n_cells)
    ratees = by_ratee(campaign, cells[:, None] * campaign.loads)
    border = np.zeros(campaign.n_border + 1)
    for column in campaign.border.T:
        border += sums_by(column, per_mark, campaign.n_border + 1)
    return State(cells, ratees, np.concatenate([border[:-1], per_level]))


def curvature(campaign: Campaign, p: FloatArray, precision: State) -> Arrow:
    """Factor the negative Hessian of the log posterior; `precision` is the prior's diagonal."""
    levels = np.arange(p.shape[1])
    mean = p @ levels
    variance = p @ levels**2 - mean**2
    with_counts = -(p * (levels - mean[:, None]))[:, 1:-1]
    data = sums_by(campaign.cell, variance, campaign.n_cells)
    cell = data + precision.cells
    cell_border = _cell_border(campaign, variance, with_counts)
    left = precision.cells / cell
    loads = campaign.loads
    outer = (data * left)[:, None, None] * loads[:, :, None] * loads[:, None, :]
    n_ratees, n_slots = precision.ratees.shape
    block = by_ratee(campaign, outer.reshape(len(cell), -1)).reshape(n_ratees, n_slots, n_slots)
    block += precision.ratees[:, :, None] * np.eye(n_slots)
    # Ballots are sorted by ratee, so that sums over a ratee's ballots are products with a matrix of rows side by side.
    starts = np.searchsorted(campaign.cell_ratee, np.arange(n_ratees + 1))
    places = np.arange(len(cell))
    summed = [sparse.csr_array((left * loads[:, slot], places, starts)) for slot in range(n_slots)]
    coupling = np.stack([(each @ cell_border).toarray() for each in summed], axis=1)
    corner = _corner(campaign, p, variance, with_counts) + np.diag(precision.border)
    corner -= (cell_border.T @ scaled_rows(cell_border, 1 / cell)).toarray()
    block_inverse = np.asarray(np.linalg.inv(block), dtype=np.float64)
    half = block_inverse @ coupling
    width = corner.shape[0]
    schur = corner - coupling.reshape(-1, width).T @ half.reshape(-1, width)
    factor = linalg.cho_factor(schur)
    log_determinant = float(np.log(cell).sum() + np.linalg.slogdet(block)[1].sum())
    log_determinant += 2 * float(np.log(np.diag(factor[0])).sum())
    return Arrow(campaign, cell, data, cell_border, block_inverse, coupling, half, factor, log_determinant)


def scaled_rows(matrix: Any, factor: FloatArray) -> Any:
    """A sparse matrix with each row times its factor."""
    return sparse.diags_array(factor) @ matrix


def _cell_border(campaign: Campaign, variance: FloatArray, with_counts: FloatArray) -> Any:
    """Ballots × border, sparse: a ballot meets its source, rater and unit, the criteria of its marks and all thresholds."""
    pairs = campaign.cell_pairs
    each = np.repeat(variance, campaign.border.shape[1])
    shared = sums_by(pairs.place.ravel(), each, pairs.n_pairs + 1)[:-1]
    counts = [sums_by(campaign.cell, column, campaign.n_cells) for column in with_counts.T]
    values = np.concatenate([shared, *counts])[pairs.order]
    shape = (campaign.n_cells, campaign.n_border + campaign.n_steps)
    return sparse.csr_array((values, pairs.column, pairs.start), shape=shape)


def _corner(campaign: Campaign, p: FloatArray, variance: FloatArray, with_counts: FloatArray) -> FloatArray:
    width, n_steps = campaign.n_border + 1, campaign.n_steps
    shared = np.zeros(width * width)
    cross = np.zeros((width, n_steps))
    for column in campaign.border.T:
        for other in campaign.border.T:
            shared += sums_by(column * width + other, variance, width * width)
        for step in range(n_steps):
            cross[:, step] += sums_by(column, with_counts[:, step], width)
    inner = p[:, 1:-1]
    among = np.diag(inner.sum(axis=0)) - inner.T @ inner
    return np.block([[shared.reshape(width, width)[:-1, :-1], cross[:-1]], [cross[:-1].T, among]])
