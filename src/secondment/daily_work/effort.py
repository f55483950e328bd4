"""What a year of this work costs a host unit in minutes: computed from counts and fixed speeds; nobody is timed."""

import math
from dataclasses import dataclass

CHARACTERS_A_MINUTE, SECONDS_A_FIELD, SECONDS_A_PAGE = 40, 5, 10
SECONDS = 60
MONTHS, QUARTERS = 12, 4
PAGES_A_MONTH = 3  # the to-do list, the page, and the page that says it is in
CHARACTERS_OF_NEWS = 110
FIELDS_OF_NEWS = 2
ONE_IN = 5  # of so many secondees one has news in a quarter


@dataclass(frozen=True)
class Effort:
    """Pages opened, fields filled in and characters typed; parts of one where only some records have something to say."""

    pages: float
    fields: float
    characters: float

    @property
    def minutes(self) -> float:
        """At the fixed speeds."""
        seconds = self.pages * SECONDS_A_PAGE + self.fields * SECONDS_A_FIELD
        return seconds / SECONDS + self.characters / CHARACTERS_A_MINUTE


def year_of(n_secondees: int) -> Effort:
    """A host with so many secondees: each month a page, each quarter news of one in five, and one tick for the others.

    "Nothing new" is possible two quarters running, so that the year of a single secondee has news once at least; counted are two.
    """
    n_news = max(2, math.ceil(QUARTERS * n_secondees / ONE_IN)) if n_secondees else 0
    return Effort(
        pages=MONTHS * PAGES_A_MONTH if n_secondees else 0,
        fields=n_news * FIELDS_OF_NEWS + (QUARTERS if n_secondees else 0),
        characters=n_news * CHARACTERS_OF_NEWS,
    )
