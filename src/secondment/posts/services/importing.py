"""Write a file of demands that passed the dry run: all rows or none."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.posts.errors import ImportRefusedError
from secondment.posts.imports import PostImport
from secondment.posts.services.editing import change_post, create_post


@transaction.atomic
def import_posts(plan: PostImport, *, by: User, at: dt.datetime) -> int:
    """Make and change what the dry run showed; returns how many rows were written."""
    if plan.refused:
        raise ImportRefusedError(
            _("文件中有%(n)d处不能导入，未写入任何数据。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    for line in plan.to_write:
        if line.before is None:
            create_post(line.post, line.tasks, by=by, at=at, source=plan.file)
        else:
            change_post(line.post, line.tasks, by=by, at=at, version=line.before.version, source=plan.file)
    return len(plan.to_write)
