"""Half of a term: the day from which a mid-term assessment may be made, and the day by which it is due."""

import datetime as dt

from secondment.assessments.interim.duties import MIDTERM_RHYTHM
from secondment.assessments.parameters import midterm_days
from secondment.placements.duties import term_of
from secondment.placements.models import Placement


def half_day_of(placement: Placement) -> dt.date:
    """The first day of the second half; of a term that never began, its last day."""
    term = term_of(placement)
    return MIDTERM_RHYTHM.first_half(term).ends_on if term else placement.ends_on


def may_be_said_from(placement: Placement) -> dt.date:
    """A little earlier, as the mid-term talk."""
    return half_day_of(placement) - dt.timedelta(days=MIDTERM_RHYTHM.early_days)


def due_on(placement: Placement) -> dt.date:
    """By when the host is to propose."""
    return half_day_of(placement) + dt.timedelta(days=midterm_days(placement))
