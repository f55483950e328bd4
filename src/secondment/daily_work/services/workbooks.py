"""Hand in a collective workbook that passed the dry run: every row by the same services as on the web, or none."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.list_import import ListImport
from secondment.daily_work.cycles import NOTICE, PRESENCE, REPORT, Cycle
from secondment.daily_work.desk import Entry, HandingIn
from secondment.daily_work.imports import SheetImport, SheetLine
from secondment.daily_work.services.errors import RefusedRowsError
from secondment.daily_work.services.handing_in import confirm_presence, hand_in_reports, send_notices

SERVICES: Mapping[Cycle, Callable[..., int]] = {
    PRESENCE: confirm_presence,
    REPORT: hand_in_reports,
    NOTICE: send_notices,
}


@transaction.atomic
def hand_in_workbook(plan: ListImport[SheetLine], *, by: User, on: dt.date, at: dt.datetime) -> int:
    """Write what the dry run showed, in the name of the clerks who filled it in; returns how many rows were written."""
    if plan.refused or not isinstance(plan, SheetImport) or plan.ends_on is None:
        raise RefusedRowsError(
            _("文件中有%(n)d处不能导入，一行也没有写入。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    rows: dict[tuple[Cycle, str], list[Entry]] = defaultdict(list)
    for line in plan.to_write:
        for cycle, entry in line.entries.items():
            rows[cycle, line.clerk].append(entry)
    for (cycle, clerk), entries in rows.items():
        SERVICES[cycle](entries, plan.ends_on, by=by, on=on, at=at, handing=HandingIn(clerk))
    return len(plan.to_write)
