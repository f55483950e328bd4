"""How an obligation stands on a day: ahead, due, soon, late, done, done late, excused, no longer owed."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from secondment.common.components import Status
from secondment.obligations.models import Obligation, ObligationState

DAYS_CALLED_SOON = 7
AHEAD, DUE, SOON, LATE, DONE, DONE_LATE, EXCUSED, GONE = (
    "ahead",
    "due",
    "soon",
    "late",
    "done",
    "done_late",
    "excused",
    "gone",
)
LABELS = {
    LATE: _("逾期"),
    SOON: _("即将到期"),
    DUE: _("待办"),
    AHEAD: _("未到提示期"),
    DONE: _("已办"),
    DONE_LATE: _("逾期办结"),
    EXCUSED: _("免办"),
    GONE: _("不再需要"),
}
STATUSES: dict[str, Status] = {
    LATE: "bad",
    SOON: "warn",
    DUE: "info",
    AHEAD: "idle",
    DONE: "good",
    DONE_LATE: "warn",
    EXCUSED: "idle",
    GONE: "idle",
}


def timing_of(one: Obligation, on: dt.date) -> str:
    """One of the keys above."""
    if one.state == ObligationState.EXCUSED:
        return EXCUSED
    if one.state == ObligationState.WAIVED:
        return GONE
    if one.state == ObligationState.MET:
        return DONE_LATE if days_late(one, on) else DONE
    left = (one.due_on - on).days
    if left < 0:
        return LATE
    if one.opens_on is not None and one.opens_on > on:
        return AHEAD
    return SOON if left <= DAYS_CALLED_SOON else DUE


def days_late(one: Obligation, on: dt.date) -> int:
    """So many days after its day it was met, or has been open by now."""
    until = on if one.state == ObligationState.OPEN else one.closed_on or one.due_on
    return max(0, (until - one.due_on).days)
