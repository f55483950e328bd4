"""Take in a quarter's workbook that passed the dry run; all rows or none."""

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.interim.errors import RoutineError
from secondment.assessments.interim.imports import GradeLine
from secondment.assessments.interim.services.routine import RoutineLine, give_routine_grades
from secondment.common.list_import import ListImport


@transaction.atomic
def take_in_grades(plan: ListImport[GradeLine], *, by: User, on: dt.date, at: dt.datetime) -> int:
    """Write what the dry run showed; returns how many rows were written."""
    if plan.refused:
        raise RoutineError(
            _("文件中有%(n)d处不能导入，一行也没有写入。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    quarters: dict[dt.date, list[RoutineLine]] = defaultdict(list)
    for line in plan.to_write:
        quarters[line.ends_on].append(line.said)
    return sum(
        give_routine_grades(lines, ends_on, by=by, on=on, at=at, is_of_workbook=True)
        for ends_on, lines in sorted(quarters.items())
    )
