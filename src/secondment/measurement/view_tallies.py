"""The tally of one candidate, ready for a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from secondment.algorithms.rating.tally import CandidateTally
from secondment.measurement.view_models import groups_named
from secondment.standards.models import StandardVersion


@dataclass(frozen=True)
class GroupRow:
    """A group in numbers."""

    name: str
    n: int
    unknown: float
    score: float | None
    weight: float


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator of a group large enough for it; `counts` from the lowest level."""

    group: str
    title: str
    n: int
    mean: float
    counts: Sequence[int]
    levels: Sequence[str]

    @property
    def by_level(self) -> list[tuple[str, int]]:
        """Names of levels with their votes; nothing of a group too small to name them."""
        return list(zip(self.levels, self.counts, strict=False))


def tally_rows(tally: CandidateTally | None) -> list[GroupRow]:
    """Groups in the order of their weight."""
    groups = sorted(tally.groups, key=lambda one: -one.weight) if tally else []
    return [
        GroupRow(groups_named(one.members), one.n, 100 * one.unknown_share, one.score, one.weight)
        for one in groups
    ]


def indicator_rows(tally: CandidateTally | None, version: StandardVersion) -> list[IndicatorRow]:
    """Every indicator of every group that is large enough, in the order of the standard."""
    titles = dict(version.indicators.order_by("position").values_list("code", "title"))
    return [
        IndicatorRow(
            groups_named(one.members),
            title,
            found.n,
            found.mean,
            found.counts or (),
            version.level_names,
        )
        for one in (tally.groups if tally else ())
        for code, title in titles.items()
        if (found := one.indicators.get(code)) is not None
    ]
