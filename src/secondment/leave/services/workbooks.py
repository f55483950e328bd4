"""Take in a leave workbook that passed the dry run: every row by the same services as on the web, or none."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.list_import import ListImport
from secondment.leave.choices import Source
from secondment.leave.imports import LeaveLine
from secondment.leave.models import LeaveRequest
from secondment.leave.queries import current_step
from secondment.leave.services.asking import ask_for_leave
from secondment.leave.services.closing import register_return
from secondment.leave.services.deciding import decide
from secondment.leave.services.errors import RefusedLeaveError


@transaction.atomic
def take_in_workbook(plan: ListImport[LeaveLine], *, by: User, on: dt.date, at: dt.datetime) -> int:
    """Write what the dry run showed; returns how many rows were written."""
    if plan.refused:
        raise RefusedLeaveError(
            _("文件中有%(n)d处不能导入，一行也没有写入。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    for line in plan.to_write:
        request = line.request
        if line.draft is not None:
            request = ask_for_leave(line.draft, by=by, on=on, at=at, source=Source.WORKBOOK).request
            if line.decided_for:
                request = _decided(request, line.decided_for, by=by, on=on, at=at)
        if line.back is not None and request is not None:
            register_return(request, back=line.back, by=by, on=on, at=at)
    return len(plan.to_write)


def _decided(
    request: LeaveRequest, decided_for: str, *, by: User, on: dt.date, at: dt.datetime
) -> LeaveRequest:
    """Every step was decided on paper by the one whose name stands in the row."""
    while (step := current_step(request)) is not None:
        request = decide(step, grants=True, decided_for=decided_for, by=by, on=on, at=at)
    return request
