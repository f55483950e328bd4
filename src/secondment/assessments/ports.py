"""What rooms above add to pages of results: each registers a function that gives links for many grades at once."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from secondment.accounts.models import User
from secondment.assessments.models import Grade


@dataclass(frozen=True)
class ResultLink:
    """A page about one result, and what it is called."""

    label: str
    path: str


LinksOfResults = Callable[[User, Sequence[Grade], dt.date], Mapping[int, Sequence[ResultLink]]]
RESULT_LINKS: list[LinksOfResults] = []


def links_of(user: User, grades: Sequence[Grade], on: dt.date) -> dict[int, list[ResultLink]]:
    """By grade, every link of every room."""
    found: dict[int, list[ResultLink]] = {one.pk: [] for one in grades}
    for links in RESULT_LINKS:
        for pk, some in links(user, grades, on).items():
            found[pk].extend(some)
    return found
