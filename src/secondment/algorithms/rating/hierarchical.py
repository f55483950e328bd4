"""The hierarchical rating model: merit, unit leniency, rater severity and impressions as random effects."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from secondment.algorithms.arrays import BoolArray, FloatArray
from secondment.algorithms.rating.arrow import State
from secondment.algorithms.rating.campaign import Campaign, Effect, lay_out
from secondment.algorithms.rating.laplace import (
    Members,
    Mode,
    find_mode,
    marginal_gradient,
    members_of,
    prior_precision,
    sensitivity,
    weak_precision,
)
from secondment.algorithms.rating.ratings import Ratings

SMALLEST_SD, LARGEST_SD = 0.02, 8.0
START_SD = 0.7
DIFFERENCE = 0.05
NEAR_BOUND = 0.05
MOST_ITERATIONS = 60
# A spread is never estimated as nothing: its prior is gamma with shape 2 and this mode, in logits (Chung et al. 2013).
PRIOR_MODE = 2.0


@dataclass(frozen=True)
class Spread:
    """Estimated SDs in logits, by random effect, and the covariance of their logs."""

    sd: dict[Effect, float]
    log_covariance: FloatArray


@dataclass(frozen=True)
class HierarchicalFit:
    """Posterior of the effects at the estimated spreads.

    Merit covariance is diag(`own_variance`) + `common` commonᵀ (ratees × border + spreads), the last columns
    carrying the uncertainty of the spreads themselves (Kass & Steffey 1989).
    """

    campaign: Campaign
    mode: Mode
    members: dict[Effect, Members]
    spread: Spread
    merit: FloatArray
    own_variance: FloatArray
    common: FloatArray
    sensitivities: list[State]
    log_likelihood: float
    iterations: int
    converged: bool

    @property
    def merit_se(self) -> FloatArray:
        """Posterior SD of each ratee's merit."""
        return np.asarray(np.sqrt(self.own_variance + (self.common**2).sum(axis=1)))


def fit_hierarchical(
    ratings: Ratings, *, most_iterations: int = MOST_ITERATIONS, watch: Callable[[], None] = lambda: None
) -> HierarchicalFit:
    """Estimate spreads by Laplace marginal likelihood, then the effects' posterior.

    `watch` is called before every climb and may raise to stop the work.

    The adjacent-category model with eta = merit − source − unit − rater − impression − criterion. Criteria,
    thresholds and source means are fixed effects with flat priors and are integrated out with the rest.
    About ten likelihood climbs, each O(marks + ballots × border²).
    """
    campaign = lay_out(ratings)
    members = members_of(campaign)
    climber = _Climber(campaign, members, watch)
    bounds = [(np.log(SMALLEST_SD), np.log(LARGEST_SD))] * len(members)
    found = optimize.minimize(
        climber,
        np.full(len(members), np.log(START_SD)),
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": most_iterations, "ftol": 1e-9, "gtol": 1e-3},
    )
    log_sd = np.asarray(found.x)
    covariance = climber.log_covariance(log_sd)
    mode = climber.mode(log_sd)
    moves = [sensitivity(mine, own, mode) for mine, own in zip(members.values(), log_sd, strict=True)]
    sd = {effect: float(np.exp(own)) for effect, own in zip(members, log_sd, strict=True)}
    own_variance, common = _merit_covariance(mode, moves, covariance)
    return HierarchicalFit(
        campaign,
        mode,
        members,
        Spread(sd, covariance),
        mode.state.ratees[:, 0],
        own_variance,
        common,
        moves,
        mode.log_marginal,
        int(found.nit),
        bool(found.success),
    )


class _Climber:
    """The negative marginal likelihood as a function of the log SDs; each call starts from the last mode."""

    def __init__(self, campaign: Campaign, members: dict[Effect, Members], watch: Callable[[], None]) -> None:
        self.campaign = campaign
        self.members = members
        self.watch = watch
        self.last = weak_precision(campaign)
        self.last = State(0 * self.last.cells, 0 * self.last.ratees, 0 * self.last.border)

    def __call__(self, log_sd: FloatArray) -> tuple[float, FloatArray]:
        mode = self.mode(log_sd)
        slope = marginal_gradient(self.campaign, self.members, log_sd, mode)
        sd = np.exp(log_sd)
        log_prior = log_sd - sd / PRIOR_MODE
        return -mode.log_marginal - float(log_prior.sum()), -slope - (1 - sd / PRIOR_MODE)

    def mode(self, log_sd: FloatArray) -> Mode:
        self.watch()
        found = find_mode(self.campaign, prior_precision(self.campaign, self.members, log_sd), self.last)
        self.last = found.state
        return found

    def log_covariance(self, log_sd: FloatArray) -> FloatArray:
        """Inverse curvature of the marginal likelihood by differences of its gradient; 0 for an SD at a bound."""
        size = len(log_sd)
        inside = _inside(log_sd)
        curvature = np.zeros((size, size))
        for number in np.flatnonzero(inside):
            change = DIFFERENCE * np.eye(size)[number]
            curvature[number] = (self(log_sd + change)[1] - self(log_sd - change)[1]) / (2 * DIFFERENCE)
        covariance = np.zeros((size, size))
        chosen = np.ix_(inside, inside)
        symmetric = (curvature[chosen] + curvature[chosen].T) / 2
        values, vectors = np.linalg.eigh(symmetric)
        # An SD the data say nothing about is given an uncertainty of at most one in its logarithm.
        covariance[chosen] = (vectors / np.maximum(values, 1.0)) @ vectors.T
        return covariance


def _inside(log_sd: FloatArray) -> BoolArray:
    low, high = np.log(SMALLEST_SD) + NEAR_BOUND, np.log(LARGEST_SD) - NEAR_BOUND
    return np.asarray((log_sd > low) & (log_sd < high))


def _merit_covariance(
    mode: Mode, moves: list[State], covariance: FloatArray
) -> tuple[FloatArray, FloatArray]:
    arrow = mode.arrow
    own = arrow.block_inverse[:, 0, 0]
    through_border = arrow.half[:, 0, :] @ np.linalg.cholesky(arrow.border_inverse)
    values, vectors = np.linalg.eigh(covariance)
    root = vectors * np.sqrt(np.maximum(values, 0.0))
    through_spreads = np.stack([move.ratees[:, 0] for move in moves], axis=1) @ root
    return own, np.hstack([through_border, through_spreads])
