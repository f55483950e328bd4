"""Write placements: one function for each action of a user."""

from secondment.placements.services.arrival import Arrival, confirm_report, record_arrival, start_placement
from secondment.placements.services.cancelling import cancel_placement
from secondment.placements.services.creation import NewPlacement, create_placements
from secondment.placements.services.errors import (
    AlreadyActiveError,
    FutureDateError,
    NothingToIssueError,
    OverlapError,
    ReasonMissingError,
    ReportDateError,
    WrongStateError,
)
from secondment.placements.services.issuing import Issue, issue_notice, issue_notices
from secondment.placements.services.terms import set_term

__all__ = [
    "AlreadyActiveError",
    "Arrival",
    "FutureDateError",
    "Issue",
    "NewPlacement",
    "NothingToIssueError",
    "OverlapError",
    "ReasonMissingError",
    "ReportDateError",
    "WrongStateError",
    "cancel_placement",
    "confirm_report",
    "create_placements",
    "issue_notice",
    "issue_notices",
    "record_arrival",
    "set_term",
    "start_placement",
]
