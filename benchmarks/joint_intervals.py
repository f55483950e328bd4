"""Do joint rank intervals hold: `python -m benchmarks.joint_intervals [n_small n_full]` (default 1000 40).

Simulates campaigns of 60 people and of full size (351), fits each, and counts how often the joint 90 % rank intervals hold
every true rank at once, with their mean width; beside them the intervals by all pairwise differences (max |t|, as Mogstad and
others), and the 90 % intervals of merits and of single ranks. One CPU thread.
"""

import os
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from secondment.algorithms.arrays import FloatArray, IndexArray
from secondment.algorithms.rating.hierarchical import fit_hierarchical
from secondment.algorithms.rating.planning import posterior_of
from secondment.algorithms.rating.rank_sets import joint_ranks
from secondment.algorithms.rating.ranking import Posterior, draw_ranks
from secondment.algorithms.rating.simulation import CampaignDesign, simulate_campaign

LEVEL = 0.9
N_PAIR_DRAWS = 500


def true_ranks(merit: FloatArray) -> IndexArray:
    """Rank 1 is the best."""
    ranks = np.empty(len(merit), dtype=np.intp)
    ranks[np.argsort(-merit)] = np.arange(1, len(merit) + 1)
    return ranks


def by_differences(posterior: Posterior, seed: int) -> tuple[IndexArray, IndexArray]:
    """Bounds of ranks from simultaneous intervals of all pairwise differences."""
    random = np.random.default_rng(seed)
    n, n_common = posterior.common.shape
    covariance = np.diag(posterior.own_variance) + posterior.common @ posterior.common.T
    variance = np.diag(covariance)
    error = np.sqrt(variance[:, None] + variance - 2 * covariance)
    np.fill_diagonal(error, np.inf)
    widest = []
    for _ in range(N_PAIR_DRAWS):
        drawn = random.normal(size=n) * np.sqrt(posterior.own_variance)
        drawn += posterior.common @ random.normal(size=n_common)
        widest.append(np.max(np.abs(drawn[:, None] - drawn) / error))
    z = (posterior.mean[:, None] - posterior.mean) / error
    sure = z > np.quantile(widest, LEVEL)
    return 1 + sure.sum(axis=0), n - sure.sum(axis=1)


def tried(design: CampaignDesign, n_campaigns: int, first_seed: int = 0) -> None:
    """Simulate, fit, compare, print."""
    figures = []
    begun = time.process_time()
    for seed in range(first_seed, first_seed + n_campaigns):
        made = simulate_campaign(design, seed)
        fit = fit_hierarchical(made.ratings)
        posterior, ranks = posterior_of(fit), true_ranks(made.merit)
        sets = joint_ranks(posterior, level=LEVEL, seed=seed)
        low, high = by_differences(posterior, seed)
        single = np.quantile(draw_ranks(posterior, 1000, seed), [0.05, 0.95], axis=0)
        off = fit.merit - fit.merit.mean() - (made.merit - made.merit.mean())
        figures.append(
            (
                ((ranks >= sets.low) & (ranks <= sets.high)).all(),
                (sets.high - sets.low + 1).mean(),
                ((ranks >= low) & (ranks <= high)).all(),
                (high - low + 1).mean(),
                ((ranks >= single[0]) & (ranks <= single[1])).mean(),
                (single[1] - single[0] + 1).mean(),
                np.mean(np.abs(off) <= 1.6448536 * fit.merit_se),
                np.mean((ranks < sets.low) | (ranks > sets.high)),
            )
        )
    table = np.array(figures, dtype=float)
    mean = table.mean(axis=0)
    error = np.sqrt(mean[0] * (1 - mean[0]) / n_campaigns)
    seconds = (time.process_time() - begun) / n_campaigns
    print(f"{design.n_ratees} people, {n_campaigns} campaigns, {seconds:.2f} CPU s each")
    print(f"  joint intervals hold      {mean[0]:.3f} ± {error:.3f}, mean width {mean[1]:.1f} ranks")
    print(f"  ratees left outside       {mean[7]:.5f}")
    print(f"  by pairwise differences   {mean[2]:.3f}, mean width {mean[3]:.1f}")
    print(f"  single rank intervals     {mean[4]:.3f}, mean width {mean[5]:.1f}")
    print(f"  intervals of merits       {mean[6]:.3f}", flush=True)


def main() -> None:
    """Both sizes."""
    n_small, n_full = (int(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (1000, 40)
    tried(CampaignDesign(n_ratees=60), n_small)
    tried(CampaignDesign(), n_full)


if __name__ == "__main__":
    main()
