"""Reviews as home units hand them in."""

import datetime as dt

from secondment.growth.drafts import ABILITIES, Rater

RATED_ON = dt.date(2026, 11, 20)
NAMES = ("李四", "王五", "赵六")


def rater(name: str, *levels: int) -> Rater:
    return Rater(name, "处长", dict(zip(ABILITIES, levels, strict=True)))


def three() -> list[Rater]:
    """Means of 80, 93.3, 86.7, 73.3 and 100 on the usual scale."""
    return [rater("李四", 3, 4, 3, 2, 4), rater("王五", 3, 4, 4, 3, 4), rater("赵六", 3, 3, 3, 3, 4)]
