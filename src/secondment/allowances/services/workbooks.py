"""Take in a workbook of allowances that passed the dry run: every row by the same services as on the web, or none."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.allowances.imports import AllowanceLine
from secondment.allowances.services.errors import RefusedRecordError
from secondment.allowances.services.recording import note_trips, record_check, record_insurance
from secondment.common.list_import import ListImport


@transaction.atomic
def take_in_workbook(plan: ListImport[AllowanceLine], *, by: User, on: dt.date, at: dt.datetime) -> int:
    """Write what the dry run showed; returns how many rows were written."""
    if plan.refused:
        raise RefusedRecordError(
            _("文件中有%(n)d处不能导入，一行也没有写入。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    for line in plan.to_write:
        if line.insured is not None:
            record_insurance(line.placement, line.insured, by=by, on=on, at=at)
        if line.checked_on is not None:
            record_check(line.placement, line.checked_on, by=by, on=on, at=at)
        if line.trips is not None:
            note_trips(line.placement, *line.trips, by=by, on=on, at=at)
    return len(plan.to_write)
