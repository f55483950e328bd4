"""Write a workbook of opinions that passed the dry run, all or none."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.imports import OpinionLine
from secondment.assessments.services.errors import OpinionError
from secondment.assessments.services.opinions import give_opinion
from secondment.common.list_import import ListImport


@transaction.atomic
def import_opinions(plan: ListImport[OpinionLine], *, by: User, at: dt.datetime) -> int:
    """Give every opinion that the dry run showed; returns about how many people."""
    if plan.refused:
        raise OpinionError(
            _("文件中有%(n)d处不能导入，一行也没有写入。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    for line in plan.to_write:
        for side, said in line.said:
            give_opinion(line.evaluation, side, said, by=by, at=at, is_of_workbook=True)
    return len(plan.to_write)
