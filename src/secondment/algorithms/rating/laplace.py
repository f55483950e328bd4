"""Laplace marginal likelihood of the hierarchical model's spreads, with its analytic gradient."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray, IndexArray
from secondment.algorithms.rating.arrow import Arrow, State, curvature, probabilities, pull, scaled_rows
from secondment.algorithms.rating.campaign import Campaign, Effect
from secondment.algorithms.rating.ratings import RatingError

TOLERANCE = 1e-7
MOST_STEPS = 50
MOST_HALVINGS = 25
# Raters shared by units are treated as nearly fixed: this SD in logits shrinks almost nothing.
WEAK_SD = 3.0
# Criteria, sources and thresholds are fixed effects; so wide a prior only keeps what no mark decides finite.
FLAT_SD = 10.0


@dataclass(frozen=True)
class Members:
    """Which entries of a state belong to one random effect."""

    cells: BoolArray
    ratees: BoolArray
    border: BoolArray

    @property
    def size(self) -> int:
        """How many effects there are."""
        return int(self.cells.sum() + self.ratees.sum() + self.border.sum())

    def total(self, state: State) -> float:
        """Sum of the member entries of a state."""
        parts = ((self.cells, state.cells), (self.ratees, state.ratees), (self.border, state.border))
        return float(sum(values[mine].sum() for mine, values in parts))

    def only(self, state: State) -> State:
        """The state with all other entries 0."""
        return State(state.cells * self.cells, state.ratees * self.ratees, state.border * self.border)


@dataclass(frozen=True)
class Mode:
    """The most probable effects given the spreads, the curvature there and the marginal log-likelihood."""

    state: State
    arrow: Arrow
    probabilities: FloatArray
    log_marginal: float


def members_of(campaign: Campaign) -> dict[Effect, Members]:
    """The random effects present in a campaign."""
    n_ratees, n_slots = len(campaign.slot_effect), campaign.loads.shape[1]
    is_local = np.array([effect is Effect.LOCAL_RATER for effect in campaign.cell_effect])
    width = campaign.n_border + campaign.n_steps
    no_cells, no_border = np.zeros(campaign.n_cells, dtype=bool), np.zeros(width, dtype=bool)
    no_ratees = np.zeros((n_ratees, n_slots), dtype=bool)
    merit, leniency = no_ratees.copy(), no_ratees.copy()
    merit[:, 0] = True
    leniency[:, 1:] = campaign.slot_effect >= 0
    shared_unit, shared_rater = no_border.copy(), no_border.copy()
    shared_unit[campaign.border_unit[campaign.border_unit >= 0]] = True
    shared_rater[random_border_raters(campaign)] = True
    found = {
        Effect.RATEE: Members(no_cells, merit, no_border),
        Effect.UNIT: Members(no_cells, leniency, shared_unit),
        Effect.RATER: Members(no_cells, no_ratees, shared_rater),
        Effect.LOCAL_RATER: Members(is_local, no_ratees, no_border),
        Effect.IMPRESSION: Members(~is_local, no_ratees, no_border),
    }
    return {effect: members for effect, members in found.items() if members.size}


def random_border_raters(campaign: Campaign) -> IndexArray:
    """Border places of raters who see several ratees of one unit; their spread is estimated."""
    source_of_rater = np.zeros(campaign.ratings.n_raters, dtype=np.intp)
    source_of_rater[campaign.cell_rater] = campaign.cell_source
    chosen = (campaign.border_rater >= 0) & campaign.is_nested_source[source_of_rater]
    return campaign.border_rater[chosen]


def weak_precision(campaign: Campaign) -> State:
    """The prior of what has no estimated spread: weak for shared raters, nearly flat for the fixed effects."""
    border = np.full(campaign.n_border + campaign.n_steps, FLAT_SD**-2)
    border[campaign.border_rater[campaign.border_rater >= 0]] = WEAK_SD**-2
    return State(
        np.zeros(campaign.n_cells), np.zeros((len(campaign.slot_effect), campaign.loads.shape[1])), border
    )


def prior_precision(campaign: Campaign, members: dict[Effect, Members], log_sd: FloatArray) -> State:
    """The prior's diagonal for given spreads; empty slots get 1, which holds them at 0."""
    weak = weak_precision(campaign)
    ratees = np.ones_like(weak.ratees)
    cells, border = weak.cells.copy(), weak.border.copy()
    for mine, value in zip(members.values(), np.exp(-2 * log_sd), strict=True):
        cells[mine.cells], ratees[mine.ratees], border[mine.border] = value, value, value
    return State(cells, ratees, border)


def find_mode(campaign: Campaign, precision: State, start: State) -> Mode:
    """Newton from `start` to the mode; each step costs O(marks + cells × border)."""
    state = start
    p, fit = probabilities(campaign, state)
    for _ in range(MOST_STEPS):
        arrow = curvature(campaign, p, precision)
        height = fit - _penalty(precision, state)
        step = arrow.solve(_gradient(campaign, p, precision, state))
        share = _share_that_climbs(campaign, precision, state, step, height)
        state = state.plus(step, share)
        p, fit = probabilities(campaign, state)
        if share * step.largest < TOLERANCE:
            break
    else:
        raise RatingError(f"the effects did not settle within {MOST_STEPS} steps")
    known = [precision.cells, precision.ratees.ravel(), precision.border]
    log_prior = 0.5 * sum(float(np.log(part).sum()) for part in known) - _penalty(precision, state)
    # The last step moved less than the tolerance, so the curvature before it still holds.
    return Mode(state, arrow, p, fit + log_prior - 0.5 * arrow.log_determinant)


def _share_that_climbs(
    campaign: Campaign, precision: State, state: State, step: State, height: float
) -> float:
    """The largest of 1, ½, ¼ … of the step after which the posterior is not lower; 0 when none is."""
    slack = 1e-9 * (1 + abs(height))
    for halvings in range(MOST_HALVINGS):
        there = state.plus(step, 0.5**halvings)
        if probabilities(campaign, there)[1] - _penalty(precision, there) >= height - slack:
            return float(0.5**halvings)
    return 0.0


def _penalty(precision: State, state: State) -> float:
    return 0.5 * float(
        precision.cells @ state.cells**2
        + (precision.ratees * state.ratees**2).sum()
        + precision.border @ state.border**2
    )


def _gradient(campaign: Campaign, p: FloatArray, precision: State, state: State) -> State:
    residual = campaign.category - p @ np.arange(p.shape[1])
    counts = np.bincount(campaign.category, minlength=p.shape[1])
    slope = pull(campaign, residual, (p.sum(axis=0) - counts)[1:-1])
    return State(
        slope.cells - precision.cells * state.cells,
        slope.ratees - precision.ratees * state.ratees,
        slope.border - precision.border * state.border,
    )


def marginal_gradient(
    campaign: Campaign, members: dict[Effect, Members], log_sd: FloatArray, mode: Mode
) -> FloatArray:
    """Derivative of the marginal log-likelihood with respect to each log SD.

    Three parts: the prior's own, the determinant at fixed effects, and the determinant as the mode moves,
    the last by one adjoint solution. Source: Kristensen et al. (2016), sections 2–3, written out by hand.
    """
    spread = posterior_variances(mode.arrow)
    squares = State(mode.state.cells**2, mode.state.ratees**2, mode.state.border**2)
    drift = mode.arrow.solve(determinant_slope(campaign, mode))
    moved = State(
        drift.cells * mode.state.cells, drift.ratees * mode.state.ratees, drift.border * mode.state.border
    )
    return np.array(
        [
            -mine.size + np.exp(-2 * own) * (mine.total(squares) + mine.total(spread) - mine.total(moved))
            for mine, own in zip(members.values(), log_sd, strict=True)
        ]
    )


def sensitivity(members: Members, log_sd: float, mode: Mode) -> State:
    """How the mode moves with one log SD."""
    pushed = members.only(mode.state)
    scale = 2 * np.exp(-2 * log_sd)
    return mode.arrow.solve(State(scale * pushed.cells, scale * pushed.ratees, scale * pushed.border))


def posterior_variances(arrow: Arrow) -> State:
    """Posterior variance of every effect: the diagonal of the inverse curvature."""
    pulled = (arrow.cell_data / arrow.cell)[:, None] * arrow.campaign.loads
    cells = 1 / arrow.cell + _quadratic(arrow, pulled, scaled_rows(arrow.cell_border, 1 / arrow.cell))[0]
    ratees = np.einsum("nll->nl", arrow.ratee_covariance)
    return State(cells, ratees, np.diag(arrow.border_inverse).copy())


def _quadratic(arrow: Arrow, own: FloatArray, shared: Any) -> tuple[FloatArray, FloatArray]:
    """Variance of own·ratee + shared·border (sparse) per cell, and twice its covariance with the border."""
    ratee = arrow.campaign.cell_ratee
    of_ratee = arrow.ratee_border
    mixed = sum(own[:, [slot]] * of_ratee[ratee, slot] for slot in range(own.shape[1]))
    within = np.einsum("cl,clm,cm->c", own, arrow.ratee_covariance[ratee], own)
    outside = shared @ arrow.border_inverse
    return within + shared.multiply(2 * mixed + outside).sum(axis=1), 2 * (mixed + outside)


def predictor_noise(campaign: Campaign, arrow: Arrow) -> tuple[FloatArray, FloatArray]:
    """Posterior variance of each mark's predictor, (n_marks,), and its covariance with each free threshold."""
    rest = 1 - arrow.cell_data / arrow.cell
    base, with_border = _quadratic(
        arrow, rest[:, None] * campaign.loads, scaled_rows(arrow.cell_border, -1 / arrow.cell)
    )
    base = base + 1 / arrow.cell
    n_border = campaign.n_border
    inverse = np.pad(arrow.border_inverse, ((0, 1), (0, 1)))
    # The empty border place moves behind the thresholds.
    place = np.where(campaign.border == n_border, len(inverse) - 1, campaign.border)
    linked = np.column_stack([with_border, np.zeros(campaign.n_cells)])
    variance = base[campaign.cell]
    steps = np.arange(n_border, n_border + campaign.n_steps)
    with_steps = with_border[:, steps][campaign.cell] / 2
    for column in place.T:
        variance = variance + linked[campaign.cell, column]
        with_steps = with_steps + inverse[column[:, None], steps]
        for other in place.T:
            variance = variance + inverse[column, other]
    return variance, with_steps


def determinant_slope(campaign: Campaign, mode: Mode) -> State:
    """Derivative of the log determinant of the curvature with respect to every effect."""
    arrow, p = mode.arrow, mode.probabilities
    variance, with_steps = predictor_noise(campaign, arrow)
    steps = np.arange(campaign.n_border, campaign.n_border + campaign.n_steps)
    levels = np.arange(p.shape[1])
    # Noise of category x's logit is x·noise(eta) − noise(kappa_x); its covariance, column by column.
    eta_step = np.pad(with_steps, ((0, 0), (1, 1)))
    among = np.pad(arrow.border_inverse[np.ix_(steps, steps)], 1)
    mean = p @ levels
    diagonal = levels**2 * variance[:, None] - 2 * levels * eta_step + np.diag(among)
    smoothed = (
        levels * (mean * variance)[:, None]
        - levels * (p * eta_step).sum(axis=1)[:, None]
        - eta_step * mean[:, None]
        + p @ among
    )
    skew = diagonal - 2 * smoothed
    skew = p * (skew - (p * skew).sum(axis=1)[:, None])
    return pull(campaign, skew @ levels, -skew.sum(axis=0)[1:-1])
