"""What given weights would lead to, shown while they are being set; nothing is stored."""

from collections.abc import Mapping

from django.core.cache import cache

from secondment.campaigns.models import Campaign
from secondment.matching.queries import Summary, summary_of
from secondment.matching.services.runs import solve_snapshot
from secondment.matching.snapshot import Snapshot
from secondment.matching.snapshot_facts import take_snapshot

SECONDS_KEPT = 300


def preview_weights(campaign: Campaign, weights: Mapping[str, float]) -> tuple[Summary, int]:
    """Figures of the best plan under these weights, and the number of places.

    Facts are read again after five minutes at most; a run always reads them afresh.
    """
    snapshot = _recent_snapshot(campaign)
    problem, solution = solve_snapshot(snapshot, weights)
    rows = solution.rows
    summary = summary_of(problem.score[rows].tolist(), snapshot.admissible.components[rows])
    return summary, int(problem.capacity.sum())


def forget_snapshot(campaign: Campaign) -> None:
    """Read the facts again at the next preview."""
    cache.delete(_key(campaign))


def _recent_snapshot(campaign: Campaign) -> Snapshot:
    snapshot: Snapshot | None = cache.get(_key(campaign))
    if snapshot is None:
        snapshot = take_snapshot(campaign)
        cache.set(_key(campaign), snapshot, SECONDS_KEPT)
    return snapshot


def _key(campaign: Campaign) -> str:
    return f"matching.snapshot.{campaign.pk}"
