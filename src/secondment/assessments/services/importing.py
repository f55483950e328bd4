"""Write a workbook that passed the dry run, all or none."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.imports import OpinionLine
from secondment.assessments.services.errors import OpinionError, SummaryError
from secondment.assessments.services.opinions import give_opinion
from secondment.assessments.services.summaries import write_summary
from secondment.assessments.summary_imports import SummaryLine
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


@transaction.atomic
def import_summaries(plan: ListImport[SummaryLine], *, by: User, on: dt.date, at: dt.datetime) -> int:
    """Take in every text that the dry run showed; returns how many."""
    if plan.refused:
        raise SummaryError(
            _("文件中有%(n)d处不能导入，一行也没有写入。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    for line in plan.to_write:
        write_summary(line.asked, line.text, by=by, on=on, at=at, is_of_workbook=True)
    return len(plan.to_write)
