"""A result computed again becomes the next version of it: by the decision about a review or an appeal, never by itself.

What was corrected is written into the records, where the earlier values stay with their reasons.
"""

import datetime as dt
from decimal import Decimal

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appeals.choices import RecomputationKind
from secondment.appeals.composites import FIRST, working_of
from secondment.appeals.errors import RecomputationError
from secondment.appeals.models import Appeal, Recomputation
from secondment.assessments.composite.correcting import correct_quantity
from secondment.assessments.composite.models import QuantityMark
from secondment.assessments.composite.restating import correct_statement
from secondment.assessments.models import Grade
from secondment.audit.services import record


def to_issue(grade: Grade) -> QuerySet[Recomputation]:
    """What a decision about this grade may rest on: finished, on corrected inputs, no version yet."""
    rows = Recomputation.objects.filter(grade=grade, kind=RecomputationKind.CORRECTED, number=None)
    return rows.exclude(done_at=None)


def issue_version(
    row: Recomputation, appeal: Appeal, *, number: str, by: User, at: dt.datetime
) -> Recomputation:
    """The decision `number` rests on it; called within the act of deciding.

    Raises `RecomputationError` where what it stands on has changed since.
    """
    version = to_issue(appeal.grade).select_for_update().filter(pk=row.pk).first()
    if version is None:
        raise RecomputationError(
            _("所选的重新计算不能作为这一决定的依据。请刷新页面后重选。"), field="version"
        )
    working = working_of(appeal.grade)
    if (working.packed() if working else {}) != version.before:
        raise RecomputationError(
            _("重新计算以后，指标值或认定又有变化。请重新计算后再登记决定。"), field="version"
        )
    reason = f"{number}：{version.reason}"
    _correct_records(version, reason, by, at)
    last = Recomputation.objects.filter(grade=appeal.grade).aggregate(last=Max("number"))["last"]
    version.appeal, version.number = appeal, (last or FIRST) + 1
    version.save(update_fields=["appeal", "number"])
    details = {"number": number, "inputs": version.digest}
    record("appeal.issue_version", version, by=by, at=at, details=details)
    return version


def _correct_records(version: Recomputation, reason: str, by: User, at: dt.datetime) -> None:
    evaluation = version.grade.evaluation
    marks = {one.indicator: one for one in QuantityMark.objects.filter(evaluation=evaluation)}
    for code, (value, backing, evidence) in version.values.items():
        correct_quantity(
            marks[code], Decimal(value), reason, backing=backing, evidence=evidence, by=by, at=at
        )
    for code, (is_adverse, basis) in version.facts.items():
        correct_statement(evaluation, code, is_adverse=is_adverse, basis=basis, reason=reason, by=by, at=at)
