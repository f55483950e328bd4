"""Write a workbook of indicators that passed the dry run: all drafts or none."""

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.standards.errors import StandardRefusedError
from secondment.standards.imports import IndicatorRow, StandardImport, merged
from secondment.standards.services.drafting import write_indicators


@transaction.atomic
def import_standards(plan: StandardImport, *, by: User, at: dt.datetime) -> int:
    """Bring the drafts to what the dry run showed; returns how many indicators are new or changed."""
    if plan.refused:
        raise StandardRefusedError(
            _("文件中有%(n)d处不能导入，未写入任何数据。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    of_version: defaultdict[int, list[IndicatorRow]] = defaultdict(list)
    for line in plan.to_write:
        of_version[line.version.pk].append(line)
    for lines in of_version.values():
        version = lines[0].version
        indicators = merged(version, [one.indicator for one in lines])
        write_indicators(version, indicators, seen=version.version, by=by, at=at)
    return len(plan.to_write)
