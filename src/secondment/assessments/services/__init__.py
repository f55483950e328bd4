"""What is done with a yearly assessment."""

from secondment.assessments.services.deciding import (
    Choice,
    Meeting,
    confirm_decision,
    record_decision,
    return_decision,
)
from secondment.assessments.services.opinions import Said, give_opinion, give_opinions
from secondment.assessments.services.printing import print_forms
from secondment.assessments.services.rechecking import settle_changes
from secondment.assessments.services.recusal import require_apart
from secondment.assessments.services.registers import (
    change_pools,
    may_be_withdrawn,
    open_register,
    refresh_register,
    remove_evaluation,
    set_basis,
    withdraw_register,
)
from secondment.assessments.services.results import (
    enforce_decision,
    post_decision,
    receive_result,
    receive_results,
)
from secondment.assessments.services.summaries import read_summary, return_summary, write_summary

__all__ = [
    "Choice",
    "Meeting",
    "Said",
    "change_pools",
    "confirm_decision",
    "enforce_decision",
    "give_opinion",
    "give_opinions",
    "may_be_withdrawn",
    "open_register",
    "post_decision",
    "print_forms",
    "read_summary",
    "receive_result",
    "receive_results",
    "record_decision",
    "refresh_register",
    "remove_evaluation",
    "require_apart",
    "return_decision",
    "return_summary",
    "set_basis",
    "settle_changes",
    "withdraw_register",
    "write_summary",
]
