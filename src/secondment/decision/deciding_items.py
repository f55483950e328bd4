"""By which items someone else was preferred for a post: their names only, never a mark, a grade or a wish."""

from collections.abc import Mapping, Sequence

import numpy as np

from secondment.algorithms.fit import COMPONENTS, fit_scores
from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.matching.models import MatchingRun
from secondment.matching.snapshot import Snapshot, unpack

NOTICEABLE = 0.05
# facts that anyone may compare; abilities are marks, preferences and distance are wishes of others
NAMED = ("specialty", "rank", "experience", "continuity")


class DecidingItems:
    """The comparison of the run that a decision rests on, read once for every post of a page."""

    def __init__(self, run: MatchingRun) -> None:
        self.snapshot: Snapshot = unpack(run.snapshot)
        self.weights: Mapping[str, float] = run.weights
        pairs = self.snapshot.admissible
        self.keys = pairs.post * len(self.snapshot.nominations) + pairs.person

    def between(self, holder: int, other: int, campaign_post: int) -> list[str]:
        """Labels of the items in which the holder (a nomination id) is ahead of the other, the heaviest first.

        None where the other fits as well or better: then the whole plan decided and no comparison of two.
        """
        rows = [self._row(one, campaign_post) for one in (holder, other)]
        if None in rows:
            return []
        ahead, behind = (self.snapshot.admissible.components[row] for row in rows)
        fits = fit_scores(np.array([ahead, behind]), self.weights, self.snapshot.neutral)
        if fits[0] <= fits[1]:
            return []
        gains: Sequence[float] = np.nan_to_num(ahead - behind).tolist()
        found = {
            name: gain * self.weights.get(name, 0)
            for name, gain in zip(COMPONENTS, gains, strict=True)
            if name in NAMED and gain >= NOTICEABLE and self.weights.get(name, 0) > 0
        }
        return [str(WEIGHT_LABELS[name]) for name in sorted(found, key=lambda name: -found[name])]

    def telling(self) -> list[str]:
        """Items with a weight in which pairs differ, the heaviest first; where all are alike an item decides nothing."""
        columns = np.nan_to_num(self.snapshot.admissible.components, nan=-1.0).T.tolist()
        differ = {name for name, column in zip(COMPONENTS, columns, strict=True) if len(set(column)) > 1}
        named = [name for name in WEIGHT_LABELS if name in differ and self.weights.get(name, 0) > 0]
        return sorted(named, key=lambda name: -self.weights[name])

    def components(self, nomination: int, campaign_post: int) -> dict[str, float | None] | None:
        """All items of a pair between 0 and 1, for the organisation department; nothing where a rule keeps them apart."""
        row = self._row(nomination, campaign_post)
        return None if row is None else self.snapshot.components_of(row)

    def _row(self, nomination: int, campaign_post: int) -> int | None:
        person = self.snapshot.person_of.get(nomination)
        post = self.snapshot.post_of.get(campaign_post)
        if person is None or post is None:
            return None
        key = post * len(self.snapshot.nominations) + person
        at = int(np.searchsorted(self.keys, key))
        return at if at < len(self.keys) and self.keys[at] == key else None
