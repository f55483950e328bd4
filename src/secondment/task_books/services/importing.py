"""Write a workbook of tasks that passed the dry run: all persons or none."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.task_books.errors import TasksRefusedError
from secondment.task_books.imports import BookImport
from secondment.task_books.services.drafting import write_draft


@transaction.atomic
def import_books(plan: BookImport, *, by: User, at: dt.datetime) -> int:
    """Make and change the drafts that the dry run showed; returns how many."""
    if plan.refused:
        raise TasksRefusedError(
            _("文件中有%(n)d处不能导入，未写入任何数据。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    for line in plan.to_write:
        seen = line.before.version if line.before else 0
        write_draft(line.placement, line.tasks, by=by, at=at, version=seen)
    return len(plan.to_write)
