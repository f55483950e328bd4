"""Correct a value that was counted wrongly, also after the grade is in force: the earlier value stays with the reason.

The table of the pool is stale from then on and says so; the grade itself changes only by a decision on it.
"""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.choices import READY, WAITING, DecisionState
from secondment.assessments.composite.drafts import faults_of_value
from secondment.assessments.composite.errors import QuantityError
from secondment.assessments.composite.models import QuantityCorrection, QuantityMark
from secondment.assessments.composite.standards import schemes_of
from secondment.assessments.composite.words import plain_number
from secondment.assessments.models import Evaluation
from secondment.assessments.queries import with_names, with_stage
from secondment.assessments.rules import require_may_manage
from secondment.assessments.services.registers import lock
from secondment.audit.services import record
from secondment.common.file_faults import told_whole
from secondment.common.versions import lock_version

OPEN = (WAITING, READY, DecisionState.IN_FORCE)


@transaction.atomic
def correct_quantity(
    mark: QuantityMark,
    value: Decimal,
    reason: str,
    *,
    backing: str = "",
    evidence: str | None = None,
    version: int | None = None,
    by: User,
    at: dt.datetime,
) -> QuantityCorrection:
    """Replace the value (and how it is backed, where that is given); the earlier one is kept with the reason.

    Raises `QuantityError`, `StaleObjectError`.
    """
    register = lock(mark.evaluation.register)
    require_may_manage(by, register)
    row = lock_version(mark, version=version)
    new = (value, backing or row.backing, row.evidence if evidence is None else evidence.strip())
    title = _checked(row, new, reason.strip())
    made = QuantityCorrection.objects.create(
        evaluation=row.evaluation,
        indicator=row.indicator,
        before=row.value,
        before_backing=row.backing,
        before_evidence=row.evidence,
        value=value,
        reason=reason.strip(),
        corrected_by=by,
        corrected_at=at,
    )
    row.value, row.backing, row.evidence = new
    row.recorded_by, row.recorded_at = by, at
    row.save()
    details = {
        "indicator": title,
        "from": plain_number(made.before),
        "to": plain_number(value),
        "backing": row.backing,
        "reason": made.reason,
    }
    record("assessment.correct_quantity", row.evaluation, by=by, at=at, details=details)
    return made


def _checked(row: QuantityMark, new: tuple[Decimal, str, str], reason: str) -> str:
    """The title of the indicator; refuses what cannot be corrected so."""
    [evaluation] = with_stage(with_names(Evaluation.objects.filter(pk=row.evaluation_id)))
    scheme = schemes_of([evaluation]).get(evaluation.pk)
    indicators = {one.code: one for one in scheme.quantitative} if scheme else {}
    if row.indicator not in indicators:
        raise QuantityError(_("测评标准中已没有这项指标，不能更正。"))
    if evaluation.stage not in OPEN:
        raise QuantityError(
            _("%(name)s的等次正在复核或公示，不能更正指标值。请先退回等次决定。")
            % {"name": evaluation.person.name},
            way=(_("查看等次"), reverse("assessments:evaluation_detail", args=[evaluation.pk])),
        )
    if not reason:
        raise QuantityError(_("请写明更正的理由。"), field="reason")
    if new == (row.value, row.backing, row.evidence):
        raise QuantityError(_("更正后的内容与原来相同。"), field="value")
    for field, fault in faults_of_value(indicators[row.indicator], *new):
        raise QuantityError(told_whole(fault), field=field)
    return indicators[row.indicator].title
