"""Gaps that stand out: between two figures of the same person, against what is usual in the campaign.

Self-marks lie above others' marks, leaders' above those of the masses: what is usual is no sign of anything. Centre and
spread of honest gaps are therefore estimated robustly (median, and the median absolute deviation beyond each gap's own
error), and the limit is the value that honest people of a simulated campaign of the same sizes exceed in `FALSE_ALARMS` of cases.
"""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import BoolArray, FloatArray
from secondment.algorithms.rating.ratings import RatingError

FEWEST = 8
FALSE_ALARMS = 0.05
N_SIMULATED = 400
# SD of a normal variable over its median absolute deviation
NORMAL = 1.4826022185056018


@dataclass(frozen=True)
class Gaps:
    """`effect` is each gap less the usual one, `z` the same in SDs; what exceeds `limit` stands out.

    `false_alarms` is the share of honest people that exceed the limit in simulated campaigns.
    """

    usual: float
    between: float
    effect: FloatArray
    z: FloatArray
    limit: float
    false_alarms: float

    @property
    def stands_out(self) -> BoolArray:
        """Whom a person should look at."""
        return np.asarray(self.z > self.limit)


def standing_out(gap: FloatArray, error: FloatArray, *, both_ways: bool = False, seed: int = 0) -> Gaps:
    """Which gaps are larger than usual; `both_ways`: or smaller. `error` is the standard error of each.

    Raises `RatingError` with fewer than eight gaps or where all are alike.
    """
    if len(gap) < FEWEST:
        raise RatingError(f"what is usual takes at least {FEWEST} people, there are {len(gap)}")
    usual, between = _centre(gap, error)
    scale = np.sqrt(error**2 + between**2)
    if not scale.all():
        raise RatingError("all gaps are alike and known without error")
    random = np.random.default_rng(seed)
    simulated = []
    for _ in range(N_SIMULATED):
        honest = random.normal(0, scale)
        middle, spread = _centre(honest, error)
        simulated.append((honest - middle) / np.maximum(np.sqrt(error**2 + spread**2), 1e-12))
    of_honest = np.concatenate(simulated)
    z = (gap - usual) / scale
    if both_ways:
        z, of_honest = np.abs(z), np.abs(of_honest)
    limit = float(np.quantile(of_honest, 1 - FALSE_ALARMS))
    return Gaps(usual, between, gap - usual, z, limit, float(np.mean(of_honest > limit)))


def _centre(gap: FloatArray, error: FloatArray) -> tuple[float, float]:
    middle = float(np.median(gap))
    whole = (NORMAL * float(np.median(np.abs(gap - middle)))) ** 2
    return middle, float(np.sqrt(max(0.0, whole - float(np.median(error**2)))))
