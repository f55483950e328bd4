"""Write what both units owe somebody on a placement: one function for each act."""

from secondment.allowances.services.errors import NotVoidError, RefusedListError, RefusedRecordError
from secondment.allowances.services.issuing import issue_list
from secondment.allowances.services.recording import (
    make_void,
    note_trips,
    record_check,
    record_insurance,
    record_spending,
    set_fund,
)
from secondment.allowances.services.workbooks import take_in_workbook

__all__ = [
    "NotVoidError",
    "RefusedListError",
    "RefusedRecordError",
    "issue_list",
    "make_void",
    "note_trips",
    "record_check",
    "record_insurance",
    "record_spending",
    "set_fund",
    "take_in_workbook",
]
