"""What pages of results offer more: the working behind the grade, a review, an appeal."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appeals.clocks import windows_of
from secondment.appeals.models import Appeal
from secondment.appeals.queries import filed_against, is_current
from secondment.appeals.rules import may_file
from secondment.appeals.services.filing import page_of
from secondment.assessments.models import Grade
from secondment.assessments.ports import RESULT_LINKS, ResultLink


def links_of(user: User, grades: Iterable[Grade], on: dt.date) -> dict[int, list[ResultLink]]:
    """By grade: what was filed, and what may be filed by which day."""
    rows = list(grades)
    filed = filed_against(rows)
    return {one.pk: [_working(one), *_links(user, one, filed.get(one.pk, {}), on)] for one in rows}


def _working(grade: Grade) -> ResultLink:
    return ResultLink(_("结果怎样得出"), reverse("appeals:result", args=[grade.pk]))


def _links(user: User, grade: Grade, filed: Mapping[str, Appeal], on: dt.date) -> Iterable[ResultLink]:
    for appeal in filed.values():
        yield ResultLink(f"{appeal.get_kind_display()}：{appeal.get_state_display()}", page_of(appeal))
    if not may_file(user, grade) or not is_current(grade):
        return
    for window in windows_of(grade, filed):
        if window.is_open(on):
            words = _("提出%(kind)s（%(day)s 前）") % {"kind": window.kind.label, "day": window.last}
            yield ResultLink(words, reverse("appeals:appeal_new", args=[grade.pk, window.kind.value]))


RESULT_LINKS.append(links_of)
