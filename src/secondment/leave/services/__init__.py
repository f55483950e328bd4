"""Write leave: one function for each act."""

from secondment.leave.services.alerting import look_after_all, review
from secondment.leave.services.asking import Asked, ask_for_leave
from secondment.leave.services.closing import cancel, excuse, register_return, undo_return, withdraw
from secondment.leave.services.deciding import decide, may_decide
from secondment.leave.services.errors import (
    LeaveStateError,
    RefusedLeaveError,
    ReturnError,
    StandInError,
    WordsMissingError,
)
from secondment.leave.services.reading import reveal_reason
from secondment.leave.services.standing_in import accept, candidates, end, name_stand_in
from secondment.leave.services.terms import follow_term
from secondment.leave.services.workbooks import take_in_workbook

__all__ = [
    "Asked",
    "LeaveStateError",
    "RefusedLeaveError",
    "ReturnError",
    "StandInError",
    "WordsMissingError",
    "accept",
    "ask_for_leave",
    "cancel",
    "candidates",
    "decide",
    "end",
    "excuse",
    "follow_term",
    "look_after_all",
    "may_decide",
    "name_stand_in",
    "register_return",
    "reveal_reason",
    "review",
    "take_in_workbook",
    "undo_return",
    "withdraw",
]
