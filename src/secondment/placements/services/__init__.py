"""Write placements: one function for each action of a user."""

from secondment.placements.services.arrival import Arrival, confirm_report, record_arrival, start_placement
from secondment.placements.services.cancelling import cancel_placement
from secondment.placements.services.creation import NewPlacement, create_placements
from secondment.placements.services.decisions import cancel_with_decision, obstacle_to_cancelling
from secondment.placements.services.end_plans import plan_ends
from secondment.placements.services.endings import (
    Change,
    Closing,
    change_term,
    change_terms,
    check_change,
    end_placement,
    end_placements,
    reopen_placement,
)
from secondment.placements.services.errors import (
    AlreadyActiveError,
    FutureDateError,
    NothingToIssueError,
    NoticeOutError,
    NotYetOverError,
    OverlapError,
    ReasonMissingError,
    ReportDateError,
    WrongStateError,
)
from secondment.placements.services.formalities import record_formalities
from secondment.placements.services.issuing import Issue, issue_notice, issue_notices
from secondment.placements.services.notice_changes import correct_notice, withdraw_notice
from secondment.placements.services.terms import set_term

__all__ = [
    "AlreadyActiveError",
    "Arrival",
    "Change",
    "Closing",
    "FutureDateError",
    "Issue",
    "NewPlacement",
    "NotYetOverError",
    "NothingToIssueError",
    "NoticeOutError",
    "OverlapError",
    "ReasonMissingError",
    "ReportDateError",
    "WrongStateError",
    "cancel_placement",
    "cancel_with_decision",
    "change_term",
    "change_terms",
    "check_change",
    "confirm_report",
    "correct_notice",
    "create_placements",
    "end_placement",
    "end_placements",
    "issue_notice",
    "issue_notices",
    "obstacle_to_cancelling",
    "plan_ends",
    "record_arrival",
    "record_formalities",
    "reopen_placement",
    "set_term",
    "start_placement",
    "withdraw_notice",
]
