"""Correct what was stated about a gate or a veto after the grade is in force; the trail keeps both answers and the reason."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.choices import DecisionState
from secondment.assessments.composite.drafts import faults_of_statement
from secondment.assessments.composite.errors import StatementError
from secondment.assessments.composite.models import StatedFact
from secondment.assessments.composite.standards import schemes_of
from secondment.assessments.models import Evaluation
from secondment.assessments.queries import with_names, with_stage
from secondment.assessments.rules import require_may_manage
from secondment.assessments.services.registers import lock
from secondment.audit.services import record
from secondment.common.file_faults import told_whole


@transaction.atomic
def correct_statement(
    evaluation: Evaluation,
    code: str,
    *,
    is_adverse: bool,
    basis: str,
    reason: str,
    by: User,
    at: dt.datetime,
) -> StatedFact:
    """Replace the answer, or give the one that was missing; the grade itself changes only by a decision on it.

    Raises `StatementError`.
    """
    register = lock(evaluation.register)
    require_may_manage(by, register)
    [known] = with_stage(with_names(Evaluation.objects.filter(pk=evaluation.pk)))
    scheme = schemes_of([known]).get(known.pk)
    titles = {one.code: one.title for one in scheme.stated} if scheme else {}
    if code not in titles:
        raise StatementError(_("测评标准中已没有这项门槛或否决事项，不能更正。"))
    if known.stage != DecisionState.IN_FORCE:
        raise StatementError(_("%(name)s的等次没有生效，不在这里更正认定。") % {"name": known.person.name})
    if not reason.strip():
        raise StatementError(_("请写明更正的理由。"), field="reason")
    for field, fault in faults_of_statement(is_adverse, basis.strip()):
        raise StatementError(told_whole(fault), field=field)
    row = StatedFact.objects.select_for_update().filter(evaluation=evaluation, indicator=code).first()
    row = row or StatedFact(evaluation=evaluation, indicator=code, version=0)
    row.is_adverse, row.basis = is_adverse, basis.strip()
    row.stated_by, row.stated_at = by, at
    row.version += 1
    row.save()
    details = {"indicator": titles[code], "adverse": is_adverse, "reason": reason.strip()}
    record("assessment.correct_statement", known, by=by, at=at, details=details)
    return row
