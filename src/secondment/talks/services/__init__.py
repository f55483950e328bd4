"""Write talks: one function for each act."""

from secondment.talks.services.anonymous import (
    code_of,
    deliver_held,
    fetch,
    new_receipt,
    suggest_anonymously,
)
from secondment.talks.services.following import add_follow_up, close_follow_up, reopen_follow_up
from secondment.talks.services.gathering import (
    cancel_gathering,
    change_gathering,
    plan_gathering,
    reinstate_gathering,
    send_gathering,
)
from secondment.talks.services.inviting import (
    drop_material,
    invite,
    keep_material,
    read_material,
    record_attendance,
    reopen_attendance,
    uninvite,
)
from secondment.talks.services.suggesting import answer, suggest
from secondment.talks.services.talking import record_talk, withdraw_talk
from secondment.talks.services.workbooks import take_in_workbook

__all__ = [
    "add_follow_up",
    "answer",
    "cancel_gathering",
    "change_gathering",
    "close_follow_up",
    "code_of",
    "deliver_held",
    "drop_material",
    "fetch",
    "invite",
    "keep_material",
    "new_receipt",
    "plan_gathering",
    "read_material",
    "record_attendance",
    "record_talk",
    "reinstate_gathering",
    "reopen_attendance",
    "reopen_follow_up",
    "send_gathering",
    "suggest",
    "suggest_anonymously",
    "take_in_workbook",
    "uninvite",
    "withdraw_talk",
]
