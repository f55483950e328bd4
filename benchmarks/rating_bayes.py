"""The hierarchical fit beside full Bayes: merits and their errors against Hamiltonian Monte Carlo on one campaign.

Run ``PYTHONPATH=src python -m benchmarks rating_bayes [draws [ratees]]``. The sampler knows the model's likelihood and priors but neither
Laplace's approximation nor the uncertainty of the spreads that is added to it: it draws effects and spreads in turn.
"""

import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.arrow import State, probabilities, pull
from secondment.algorithms.rating.campaign import Campaign
from secondment.algorithms.rating.hierarchical import HierarchicalFit, fit_hierarchical
from secondment.algorithms.rating.laplace import posterior_variances, prior_precision
from secondment.algorithms.rating.simulation import CampaignDesign, simulate_campaign

STEP, LEAPS = 0.12, 25
WARM_UP = 0.25


class Sampler:
    """Draws all effects by Hamiltonian moves, then every spread given the effects."""

    def __init__(self, fit: HierarchicalFit, seed: int) -> None:
        self.campaign: Campaign = fit.campaign
        self.members = fit.members
        self.random = np.random.default_rng(seed)
        self.log_sd = np.log(np.array(list(fit.spread.sd.values())))
        self.at = _flat(fit.mode.state)
        self.shape = fit.mode.state.ratees.shape
        self.scale = np.sqrt(np.maximum(_flat(posterior_variances(fit.mode.arrow)), 1e-6))
        self.step, self.accepted = STEP, 0.8

    def draw(self) -> None:
        """One move of the effects and one of the spreads."""
        precision = _flat(prior_precision(self.campaign, self.members, self.log_sd))
        height, slope = self._height(self.at, precision)
        push = self.random.normal(size=len(self.at))
        energy = height - 0.5 * push @ push
        there, length = self.at, self.step * self.random.uniform(0.8, 1.2)
        for _ in range(LEAPS):
            push = push + 0.5 * length * self.scale * slope
            there = there + length * self.scale * push
            height, slope = self._height(there, precision)
            push = push + 0.5 * length * self.scale * slope
        chance = min(1.0, float(np.exp(min(float(height - 0.5 * push @ push - energy), 0.0))))
        self.accepted = 0.9 * self.accepted + 0.1 * chance
        if self.random.random() < chance:
            self.at = there
        self._draw_spreads()

    def _height(self, at: FloatArray, precision: FloatArray) -> tuple[float, FloatArray]:
        state = _shaped(at, self.campaign, self.shape)
        p, fit = probabilities(self.campaign, state)
        counts = np.bincount(self.campaign.category, minlength=p.shape[1])
        residual = self.campaign.category - p @ np.arange(p.shape[1])
        slope = _flat(pull(self.campaign, residual, (p.sum(axis=0) - counts)[1:-1]))
        return fit - 0.5 * float(precision @ at**2), slope - precision * at

    def _draw_spreads(self) -> None:
        """Given the effects, a spread with a flat prior has an inverse gamma square."""
        state = _shaped(self.at, self.campaign, self.shape)
        squares = State(state.cells**2, state.ratees**2, state.border**2)
        for number, mine in enumerate(self.members.values()):
            gamma = self.random.gamma((mine.size - 1) / 2, 2 / mine.total(squares))
            self.log_sd[number] = -0.5 * np.log(gamma)


def _flat(state: State) -> FloatArray:
    return np.concatenate([state.cells, state.ratees.ravel(), state.border])


def _shaped(at: FloatArray, campaign: Campaign, shape: tuple[int, ...]) -> State:
    n_cells, n_own = campaign.n_cells, shape[0] * shape[1]
    return State(at[:n_cells], at[n_cells : n_cells + n_own].reshape(shape), at[n_cells + n_own :])


def main() -> None:
    """Sample one campaign and compare."""
    n_draws = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    n_ratees = int(sys.argv[2]) if len(sys.argv) > 2 else 351
    fit = fit_hierarchical(simulate_campaign(CampaignDesign(n_ratees=n_ratees), 1).ratings)
    sampler, begun = Sampler(fit, 1), time.process_time()
    merits, spreads = [], []
    for number in range(n_draws):
        sampler.draw()
        if number < WARM_UP * n_draws:
            sampler.step *= 1.02 if sampler.accepted > 0.8 else 0.98
        else:
            merits.append(_shaped(sampler.at, fit.campaign, sampler.shape).ratees[:, 0])
            spreads.append(np.exp(sampler.log_sd))
    mean, error = np.mean(merits, axis=0), np.std(merits, axis=0)
    print(
        f"{n_draws} draws, step {sampler.step:.3f}, accepted {sampler.accepted:.2f}, {time.process_time() - begun:.0f} CPU s"
    )
    print(f"correlation of merits {np.corrcoef(mean, fit.merit)[0, 1]:.4f}")
    # The level common to all ratees is no part of any comparison.
    own = np.std(np.array(merits) - np.mean(merits, axis=1, keepdims=True), axis=0)
    centre = np.eye(n_ratees) - 1 / n_ratees
    ours = np.sqrt(np.diag(centre @ (np.diag(fit.own_variance) + fit.common @ fit.common.T) @ centre))
    print(
        f"standard errors, ours over sampled: {np.mean(ours / own):.3f} centred, {np.mean(fit.merit_se / error):.3f} as they are"
    )
    for effect, sampled, share in zip(
        fit.spread.sd, np.mean(spreads, axis=0), np.std(spreads, axis=0), strict=True
    ):
        print(f"SD {effect}: ours {fit.spread.sd[effect]:.3f}, sampled {sampled:.3f} ± {share:.3f}")


if __name__ == "__main__":
    main()
