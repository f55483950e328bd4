"""The two assessment years of the generation in post: one decided, one that waits for the committee, on any day of loading."""

import datetime as dt
from dataclasses import dataclass

from secondment.appraisals.choices import Occasion
from secondment.common.days import add_months

REUSED_MONTHS = 6
"""The end of term takes over an appraisal that was closed so many months before the last day, or later."""
CLOSED_AGO, PREPARED_AGO = dt.timedelta(days=14), dt.timedelta(days=45)
VOTING = dt.timedelta(days=6)
PREPARING = PREPARED_AGO - CLOSED_AGO - VOTING


@dataclass(frozen=True)
class Cycle:
    """One democratic appraisal, from the day its preparation began."""

    year: int
    occasion: Occasion
    held_on: dt.date
    closes_on: dt.date

    @property
    def prepared_on(self) -> dt.date:
        """When candidates and papers were put down."""
        return self.held_on - PREPARING

    @property
    def frozen_on(self) -> dt.date:
        """When lists were locked and raters drawn."""
        return self.held_on - dt.timedelta(days=4)

    @property
    def decided_on(self) -> dt.date:
        """When a committee decides on its year."""
        return dt.date(self.year + 1, 1, 15)


def cycles(as_of: dt.date, last_day: dt.date) -> tuple[Cycle, Cycle]:
    """The year before and this one, for people in post until `last_day`.

    This year's vote was closed two weeks ago. Where the term ends in the same year it is the appraisal of both; else it is
    the yearly one, which the end of term takes over. The vote of the year before lies so far back that it is not.
    """
    year = (as_of - PREPARED_AGO).year
    occasion = Occasion.END_OF_TERM if last_day.year == year else Occasion.YEAR
    before = dt.date(year - 1, 12, 20)
    if occasion == Occasion.END_OF_TERM:
        before = min(before, add_months(last_day, -REUSED_MONTHS) - dt.timedelta(days=10))
    return _cycle(year - 1, Occasion.YEAR, before), _cycle(year, occasion, as_of - CLOSED_AGO)


def _cycle(year: int, occasion: Occasion, closes_on: dt.date) -> Cycle:
    return Cycle(year, occasion, closes_on - VOTING, closes_on)
