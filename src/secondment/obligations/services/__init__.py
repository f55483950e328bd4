"""What may be done with obligations."""

from secondment.obligations.services.asking import bring_up_to_date, follow_term, owed_for
from secondment.obligations.services.owing import (
    Owed,
    OwedForPeriod,
    meet,
    meet_for_period,
    owe,
    owe_again,
    owe_for_periods,
    waive,
)

__all__ = [
    "Owed",
    "OwedForPeriod",
    "bring_up_to_date",
    "follow_term",
    "meet",
    "meet_for_period",
    "owe",
    "owe_again",
    "owe_for_periods",
    "owed_for",
    "waive",
]
