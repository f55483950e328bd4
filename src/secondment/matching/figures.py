"""How fits are written: points out of 100 with two decimals, wherever they stand, and what a change costs in words."""

from collections.abc import Iterator, Sequence

import numpy as np
from django.utils.translation import gettext as _

from secondment.algorithms.arrays import IntArray
from secondment.campaigns.lists import PRIORITIES

DECIMALS = 2
SMALL = 0.005  # points; less is not rounded away
DIGITS = 6


def points_text(score: float) -> str:
    """A score (0–1), or a sum of scores, in points."""
    return figure_text(100 * score)


def figure_text(points: float) -> str:
    """Points as they are."""
    return f"{points + 0.0:.{DECIMALS}f}"


def signed_text(score: float) -> str:
    """A change of score in points with its sign; small changes with the digits that they need, none as plain zero."""
    points = round(100 * score, DIGITS - 2)
    if not points:
        return figure_text(0.0)
    return ("−" if points < 0 else "+") + distance_text(score)


def signed_count(n: int) -> str:
    """A change of a count with its sign."""
    return f"{n:+d}".replace("-", "−")


def distance_text(score: float) -> str:
    """How far two scores lie apart, in points; small distances with the digits that they need."""
    points = abs(round(100 * score, DIGITS - 2))
    return f"{points:.{DIGITS - 2 if 0 < points < SMALL else DECIMALS}f}"


def places_texts(places: Sequence[int], priority: IntArray | None = None) -> Iterator[str]:
    """Places lost or gained; with their priority (one a post) where priorities are exchanged for each other."""
    if sum(places):
        yield _lost_text(sum(places), "")
    elif priority is not None and any(places):
        for one, n in zip(np.unique(priority).tolist(), places, strict=True):
            if n:
                yield _lost_text(n, str(PRIORITIES.get(one, one)))


def _lost_text(n_lost: int, priority: str) -> str:
    values = {"n": abs(n_lost), "priority": priority}
    if priority:
        less, more = (
            _("优先级“%(priority)s”少填补 %(n)d 个岗位"),
            _("优先级“%(priority)s”多填补 %(n)d 个岗位"),
        )
    else:
        less, more = _("少填补 %(n)d 个岗位"), _("多填补 %(n)d 个岗位")
    return (less if n_lost > 0 else more) % values
