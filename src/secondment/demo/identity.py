"""Identity numbers that belong to no one: the region 990000 is not assigned to any place."""

import datetime as dt
from collections import Counter

from secondment.files.identity import person_check_digit

UNASSIGNED_REGION = "990000"


def identity_number(born_on: dt.date, sex: str, order: int) -> str:
    """The number of the person who is `order`-th (from 0) of this day of birth and sex; odd for men."""
    first_17 = f"{UNASSIGNED_REGION}{born_on:%Y%m%d}{2 * order + (1 if sex == '1' else 2):03d}"
    return first_17 + person_check_digit(first_17)


class IdentityMaker:
    """Gives each person of the same day of birth and sex the next number."""

    def __init__(self) -> None:
        self._n_given: Counter[tuple[dt.date, str]] = Counter()

    def number(self, born_on: dt.date, sex: str) -> str:
        """A unique number."""
        order = self._n_given[born_on, sex]
        self._n_given[born_on, sex] += 1
        return identity_number(born_on, sex, order)
