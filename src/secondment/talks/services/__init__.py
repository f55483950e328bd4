"""Write talks: one function for each act."""

from secondment.talks.services.anonymous import (
    code_of,
    deliver_held,
    fetch,
    new_receipt,
    suggest_anonymously,
)
from secondment.talks.services.following import add_follow_up, close_follow_up, reopen_follow_up
from secondment.talks.services.suggesting import answer, suggest
from secondment.talks.services.talking import record_talk, withdraw_talk
from secondment.talks.services.workbooks import take_in_workbook

__all__ = [
    "add_follow_up",
    "answer",
    "close_follow_up",
    "code_of",
    "deliver_held",
    "fetch",
    "new_receipt",
    "record_talk",
    "reopen_follow_up",
    "suggest",
    "suggest_anonymously",
    "take_in_workbook",
    "withdraw_talk",
]
