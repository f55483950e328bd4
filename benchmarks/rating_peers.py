"""The rating engine beside mirt and RaschPy: same deviance, same severities, CPU seconds of medians in one run.

Run ``PYTHONPATH=src python -m benchmarks rating_peers [repeats]`` with an interpreter that has both packages; they are
for development only and a missing one is skipped aloud.
"""

import importlib
import statistics
import sys
import time
import warnings
from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
from benchmarks.rating import crossed
from tests.algorithms.rating.rating_sets import guilford, ptam4, ratings2

from secondment.algorithms.rating.facets import Method, fit_facets
from secondment.algorithms.rating.ratings import Ratings

# Deviances on which two other programs agree.
PUBLISHED = {"guilford": (guilford, 350.8577), "ptam4": (ptam4, 3450.6429), "ratings2": (ratings2, 3929.2247)}
SIZES = {"30 × 10 × 5": (30, 10, 5), "351 × 15 × 10": (351, 15, 10)}


def package(name: str) -> ModuleType | None:
    """The package, or None when it is not installed."""
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"{name}: not installed, skipped")
        return None


def as_grid(ratings: Ratings) -> np.ndarray:
    """Marks from 0 as (ratee, rater, criterion), NaN where there is none."""
    grid = np.full((ratings.n_ratees, ratings.n_raters, ratings.n_criteria), np.nan)
    grid[ratings.ratee, ratings.rater, ratings.criterion] = ratings.mark - ratings.mark.min()
    return grid


def by_mirt(mirt: ModuleType, ratings: Ratings) -> tuple[float, np.ndarray]:
    """Deviance and severities (centred) by mirt's marginal likelihood."""
    models = importlib.import_module("mirt.models")
    grid = as_grid(ratings)
    n_raters, n_criteria = grid.shape[1:]
    model = models.PolytomousMFRM(n_criteria, int(np.nanmax(grid)) + 1, [models.Facet("rater", n_raters)])
    shape = (len(grid), n_raters * n_criteria)
    rater = np.broadcast_to(np.repeat(np.arange(n_raters), n_criteria), shape)
    item = np.broadcast_to(np.tile(np.arange(n_criteria), n_raters), shape)
    found = mirt.fit_mfrm(model, grid.reshape(shape), {"rater": rater}, item_indices=item)
    severity = np.asarray(found.facet_parameters["rater"])
    return -2 * float(found.log_likelihood), severity - severity.mean()


def by_raschpy(raschpy: ModuleType, ratings: Ratings) -> np.ndarray:
    """Severities (centred) by RaschPy's many-facet rating scale model."""
    pandas: Any = importlib.import_module("pandas")
    grid = np.swapaxes(as_grid(ratings), 0, 1)
    index = pandas.MultiIndex.from_product([range(grid.shape[0]), range(grid.shape[1])])
    frame = pandas.DataFrame(grid.reshape(-1, grid.shape[2]), index=index)
    model = raschpy.MFRM(frame, max_score=int(np.nanmax(grid)))
    model.calibrate_global()
    severity = np.asarray(list(dict(model.facet_effects_global).values()), dtype=np.float64)
    return severity - severity.mean()


def median_seconds(repeats: int, work: Callable[[], Any]) -> tuple[float, Any]:
    """Median CPU seconds of several calls, and what the last one gave."""
    times, found = [], None
    for _ in range(repeats):
        begun = time.process_time()
        found = work()
        times.append(time.process_time() - begun)
    return statistics.median(times), found


def against_published(mirt: ModuleType | None) -> None:
    """Deviance and severities on the published sets."""
    for name, (load, deviance) in PUBLISHED.items():
        ratings = load()
        fit = fit_facets(ratings, method=Method.MML)
        line = f"{name:9} deviance {-2 * fit.log_likelihood:.4f}, published {deviance:.4f}"
        if mirt is not None:
            theirs, severity = by_mirt(mirt, ratings)
            apart = np.abs(severity - centred(fit.tables[1].measure)).max()
            line += f", mirt {theirs:.4f}; severities differ by at most {apart:.1e}"
        print(line, flush=True)


def against_the_clock(mirt: ModuleType | None, raschpy: ModuleType | None, repeats: int) -> None:
    """CPU seconds on crossed data, and the largest difference of severities."""
    for name, size in SIZES.items():
        ratings = crossed(*size)
        rows: list[tuple[str, Method, Callable[[], Any] | None]] = [
            ("mirt", Method.MML, mirt and (lambda r=ratings: by_mirt(mirt, r)[1])),
            ("RaschPy", Method.JMLE, raschpy and (lambda r=ratings: by_raschpy(raschpy, r))),
        ]
        for peer, method, run in rows:
            mine, fit = median_seconds(repeats, lambda r=ratings, m=method: fit_facets(r, method=m))
            line = f"{name:14} ours {method.value:5} {mine:.3f} CPU s"
            if run is not None:
                theirs, severity = median_seconds(repeats, run)
                apart = np.abs(severity - centred(fit.tables[1].measure)).max()
                line += f", {peer} {theirs:.3f}, ratio {mine / theirs:.2f}, severities differ by {apart:.1e}"
            print(line, flush=True)


def centred(measures: np.ndarray) -> np.ndarray:
    """The measures less their mean."""
    return measures - measures.mean()


def main() -> None:
    """Run both comparisons."""
    warnings.simplefilter("ignore")
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    mirt, raschpy = package("mirt"), package("raschpy")
    against_published(mirt)
    against_the_clock(mirt, raschpy, repeats)


if __name__ == "__main__":
    main()
