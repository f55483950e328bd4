"""What the two units say, singly and for many; entered by their accounts, from paper or from a workbook."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.choices import DecisionState, OpinionSource, Side
from secondment.assessments.facts import facts_of
from secondment.assessments.limits import WITHOUT_COMMENT, barring, known
from secondment.assessments.models import Evaluation, Opinion
from secondment.assessments.parameters import what_bars
from secondment.assessments.queries import STANDING, decided_grades, with_facts
from secondment.assessments.rules import require_may_give
from secondment.assessments.services.errors import BarredGradeError, OpinionError
from secondment.assessments.services.rechecking import keep
from secondment.audit.services import record
from secondment.common.versions import lock_version
from secondment.files.columns.evaluation import LONGEST
from secondment.people.rules import sections_at
from secondment.placements.models import Placement


@dataclass(frozen=True)
class Said:
    """An opinion as it was written; `signed_on` of a paper, `leave_workdays` None: nothing is said about leave."""

    text: str
    grade: str
    signed_on: dt.date | None = None
    leave_workdays: int | None = None


@transaction.atomic
def give_opinion(
    evaluation: Evaluation,
    side: Side,
    said: Said,
    *,
    by: User,
    at: dt.datetime,
    version: int | None = None,
    is_of_workbook: bool = False,
) -> Opinion:
    """Keep the opinion of a side; a later one takes the place of an earlier until a grade is decided.

    Raises `OpinionError`, `BarredGradeError`.
    """
    row = _locked(evaluation, version)
    source = require_may_give(by, row, side)
    _check(row, said, source, known_limits(by, row))
    _check_day(row, said, timezone.localtime(at).date())
    if said.leave_workdays is not None and said.leave_workdays != row.leave_workdays:
        row.leave_workdays = said.leave_workdays
        placement = with_facts(Placement.objects.filter(pk=row.placement_id)).get()
        keep(row, facts_of(placement, row.year, leave_workdays=row.leave_workdays))
    _refuse_barred(row, said, known_limits(by, row))
    row.save()
    opinion, _created = Opinion.objects.update_or_create(
        evaluation=row,
        side=side,
        defaults={
            "text": said.text.strip(),
            "grade": said.grade,
            "source": OpinionSource.WORKBOOK if is_of_workbook else source,
            "signed_on": said.signed_on if source == OpinionSource.PAPER else None,
            "recorded_by": by,
            "recorded_at": at,
        },
    )
    details = {"side": side.value, "to": said.grade, "source": opinion.source}
    record("assessment.give_opinion", row, by=by, at=at, details=details)
    return opinion


@transaction.atomic
def give_opinions(
    evaluations: Sequence[Evaluation],
    side: Side,
    said: Said,
    *,
    versions: Mapping[int, int] | None = None,
    by: User,
    at: dt.datetime,
) -> list[Opinion]:
    """The same opinion about several people, all or none; `versions` are those that the clerk had on the page."""
    seen = versions or {}
    in_order = sorted(evaluations, key=lambda one: one.pk)
    return [give_opinion(one, side, said, by=by, at=at, version=seen.get(one.pk)) for one in in_order]


def known_limits(user: User, evaluation: Evaluation) -> list[str]:
    """The limits that the account may know of: a refusal would tell a unit of a penalty it may not read about."""
    sections = sections_at(user, evaluation.person.unit.path)
    return [limit.code for limit in known(evaluation.limits, sections)]


def _locked(evaluation: Evaluation, version: int | None) -> Evaluation:
    row = lock_version(evaluation, version=version)
    standing = decided_grades([row.pk], *STANDING).get(row.pk)
    if standing and not (standing.decision.state == DecisionState.IN_FORCE and not standing.grade):
        raise OpinionError(
            _("%(name)s的等次已登记决定，意见不再修改。确需修改的，请主办组织部门退回或更正决定。")
            % {"name": row.person.name}
        )
    return row


def _check(row: Evaluation, said: Said, source: OpinionSource, limits: Sequence[str]) -> None:
    if WITHOUT_COMMENT in limits:
        raise OpinionError(
            _("%(name)s不写评语、不定等次，无需填报意见。") % {"name": row.person.name},
            basis=_("《公务员考核规定》第二十八条"),
        )
    if not said.text.strip() or not said.grade:
        raise OpinionError(_("请填写意见和建议等次。"))
    if len(said.text.strip()) > LONGEST:
        raise OpinionError(_("意见不超过 %(n)d 字，请精简。") % {"n": LONGEST})
    if source == OpinionSource.PAPER and said.signed_on is None:
        raise OpinionError(_("据纸质件登记的，请填写签署日期。"))


def _check_day(row: Evaluation, said: Said, today: dt.date) -> None:
    """A paper that is copied has been signed."""
    if said.signed_on is not None and said.signed_on > today:
        values = {"name": row.person.name, "day": said.signed_on}
        raise OpinionError(_("%(name)s的意见签署日期（%(day)s）在今天之后，请核对纸质意见。") % values)


def _refuse_barred(row: Evaluation, said: Said, limits: Sequence[str]) -> None:
    limit = barring(limits, said.grade)
    if limit is not None and what_bars(row.placement)["mode"] == "block":
        text = (
            _("%(name)s按规定不定等次，建议等次请选“不定等次”。")
            if limit.effect == "no_grade"
            else _("%(name)s按规定不得评为优秀，请另选建议等次。")
        )
        raise BarredGradeError(text % {"name": row.person.name}, basis=limit.basis)
