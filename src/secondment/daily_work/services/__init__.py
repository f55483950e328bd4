"""Write daily work: one function for each act."""

from secondment.daily_work.content import Notice, Presence, Report
from secondment.daily_work.desk import Entry, HandingIn
from secondment.daily_work.services.errors import (
    AlreadyReplacedError,
    NothingHandedInError,
    RefusedRowsError,
    SupportStateError,
    UrgentLineError,
    UrgentStateError,
    WordsMissingError,
)
from secondment.daily_work.services.handing_in import confirm_presence, hand_in_reports, send_notices
from secondment.daily_work.services.reading import read_notice, reply_to_notice
from secondment.daily_work.services.support import (
    answer_support,
    judge_support,
    pass_support_on,
    reopen_support,
)
from secondment.daily_work.services.urgent import (
    acknowledge_urgent,
    escalate_urgent,
    report_urgent,
    reveal_line,
)
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
    "SupportStateError",
    "UrgentLineError",
    "UrgentStateError",
    "WordsMissingError",
    "acknowledge_urgent",
    "answer_support",
    "confirm_presence",
    "escalate_urgent",
    "hand_in_reports",
    "hand_in_workbook",
    "judge_support",
    "pass_support_on",
    "read_notice",
    "reopen_support",
    "reply_to_notice",
    "report_urgent",
    "reveal_line",
    "send_notices",
]
