"""Open the reason of a leave that says something about a body."""

import datetime as dt

from django.db import transaction

from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.leave.models import LeaveRequest


@transaction.atomic
def reveal_reason(request: LeaveRequest, *, is_reader: bool, by: User, at: dt.datetime) -> str:
    """The reason in clear; every look is on record. Who reads is known to the page, which knows the steps."""
    require(is_reader)
    record("leave_request.reveal_reason", request, by=by, at=at)
    return request.reason
