"""Take in a workbook of reviews that passed the dry run, all or none."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.list_import import ListImport
from secondment.growth.errors import ReviewError
from secondment.growth.imports import ReviewLine
from secondment.growth.services.reviewing import give_abilities


@transaction.atomic
def import_reviews(plan: ListImport[ReviewLine], *, by: User, on: dt.date, at: dt.datetime) -> int:
    """Write every review that the dry run showed; returns about how many people."""
    if plan.refused:
        raise ReviewError(
            _("文件中有%(n)d处不能导入，一行也没有写入。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    for line in plan.to_write:
        give_abilities(line.nomination, line.raters, rated_on=line.rated_on, by=by, on=on, at=at)
    return len(plan.to_write)
