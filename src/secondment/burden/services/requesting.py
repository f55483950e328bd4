"""A request outside of the register: counted before it is issued, refused over the budget unless a leader lets it through."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.models import AuditEvent
from secondment.audit.services import record
from secondment.burden.budgets import Excess, budgets, excesses
from secondment.burden.choices import RequestState
from secondment.burden.cost import request_minutes
from secondment.burden.models import Answer, Request
from secondment.burden.queries import (
    KIND,
    SUBJECT,
    asked_units,
    offices_asked,
    regular_minutes,
    requested_minutes,
    versions_in_use,
)
from secondment.burden.rules import may_answer, may_ask_for, may_manage
from secondment.burden.services.errors import OverBudgetError, RequestError
from secondment.burden.words import excess_words
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.obligations.models import Obligation
from secondment.obligations.services import Owed, meet, owed_row, waive
from secondment.units.models import Unit


@dataclass(frozen=True)
class Draft:
    """A request as it is asked for; `leader` and `leader_reason` only where it breaks a budget."""

    unit: Unit
    title: str
    role: str
    n_fields: int
    characters: int
    due_on: dt.date
    readers: str
    basis: str
    replaces: str = ""
    leader: str = ""
    leader_reason: str = ""

    @property
    def counted(self) -> str:
        """Everything that its cost depends on."""
        return f"{self.unit.pk}-{self.role}-{self.n_fields}-{self.characters}"


@dataclass(frozen=True)
class Assessment:
    """What a request would cost (减负一致性评估): each office, all of them, and what the year's budget says."""

    role: Role
    n_offices: int
    minutes: float
    regular: float
    requested: float
    budget: int
    excess: Excess | None

    @property
    def total(self) -> float:
        """Minutes of all offices together."""
        return self.minutes * self.n_offices

    @property
    def year(self) -> float:
        """What one office would be asked for in a year, this request included."""
        return self.regular + self.requested + self.minutes


def assess(draft: Draft, on: dt.date) -> Assessment:
    """Count a request before it is issued."""
    role, minutes = Role(draft.role), request_minutes(draft.n_fields, draft.characters)
    regular = regular_minutes(versions_in_use()).get(role, 0.0)
    requested, allowed = requested_minutes(draft.unit, role, on), budgets()
    over = excesses({role: regular + requested + minutes}, allowed)
    n_offices = offices_asked(draft.unit, role).count()
    return Assessment(role, n_offices, minutes, regular, requested, allowed[role], over[0] if over else None)


@transaction.atomic
def issue_request(draft: Draft, *, by: User, on: dt.date, at: dt.datetime) -> Request:
    """Issue it to every office that it asks. Raises `RequestError`, `OverBudgetError`."""
    require(may_ask_for(by, draft.unit), _("临时报送事项由组织部门提出。"))
    if draft.due_on < on:
        raise RequestError(_("截止日期已过，请改为今天或以后。"), field="due_on")
    assessment = assess(draft, on)
    if not assessment.n_offices:
        raise RequestError(_("没有在挂人员，没有单位可以报。"), field="role")
    is_let_through = bool(draft.leader.strip() and draft.leader_reason.strip())
    if assessment.excess is not None and not is_let_through:
        raise _over(assessment.excess)
    is_over = assessment.excess is not None
    row = Request.objects.create(
        owner_unit=draft.unit,
        title=draft.title.strip(),
        role=draft.role,
        n_fields=draft.n_fields,
        characters=draft.characters,
        due_on=draft.due_on,
        readers=draft.readers.strip(),
        basis=draft.basis.strip(),
        replaces=draft.replaces.strip(),
        minutes=assessment.minutes,
        n_offices=assessment.n_offices,
        leader=draft.leader.strip() if is_over else "",
        leader_reason=draft.leader_reason.strip() if is_over else "",
        issued_by=by,
        issued_at=at,
    )
    Obligation.objects.bulk_create(
        [owed_row(row, _owed(row, unit)) for unit in offices_asked(draft.unit, assessment.role)],
        batch_size=500,
    )
    details = {"title": row.title, "n": row.n_offices, "leader": row.leader}
    record("burden_request.issue", row, by=by, at=at, details=details)
    return row


def _owed(row: Request, unit: Unit) -> Owed:
    return Owed(
        kind=KIND,
        title=say("临时报送：%(title)s", title=row.title),
        unit=unit,
        role=Role(row.role),
        creditor=row.owner_unit.name,
        due_on=row.due_on,
        path=reverse("burden:request_answer", args=[row.pk, unit.pk]),
        basis=row.basis,
    )


def _over(excess: Excess) -> OverBudgetError:
    return OverBudgetError(
        _("%(excess)s。请减少项数或字数；确有必要的，写明同意的领导和理由。")
        % {"excess": excess_words(excess)},
        basis=_("《整治形式主义为基层减负若干规定》"),
        field="leader",
    )


@transaction.atomic
def answer_request(
    request: Request, unit: Unit, text: str, *, by: User, on: dt.date, at: dt.datetime
) -> Answer:
    """The answer of one office; the same again changes nothing."""
    row = Request.objects.select_for_update().get(pk=request.pk)
    require(may_answer(by, row, unit), _("由被要求的单位答复，或由提出单位代录。"))
    if unit.pk not in asked_units(row):
        raise RequestError(_("没有要求这个单位答复。"))
    if row.state == RequestState.CLOSED:
        raise RequestError(_("这个事项已经结束，不再答复。"))
    text = text.replace("\r\n", "\n").strip()
    if not text:
        raise RequestError(_("没有填写答复。没有情况的，写“无”。"), field="text")
    if len(text) > row.characters:
        values = {"n": len(text), "most": row.characters}
        raise RequestError(_("答复有 %(n)d 字，超过 %(most)d 字，请精简。") % values, field="text")
    before = Answer.objects.filter(request=row, unit=unit).first()
    if before is not None and before.text == text:
        return before
    answer, _created = Answer.objects.update_or_create(
        request=row, unit=unit, defaults={"text": text, "answered_by": by, "answered_at": at}
    )
    meet(row, KIND, on=on, unit=unit)
    record("burden_request.answer", answer, by=by, at=at, details={"n": len(text)})
    return answer


@transaction.atomic
def close_request(request: Request, *, by: User, on: dt.date, at: dt.datetime) -> Request:
    """Nothing more is asked for; who has not answered owes nothing any more."""
    row = Request.objects.select_for_update().get(pk=request.pk)
    require(may_manage(by, row), _("由提出单位结束。"))
    if row.state == RequestState.CLOSED:
        return row
    row.state, row.closed_on = RequestState.CLOSED, on
    row.save(update_fields=["state", "closed_on"])
    waive(row, KIND, on=on)
    record("burden_request.close", row, by=by, at=at)
    return row


@transaction.atomic
def read_answers(request: Request, *, by: User, at: dt.datetime) -> None:
    """Note down, once, that the department which asked has opened the answers."""
    if not may_manage(by, request) or not request.answers.exists():
        return
    events = AuditEvent.objects.filter(
        object_type=SUBJECT,
        object_id=str(request.pk),
        action="burden_request.read",
    )
    if not events.exists():
        record("burden_request.read", request, by=by, at=at)
