"""What follows a decision: 优秀 is posted, the grades come into force and into the files, everybody is told in writing."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.accounts.models import User
from secondment.assessments.choices import DecisionState
from secondment.assessments.models import Evaluation, Grade, GradeDecision
from secondment.assessments.parameters import posting
from secondment.assessments.queries import with_names
from secondment.assessments.rules import may_manage, require_may_manage
from secondment.assessments.services.deciding import check_still_holds, locked_decision
from secondment.assessments.services.errors import DecisionStateError, PostingError
from secondment.assessments.services.notifying import notify_results
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.workdays import WorkdaySpan, span_of_workdays
from secondment.people.choices import Grade as GradeCode
from secondment.people.rules import is_self
from secondment.people.services.grades import set_annual_grades

BASIS = gettext_lazy("《公务员考核规定》（规则 H18）")


def excellent_of(decision: GradeDecision) -> list[Grade]:
    """The grades of 优秀 in a decision, with everything their posting names."""
    rows = decision.grades.filter(grade=GradeCode.EXCELLENT).select_related(
        "evaluation__person",
        "evaluation__placement__home_unit",
        "evaluation__placement__host_unit",
        "evaluation__placement__post",
        "evaluation__placement__programme_version",
    )
    return list(rows)


def workdays_asked(decision: GradeDecision) -> int:
    """How long the programmes want 优秀 posted, the longest; 0 where none wants it or nobody is 优秀."""
    rules = [posting(one.evaluation.placement) for one in excellent_of(decision)]
    return max((one["values"]["posted_workdays"] for one in rules if one["mode"] != "off"), default=0)


def span_for(decision: GradeDecision, starts_on: dt.date) -> WorkdaySpan:
    """The days of a posting that begins on this day."""
    n_workdays = workdays_asked(decision)
    if not n_workdays:
        raise PostingError(_("该决定没有须公示的优秀等次，可以直接公布。"))
    return span_of_workdays(starts_on, n_workdays)


@transaction.atomic
def post_decision(
    decision: GradeDecision,
    *,
    starts_on: dt.date,
    late_reason: str = "",
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> WorkdaySpan:
    """Set the days on which the grades of 优秀 are posted; one that was posted before needs a word about it."""
    row = locked_decision(decision, "post_decision")
    require_may_manage(by, row.register)
    late_reason = late_reason.strip() if starts_on < on else ""
    if starts_on < row.decided_on:
        raise PostingError(
            _("公示不能早于决定日期（%(day)s）。请核对公示开始日期。") % {"day": row.decided_on}
        )
    if starts_on < on and not late_reason:
        raise PostingError(
            _("公示开始日期早于今天。公示已经张贴、现在补录的，请填写补录说明；否则请改为今天或以后。")
        )
    check_still_holds(row)
    span = span_for(row, starts_on)
    row.state, row.late_reason = DecisionState.POSTED, late_reason
    row.posted_from, row.posted_until = span.starts_on, span.last_day
    row.save()
    details = {"posted_from": f"{span.starts_on}", "posted_until": f"{span.last_day}"}
    record("assessment.post_decision", row, by=by, at=at, details=details)
    return span


@transaction.atomic
def enforce_decision(decision: GradeDecision, *, by: User, on: dt.date, at: dt.datetime) -> GradeDecision:
    """The grades count from today: they are written into the files, and everybody is told."""
    row = locked_decision(decision, "enforce_decision")
    require_may_manage(by, row.register)
    _check_posting(row, on)
    check_still_holds(row)
    grades = list(row.grades.select_related("evaluation"))
    row.state, row.in_force_on = DecisionState.IN_FORCE, on
    row.save()
    record("assessment.enforce_decision", row, by=by, at=at, details={"number": row.number})
    by_person = {one.evaluation.person_id: one.grade for one in grades}
    set_annual_grades(by_person, year=row.register.year, by=by, at=at)
    told = with_names(Evaluation.objects.filter(grades__decision=row)).select_related("person__account")
    notify_results(list(told), at=at)
    return row


@transaction.atomic
def receive_result(grade: Grade, *, by: User, on: dt.date, at: dt.datetime) -> Grade:
    """The person has read the result, or signed it on paper, which the department writes down; once is enough."""
    rows = Grade.objects.select_for_update(of=("self",)).select_related(
        "decision", "evaluation__person", "evaluation__register__owner_unit"
    )
    row = rows.get(pk=grade.pk)
    is_theirs = is_self(by, row.evaluation.person) or may_manage(by, row.evaluation.register)
    require(is_theirs, _("考核结果由本人签收，或由组织部门登记纸质签收。"))
    if row.decision.state != DecisionState.IN_FORCE:
        raise DecisionStateError(
            _("%(name)s的等次尚未生效，不能签收。") % {"name": row.evaluation.person.name}
        )
    if row.received_on is None:
        row.received_on = on
        row.save()
        record("assessment.receive", row.evaluation, by=by, at=at)
    return row


@transaction.atomic
def receive_results(grades: Sequence[Grade], *, by: User, on: dt.date, at: dt.datetime) -> list[Grade]:
    """Several signed papers at once, all or none."""
    return [receive_result(one, by=by, on=on, at=at) for one in sorted(grades, key=lambda one: one.pk)]


def _check_posting(row: GradeDecision, on: dt.date) -> None:
    if row.state == DecisionState.CONFIRMED and (n := workdays_asked(row)):
        raise PostingError(
            _("决定中有优秀等次，须先公示 %(n)d 个工作日。请先登记公示。") % {"n": n}, basis=BASIS
        )
    if row.posted_until is not None and on <= row.posted_until:
        raise PostingError(
            _("公示至 %(day)s 结束，次日起可以公布。") % {"day": row.posted_until}, basis=BASIS
        )
