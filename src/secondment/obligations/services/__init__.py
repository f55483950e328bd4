"""What may be done with obligations."""

from secondment.obligations.services.asking import bring_up_to_date, follow_term, owed_for
from secondment.obligations.services.errors import (
    NotExcusedError,
    NotOpenError,
    ReasonMissingError,
    UnreadableHolidaysError,
)
from secondment.obligations.services.excusing import excuse, take_back_excuse
from secondment.obligations.services.feeding import make_feed, revoke_feed
from secondment.obligations.services.holidays import changes_of, import_holidays
from secondment.obligations.services.owing import (
    Owed,
    OwedForPeriod,
    ask_again,
    meet,
    meet_for_period,
    owe,
    owe_again,
    owe_for_periods,
    owed_row,
    waive,
)

__all__ = [
    "NotExcusedError",
    "NotOpenError",
    "Owed",
    "OwedForPeriod",
    "ReasonMissingError",
    "UnreadableHolidaysError",
    "ask_again",
    "bring_up_to_date",
    "changes_of",
    "excuse",
    "follow_term",
    "import_holidays",
    "make_feed",
    "meet",
    "meet_for_period",
    "owe",
    "owe_again",
    "owe_for_periods",
    "owed_for",
    "owed_row",
    "revoke_feed",
    "take_back_excuse",
    "waive",
]
