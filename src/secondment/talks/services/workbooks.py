"""Take in a workbook of talks that passed the dry run: rows that tell the same talk are one entry; all rows or none."""

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.list_import import ListImport
from secondment.talks.choices import Source
from secondment.talks.errors import TalkError
from secondment.talks.imports import TalkLine, Told
from secondment.talks.services.talking import record_talk


@transaction.atomic
def take_in_workbook(plan: ListImport[TalkLine], *, by: User, on: dt.date, at: dt.datetime) -> int:
    """Write what the dry run showed; returns how many rows were written."""
    if plan.refused:
        raise TalkError(
            _("文件中有%(n)d处不能导入，一行也没有写入。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    groups: dict[Told, list[TalkLine]] = defaultdict(list)
    for line in plan.to_write:
        groups[line.told].append(line)
    for told, lines in groups.items():
        people = {one.placement.pk: one.placement for one in lines}
        items = [one.item for one in lines if one.item is not None]
        new = told.with_people(list(people.values()), items)
        record_talk(new, by=by, on=on, at=at, source=Source.WORKBOOK)
    return len(plan.to_write)
