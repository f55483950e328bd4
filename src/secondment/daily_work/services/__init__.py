"""Write daily work: one function for each act."""

from secondment.daily_work.content import Notice, Presence, Report
from secondment.daily_work.desk import Entry, HandingIn
from secondment.daily_work.services.errors import AlreadyReplacedError, NothingHandedInError, RefusedRowsError
from secondment.daily_work.services.handing_in import confirm_presence, hand_in_reports, send_notices
from secondment.daily_work.services.reading import read_notice
from secondment.daily_work.services.workbooks import hand_in_workbook

__all__ = [
    "AlreadyReplacedError",
    "Entry",
    "HandingIn",
    "NothingHandedInError",
    "Notice",
    "Presence",
    "RefusedRowsError",
    "Report",
    "confirm_presence",
    "hand_in_reports",
    "hand_in_workbook",
    "read_notice",
    "send_notices",
]
