"""Measure the rating engine: `python benchmarks/rating.py [n_campaigns]`.

Prints coverage, claimed and actual hits over simulated campaigns with three common raters (one CPU thread), the same for
designs between which they should differ, the power of the flags, the worth of one more common rater, and the seconds
for a campaign and for three million marks. Other packages on the same crossed data: `rating_peers`.
"""

import os
import resource
import sys
import time

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from secondment.algorithms.rating.facets import Method, fit_facets
from secondment.algorithms.rating.flag_power import Manipulation, flag_power
from secondment.algorithms.rating.hierarchical import fit_hierarchical
from secondment.algorithms.rating.planning import design_worth, worth_of_one_more
from secondment.algorithms.rating.ratings import Ratings
from secondment.algorithms.rating.simulation import CampaignDesign, simulate_campaign

# SD of raters, SD of units, common raters per ratee: reference values, found with a quick approximate fit.
HEADLINES = {
    (0.5, 0.5, 3): "tau .77, hit .80, coverage .84",
    (0.5, 1.0, 1): "tau .62, hit .65, coverage .83",
    (0.5, 1.0, 3): "tau .73, hit .77, coverage .83",
    (1.0, 1.0, 5): "tau .78, hit .81, coverage .82",
}


def crossed(n_ratees: int, n_raters: int, n_criteria: int, seed: int = 1) -> Ratings:
    """Everybody rates everybody on a four-point scale."""
    random = np.random.default_rng(seed)
    ratee, rater, criterion = (
        index.ravel() for index in np.indices((n_ratees, n_raters, n_criteria), dtype=np.intp)
    )
    eta = random.normal(size=n_ratees)[ratee] - random.normal(0, 0.5, n_raters)[rater]
    eta -= np.linspace(-0.5, 0.5, n_criteria)[criterion]
    kappa = np.concatenate([[0.0], np.cumsum([-1.5, 0.0, 1.5])])
    mark = np.empty(len(eta))
    for start in range(0, len(eta), 1 << 18):
        part = slice(start, start + (1 << 18))
        logits = eta[part, None] * np.arange(4) - kappa
        mark[part] = np.argmax(logits + random.gumbel(size=logits.shape), axis=1)
    return Ratings(ratee, rater, criterion, mark, n_ratees, n_raters, n_criteria)


def cpu_seconds(work: object) -> float:
    """CPU seconds of one call."""
    begun = time.process_time()
    work()  # type: ignore[operator]
    return time.process_time() - begun


def main() -> None:
    """Run everything and print it."""
    n_campaigns = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    made = simulate_campaign(CampaignDesign(), 1).ratings
    print(
        f"one campaign of {len(made.mark):,} marks: {cpu_seconds(lambda: fit_hierarchical(made)):.2f} CPU s"
    )
    print(
        f"{n_campaigns} campaigns, 3 common raters:", design_worth(CampaignDesign(), n_campaigns=n_campaigns)
    )
    for (rater_sd, unit_sd, each), reference in HEADLINES.items():
        design = CampaignDesign(rater_sd=rater_sd, unit_sd=unit_sd, n_common_each=each)
        print(rater_sd, unit_sd, each, design_worth(design, n_campaigns=n_campaigns), "reference:", reference)
    few = max(2, n_campaigns // 3)
    print("one more than 3:", worth_of_one_more(CampaignDesign(), n_campaigns=few))
    for manipulation in Manipulation:
        print("flags,", manipulation, flag_power(CampaignDesign(), manipulation))
    for size in ((30, 10, 5), (351, 15, 10), (20_000, 15, 10)):
        ratings = crossed(*size)
        for method in Method:
            seconds = cpu_seconds(lambda ratings=ratings, method=method: fit_facets(ratings, method=method))
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"facets {method} {size} = {len(ratings.mark):,} marks: {seconds:.2f} CPU s, peak so far {peak} MB"
            )


if __name__ == "__main__":
    main()
