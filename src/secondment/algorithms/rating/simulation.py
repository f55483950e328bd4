"""Made-up campaigns with known truth, to estimate the precision of a design before anyone is asked to rate."""

from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray
from secondment.algorithms.rating.ratings import Ratings


@dataclass(frozen=True)
class CampaignDesign:
    """Who rates whom in a simulated campaign; SDs in logits.

    Each ratee is rated by `n_host_raters` of the own unit and, with chance `common_share`, by
    `n_common_each` of the `n_common` raters who go round.
    """

    n_ratees: int = 351
    n_host_raters: int = 15
    n_common: int = 12
    n_common_each: int = 3
    n_criteria: int = 5
    n_categories: int = 4
    common_share: float = 1.0
    ratee_sd: float = 1.0
    unit_sd: float = 0.7
    rater_sd: float = 0.7
    impression_sd: float = 0.5


@dataclass(frozen=True)
class SimulatedCampaign:
    """The marks and the merit behind them. Source 0 is the host unit, source 1 the common raters."""

    ratings: Ratings
    merit: FloatArray
    unit_kindness: FloatArray


def simulate_campaign(design: CampaignDesign, seed: int) -> SimulatedCampaign:
    """Draw one campaign from the hierarchical model; same design and seed give the same marks."""
    random = np.random.default_rng(seed)
    n = design.n_ratees
    merit = random.normal(0, design.ratee_sd, n)
    kindness = random.normal(0, design.unit_sd, n)
    hosts = np.arange(n * design.n_host_raters)
    host_ratee = np.repeat(np.arange(n), design.n_host_raters)
    common_ratee, common_rater = _rounds(design, random)
    ratee = np.concatenate([host_ratee, common_ratee])
    rater = np.concatenate([hosts, len(hosts) + common_rater])
    n_raters = len(hosts) + design.n_common
    severity = random.normal(0, design.rater_sd, n_raters)
    is_common = rater >= len(hosts)
    level = merit[ratee] - severity[rater] + random.normal(0, design.impression_sd, len(ratee))
    level = level + np.where(is_common, 0.0, kindness[ratee])
    marks = _marks(design, level, random)
    _, present = np.unique(rater, return_inverse=True)
    repeat = design.n_criteria
    ratings = Ratings(
        np.repeat(ratee, repeat),
        np.repeat(present, repeat),
        np.tile(np.arange(repeat), len(ratee)),
        marks.ravel().astype(np.float64),
        n,
        int(present.max()) + 1,
        repeat,
        np.repeat(is_common.astype(np.intp), repeat),
        np.repeat(np.where(is_common, -1, ratee), repeat),
        1 + int(is_common.any()),
        n,
    )
    return SimulatedCampaign(ratings, merit, kindness)


def _rounds(design: CampaignDesign, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Common raters in rotation over those ratees they see, every rater about equally often."""
    seen = np.flatnonzero(random.random(design.n_ratees) < design.common_share)
    order = random.permutation(design.n_common)
    each = min(design.n_common_each, design.n_common)
    turn = np.arange(len(seen))[:, None] * each + np.arange(each)
    # A further shift per full round mixes the teams.
    shifted = turn + turn[:, :1] // design.n_common
    return np.repeat(seen, each), order[shifted.ravel() % design.n_common]


def _marks(design: CampaignDesign, level: FloatArray, random: np.random.Generator) -> FloatArray:
    top = design.n_categories - 1
    difficulty = np.linspace(-0.5, 0.5, design.n_criteria)
    eta = level[:, None] - difficulty
    step = np.linspace(-1.5, 1.5, top) if top > 1 else np.zeros(1)
    kappa = np.concatenate([[0.0], np.cumsum(step)])
    logits = eta[..., None] * np.arange(top + 1) - kappa
    return np.asarray(1 + np.argmax(logits + random.gumbel(size=logits.shape), axis=-1))
