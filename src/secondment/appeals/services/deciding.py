"""Decide a review or an appeal: by other people than the first deciders, with reasons, and told in writing.

What follows from it for the grade goes through the decisions of the register: recorded here, checked by a second
account, posted where it holds 优秀.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.appeals.choices import AppealKind, AppealState, Outcome
from secondment.appeals.errors import AppealStateError, SamePeopleError, WordsMissingError
from secondment.appeals.models import Appeal, Recomputation
from secondment.appeals.queries import is_current
from secondment.appeals.rules import first_deciders, may_handle, may_withdraw, took_part
from secondment.appeals.services.filing import locked, tell_person
from secondment.appeals.services.issuing import issue_version
from secondment.assessments.choices import DecisionKind
from secondment.assessments.models import GradeDecision
from secondment.assessments.services import Choice, Meeting, record_decision, require_apart
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import listed, say, say_label
from secondment.files.names import names_in


@dataclass(frozen=True)
class Verdict:
    """What was decided by whom, when and why; a grade where it is corrected."""

    outcome: Outcome
    reason: str
    deciders: str
    number: str
    decided_on: dt.date
    grade: str = ""
    version: Recomputation | None = None  # the corrected figures that it rests on
    is_namesake: bool = False  # as with `Meeting`


@transaction.atomic
def decide_appeal(appeal: Appeal, verdict: Verdict, *, by: User, on: dt.date, at: dt.datetime) -> Appeal:
    """Write down the decision; a correction or a withdrawal of the grade is recorded for the second account.

    Raises `SamePeopleError`, `AppealStateError`, `WordsMissingError`, `RecomputationError`, and what `record_decision` refuses.
    """
    row = locked(appeal, "decide_appeal")
    require(may_handle(by, row), _("由受理单位决定。"))
    _check(row, verdict, by, on)
    row.state, row.outcome, row.outcome_reason = AppealState.DECIDED, verdict.outcome, verdict.reason.strip()
    row.deciders, row.number, row.decided_on = verdict.deciders, verdict.number, verdict.decided_on
    row.decided_by = by
    if verdict.version is not None:
        issue_version(verdict.version, row, number=row.number, by=by, at=at)
    row.correction = _follow(row, verdict, by=by, on=on, at=at)
    row.version += 1
    row.save()
    details = {"number": row.number, "outcome": row.outcome}
    record("appeal.decide", row, by=by, at=at, details=details)
    kind = say_label(AppealKind(row.kind).label)
    tell_person(row, say("您的%(kind)s有了决定，请查看并签收", kind=kind), at)
    return row


@transaction.atomic
def receive_outcome(
    appeal: Appeal, *, received_on: dt.date, by: User, on: dt.date, at: dt.datetime
) -> Appeal:
    """The person has read the decision, or signed it on paper, which the office writes down; once is enough."""
    row = locked(appeal, "receive_outcome")
    require(may_withdraw(by, row), _("由本人签收，或由受理单位登记纸质签收。"))
    if row.received_on is not None:
        return row
    if row.decided_on is None or not row.decided_on <= received_on <= on:
        raise AppealStateError(_("签收日期不能早于决定日期，也不能晚于今天。"), field="received_on")
    row.received_on = received_on
    row.version += 1
    row.save()
    record("appeal.receive", row, by=by, at=at)
    return row


def _check(appeal: Appeal, verdict: Verdict, by: User, on: dt.date) -> None:
    if took_part(by, appeal):
        raise SamePeopleError(_("登记或复核过原决定的账号，不能登记这一决定。请由另一账号办理。"))
    again = sorted(set(names_in(verdict.deciders)) & set(first_deciders(appeal)))
    if again:
        words = _("%(names)s参加过原决定，应当回避。请由其他人员决定。")
        raise SamePeopleError(words % {"names": listed(again)}, field="deciders")
    require_apart(verdict.deciders, [appeal.grade.evaluation.person], by=by, is_namesake=verdict.is_namesake)
    for field in ("reason", "deciders", "number"):
        if not getattr(verdict, field).strip():
            raise WordsMissingError(_("请写明理由、参加决定的人员和决定文号。"), field=field)
    if not appeal.filed_on <= verdict.decided_on <= on:
        raise AppealStateError(_("决定日期不能早于提出日期，也不能晚于今天。"), field="decided_on")
    if verdict.outcome == Outcome.CORRECTED and verdict.grade in ("", appeal.grade.grade):
        raise WordsMissingError(_("请选择更正后的等次，与原等次不同。"), field="grade")


def _follow(
    appeal: Appeal, verdict: Verdict, *, by: User, on: dt.date, at: dt.datetime
) -> GradeDecision | None:
    """The decision on the grade; none where it stands."""
    if verdict.outcome == Outcome.UPHELD:
        return None
    if not is_current(appeal.grade):
        raise AppealStateError(_("该等次在复核、申诉期间已有新的决定，请先办结或退回那一决定。"))
    is_corrected = verdict.outcome == Outcome.CORRECTED
    evaluation = appeal.grade.evaluation
    meeting = Meeting(
        name=str(AppealKind(appeal.kind).label),
        deciders=verdict.deciders,
        number=verdict.number,
        decided_on=verdict.decided_on,
        is_namesake=verdict.is_namesake,
    )
    choice = Choice(evaluation.pk, verdict.grade if is_corrected else "", verdict.reason[:300])
    kind = DecisionKind.CORRECT if is_corrected else DecisionKind.WITHDRAW
    return record_decision(evaluation.register, meeting, [choice], kind=kind, by=by, on=on, at=at)
