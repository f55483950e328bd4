"""Take in workbooks that passed the dry run: all rows or none."""

import datetime as dt
from collections import defaultdict

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appraisals.errors import MarkError, RosterError
from secondment.appraisals.mark_imports import MarkLine
from secondment.appraisals.marks import NewMark
from secondment.appraisals.models import Appraisal, BallotPaper
from secondment.appraisals.raters import NewRater
from secondment.appraisals.roster_imports import RaterLine
from secondment.appraisals.services.marking import write_marks
from secondment.appraisals.services.rosters import add_raters
from secondment.common.list_import import ListImport


@transaction.atomic
def take_in_rosters(plan: ListImport[RaterLine], *, by: User, at: dt.datetime) -> int:
    """Put everybody who is not on a list yet onto it; returns how many rows were written."""
    if plan.refused:
        raise RosterError(
            _("文件中有%(n)d处不能导入，一行也没有写入。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    papers: dict[int, BallotPaper] = {}
    rows: dict[int, list[NewRater]] = defaultdict(list)
    for line in plan.to_write:
        papers[line.paper.pk] = line.paper
        rows[line.paper.pk].append(line.rater)
    for key, raters in rows.items():
        add_raters(papers[key], raters, by=by, at=at)
    return len(plan.to_write)


@transaction.atomic
def take_in_marks(plan: ListImport[MarkLine], *, by: User, at: dt.datetime) -> int:
    """Write what is new or changed; returns how many rows were written."""
    if plan.refused:
        raise MarkError(
            _("文件中有%(n)d处不能导入，一行也没有写入。请改正后重新上传。") % {"n": len(plan.refused)}
        )
    appraisals: dict[int, Appraisal] = {}
    marks: dict[int, list[NewMark]] = defaultdict(list)
    for line in plan.to_write:
        appraisals[line.appraisal.pk] = line.appraisal
        marks[line.appraisal.pk].append(line.mark)
    for key, rows in marks.items():
        write_marks(appraisals[key], rows, by=by, at=at)
    return len(plan.to_write)
