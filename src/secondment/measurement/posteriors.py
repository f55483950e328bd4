"""The posterior of a run as arrays, kept packed with it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from secondment.algorithms.arrays import FloatArray, IndexArray
from secondment.algorithms.rating.ranking import Posterior


@dataclass(frozen=True)
class RunPosterior:
    """Merits of `candidates` in logits, and the same as fair scores: covariance diag(own_variance) + common commonᵀ.

    Only candidates of the same `subset` may be compared.
    """

    candidates: tuple[int, ...]
    subset: IndexArray
    merit: Posterior
    score: Posterior


def pack(
    candidates: Sequence[int], subset: IndexArray, merit: Posterior, fair: FloatArray, fair_se: FloatArray
) -> bytes:
    """As bytes; exact."""
    held = io.BytesIO()
    np.savez_compressed(
        held,
        candidates=np.array(candidates, dtype=np.int64),
        subset=np.asarray(subset, dtype=np.int64),
        mean=merit.mean,
        own_variance=merit.own_variance,
        common=merit.common,
        fair=fair,
        fair_se=fair_se,
    )
    return held.getvalue()


def unpack(content: bytes | memoryview) -> RunPosterior:
    """The other way; scores move with merits by as much as their errors say."""
    with np.load(io.BytesIO(bytes(content)), allow_pickle=False) as held:
        kept = {name: held[name] for name in held.files}
    merit = Posterior(kept["mean"], kept["own_variance"], kept["common"])
    error = np.sqrt(merit.own_variance + (merit.common**2).sum(axis=1))
    step = kept["fair_se"] / np.where(error > 0, error, 1.0)
    score = Posterior(kept["fair"], merit.own_variance * step**2, merit.common * step[:, None])
    return RunPosterior(tuple(kept["candidates"].tolist()), kept["subset"], merit, score)
