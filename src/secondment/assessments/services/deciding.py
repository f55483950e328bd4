"""Decide grades: named people decide, one account records it, another checks; unlike the proposal only with a reason."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.assessments.choices import READY, DecisionKind, DecisionState
from secondment.assessments.limits import barring
from secondment.assessments.models import Evaluation, Grade, GradeDecision, Register
from secondment.assessments.parameters import what_bars
from secondment.assessments.pools import Places
from secondment.assessments.proposing import Proposed, proposals_of
from secondment.assessments.queries import quota_list, with_names, with_stage
from secondment.assessments.rules import may_confirm, require_about_others, require_may_manage
from secondment.assessments.services.errors import (
    BarredGradeError,
    DecisionStateError,
    FourEyesError,
    NotReadyError,
    QuotaError,
    ReasonMissingError,
)
from secondment.assessments.services.rechecking import mark_changed
from secondment.assessments.services.recusal import require_apart
from secondment.assessments.services.registers import lock
from secondment.assessments.states import TRANSITIONS
from secondment.assessments.table.advice import Advice, advice_for
from secondment.assessments.table.choices import Standing
from secondment.audit.services import record
from secondment.campaigns.lapses import shorten
from secondment.people.choices import Grade as GradeCode
from secondment.people.models import Person


@dataclass(frozen=True)
class Meeting:
    """Who decided, where, when and under which number."""

    name: str
    deciders: str
    number: str
    decided_on: dt.date
    is_namesake: bool = (
        False  # it was checked that a decider only has the name of somebody who must not decide
    )


@dataclass(frozen=True)
class Choice:
    """The grade decided for one evaluation; none withdraws the one in force."""

    evaluation_id: int
    grade: str
    reason: str = ""


@transaction.atomic
def record_decision(
    register: Register,
    meeting: Meeting,
    choices: Sequence[Choice],
    *,
    kind: DecisionKind = DecisionKind.DECIDE,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> GradeDecision:
    """Write down what was decided, all or nothing; another account checks it before it counts.

    Raises `DecisionStateError`, `NotReadyError`, `BarredGradeError`, `QuotaError`, `ReasonMissingError`.
    """
    locked = lock(register)
    require_may_manage(by, locked)
    _check_meeting(locked, meeting, on)
    rows = evaluations_of(locked, [one.evaluation_id for one in choices])
    if len(rows) != len(choices) or not choices:
        raise DecisionStateError(_("决定中没有人员，或有人重复、已不在名册中。请刷新页面后重新登记。"))
    require_about_others(by, [one.person for one in rows.values()])
    people = [one.person for one in rows.values()]
    require_apart(meeting.deciders, people, by=by, is_namesake=meeting.is_namesake)
    _check_ready(list(rows.values()), kind)
    advice = advice_for(rows.values()) if kind == DecisionKind.DECIDE else {}
    proposals = proposals_of(rows.values())
    for choice in choices:
        key = choice.evaluation_id
        _check_grade(rows[key], choice, kind, proposals[key], advice.get(key, Advice()))
    check_quota(locked, {one.evaluation_id: one.grade for one in choices})
    decision = GradeDecision.objects.create(
        register=locked,
        kind=kind,
        meeting=meeting.name,
        deciders=meeting.deciders,
        number=meeting.number,
        decided_on=meeting.decided_on,
        recorded_by=by,
        recorded_at=at,
    )
    Grade.objects.bulk_create(
        [
            Grade(
                decision=decision,
                evaluation=rows[one.evaluation_id],
                proposed=proposals[one.evaluation_id].grade,
                grade=one.grade,
                reason=one.reason.strip(),
                table=said.table,
                standing=said.standing,
            )
            for one in choices
            for said in [advice.get(one.evaluation_id, Advice())]
        ]
    )
    details: dict[str, object] = {"number": meeting.number, "kind": kind.value, "n": len(choices)}
    if meeting.is_namesake:
        details["namesake"] = True
    record("assessment.record_decision", decision, by=by, at=at, details=details)
    return decision


@transaction.atomic
def confirm_decision(decision: GradeDecision, *, by: User, at: dt.datetime) -> GradeDecision:
    """The second account has compared what was recorded with the minutes; places and facts are checked again."""
    row = locked_decision(decision, "confirm_decision")
    require_may_manage(by, row.register)
    if not may_confirm(by, row):
        raise FourEyesError(_("登记与复核须由两人办理。请组织部门的另一账号复核。"))
    require_about_others(by, Person.objects.filter(evaluations__grades__decision=row))
    check_still_holds(row)
    check_quota(row.register, {})
    row.state, row.confirmed_by, row.confirmed_at = DecisionState.CONFIRMED, by, at
    row.save()
    record("assessment.confirm_decision", row, by=by, at=at)
    return row


@transaction.atomic
def return_decision(decision: GradeDecision, *, reason: str, by: User, at: dt.datetime) -> GradeDecision:
    """Take a decision back before it is in force: an error, or what came up while it was posted."""
    row = locked_decision(decision, "return_decision")
    require_may_manage(by, row.register)
    if not reason.strip():
        raise ReasonMissingError(_("请写明退回的理由。"))
    row.state, row.return_reason = DecisionState.RETURNED, reason.strip()
    row.save()
    record("assessment.return_decision", row, by=by, at=at, details={"reason": reason.strip()})
    return row


def evaluations_of(register: Register, keys: Sequence[int]) -> Mapping[int, Evaluation]:
    """Evaluations of the register with their proposals and stage, by key; facts of today are compared first."""
    mark_changed(register.evaluations.filter(pk__in=keys))
    return {one.pk: one for one in with_stage(with_names(register.evaluations.filter(pk__in=keys)))}


def locked_decision(decision: GradeDecision, action: str) -> GradeDecision:
    """The row in a state in which the action is possible; the register is locked with it."""
    lock(decision.register)
    rows = GradeDecision.objects.select_for_update(of=("self",)).select_related("register__owner_unit")
    row = rows.get(pk=decision.pk)
    if row.state not in TRANSITIONS[action][0]:
        raise DecisionStateError(
            _("该决定当前为“%(state)s”，不能办理此项。请刷新页面查看最新状态。")
            % {"state": row.get_state_display()}
        )
    return row


def check_still_holds(decision: GradeDecision) -> None:
    """No fact that bears on a grade of the decision has changed since somebody last looked, nor what its table says."""
    mark_changed(Evaluation.objects.filter(grades__decision=decision))
    changed = Evaluation.objects.filter(grades__decision=decision).exclude(changes=[])
    _refuse_changed([one.person.name for one in changed.select_related("person")])
    if decision.kind == DecisionKind.DECIDE:
        _check_tables(decision)


def _check_tables(decision: GradeDecision) -> None:
    """Tables of the pools hold, and a grade that departs from what they say now has its reason."""
    grades = {one.evaluation_id: one for one in decision.grades.all()}
    rows = list(with_names(Evaluation.objects.filter(pk__in=grades)))
    advice = advice_for(rows)
    names = [
        one.person.name
        for one in rows
        if advice[one.pk].is_unlike(grades[one.pk].grade) and not grades[one.pk].reason
    ]
    if names:
        raise NotReadyError(
            _("评定表重新计算后，%(names)s的决定与评定表意见不同而没有理由。请退回决定，写明理由后重新登记。")
            % {"names": shorten(names)}
        )


def check_quota(register: Register, asked: dict[int, str]) -> None:
    """No pool gets more 优秀 than it has places."""
    for one in quota_list(register, asked):
        if one.n_over and one.is_bound:
            raise QuotaError(
                quota_sentence(one),
                basis=_("《公务员考核规定》；《党政领导干部考核工作条例》（规则 H17）"),
                way=(_("查看优秀名额"), reverse("assessments:pool_list", args=[register.pk])),
            )


def quota_sentence(one: Places) -> str:
    """By how many a pool is over, and what can be done."""
    figures = {"pool": one.pool, "n": one.n_people, "places": one.n_places, "over": one.n_over}
    return _("%(pool)s参加考核 %(n)d 人，优秀名额 %(places)d 个，超出 %(over)d 人。") % figures + _(
        "请减少优秀人数；经批准提高比例的，先在优秀名额中登记批准文号。"
    )


def _check_meeting(register: Register, meeting: Meeting, on: dt.date) -> None:
    if meeting.decided_on > on:
        raise DecisionStateError(_("决定日期不能晚于今天。"))
    if meeting.decided_on.year < register.year:
        raise DecisionStateError(_("决定日期早于考核年度。请核对决定日期。"))


def _check_ready(evaluations: Sequence[Any], kind: DecisionKind) -> None:
    _refuse_changed([one.person.name for one in evaluations if one.changes and kind == DecisionKind.DECIDE])
    wanted = READY if kind == DecisionKind.DECIDE else DecisionState.IN_FORCE
    names = [one.person.name for one in evaluations if one.stage != wanted]
    if names and kind == DecisionKind.DECIDE:
        raise NotReadyError(
            _("%(names)s的意见未齐，或等次已登记决定。请先收齐派出单位和接收单位的意见。")
            % {"names": shorten(names)},
            basis=_("《公务员考核规定》第二十六条第二款（规则 H15）"),
        )
    if names:
        raise NotReadyError(_("%(names)s的等次尚未生效，不能更正或撤销。") % {"names": shorten(names)})


def _refuse_changed(names: list[str]) -> None:
    if names:
        raise NotReadyError(
            _("%(names)s的事实有变化，须重新核对。请在名册中更新名单，或逐人核对后再办理。")
            % {"names": shorten(names)}
        )


def _check_grade(
    row: Evaluation, choice: Choice, kind: DecisionKind, proposed: Proposed, advice: Advice
) -> None:
    name = row.person.name
    if kind == DecisionKind.DECIDE and not choice.grade:
        raise DecisionStateError(_("请为%(name)s选择等次。") % {"name": name})
    limit = barring(row.limits, choice.grade) if choice.grade else None
    mode = what_bars(row.placement)["mode"]
    if limit is not None and mode == "block":
        raise BarredGradeError(
            _("%(name)s%(ground)s，不能确定为“%(grade)s”。记录有误的，请先更正干部信息，再更新名单。")
            % {"name": name, "ground": limit.ground, "grade": GradeCode(choice.grade).label},
            basis=limit.basis,
        )
    adverse = proposed.barred_by(choice.grade) if choice.grade else None
    if adverse is not None:
        values = {
            "name": name,
            "kind": adverse.indicator.get_kind_display(),
            "title": adverse.indicator.title,
            "effect": adverse.effect.label,
            "grade": GradeCode(choice.grade).label,
        }
        raise BarredGradeError(
            _(
                "%(name)s有%(kind)s事项“%(title)s”，标准规定%(effect)s，不能确定为“%(grade)s”。认定有误的，请先更正认定。"
            )
            % values,
            basis=_("测评标准中的门槛和一票否决"),
            way=(_("查看认定"), reverse("assessments:statement_grid", args=[row.register_id])),
        )
    is_unlike = choice.grade != proposed.grade or kind != DecisionKind.DECIDE or limit is not None
    if is_unlike and not choice.reason.strip():
        raise ReasonMissingError(
            _("%(name)s的决定与建议等次不同，或属于更正、撤销，须写明理由。") % {"name": name}
        )
    if advice.is_unlike(choice.grade) and not choice.reason.strip():
        values = {"name": name, "standing": Standing(advice.standing).label}
        raise ReasonMissingError(
            _("评定表对%(name)s的意见是“%(standing)s”，决定与此不同，须写明理由。") % values
        )
