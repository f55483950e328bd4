"""Ask for leave; the office that decides first is told at once."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import accounts_of
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.file_faults import told_whole
from secondment.common.sentences import say
from secondment.leave.choices import Source
from secondment.leave.drafts import Draft, faults_of, term_of
from secondment.leave.levels import approval_for
from secondment.leave.models import LeaveRequest, LeaveStep, StandIn
from secondment.leave.queries import in_force, standing_of
from secondment.leave.rules import is_own, may_ask
from secondment.leave.services.errors import RefusedLeaveError
from secondment.leave.services.ledger import columns
from secondment.leave.words import days_words
from secondment.notices.services import send_notice
from secondment.placements.models import Placement
from secondment.placements.queries import with_names


@dataclass(frozen=True)
class Asked:
    """The request, and whether it is new: the same asked again is the one that stands."""

    request: LeaveRequest
    is_new: bool


@transaction.atomic
def ask_for_leave(
    draft: Draft, *, by: User, on: dt.date, at: dt.datetime, source: Source | None = None
) -> Asked:
    """Ask for these half-days; refused with every reason, or answered with the request that says the same already."""
    placement = locked_placement(draft.placement)
    require(may_ask(by, placement), _("请假由本人申请，或由接收单位、主办组织部门代填。"))
    standing = list(standing_of([placement.pk]))
    known = next((one for one in standing if draft.is_in(one)), None)
    if known is not None:
        return Asked(known, is_new=False)
    faults = list(faults_of(draft, standing))
    if faults:
        reasons = [told_whole(fault) for _field, fault in faults]
        raise RefusedLeaveError(reasons[0], reasons=reasons, field=faults[0][0])
    request = _written(draft, placement, source, by, at)
    record("leave_request.ask", request, by=by, at=at, details=public_details(request))
    notify_deciders(request, request.steps.select_related("unit")[0], on=on, at=at)
    return Asked(request, is_new=True)


def locked_placement(placement: Placement) -> Placement:
    """The placement, locked: nobody asks for its half-days meanwhile."""
    list(Placement.objects.select_for_update().filter(pk=placement.pk).values_list("pk"))
    return with_names(Placement.objects.select_related("person__account")).get(pk=placement.pk)


def _written(
    draft: Draft, placement: Placement, source: Source | None, by: User, at: dt.datetime
) -> LeaveRequest:
    n_working = draft.span.shared(term_of(placement)).n_working
    approval = approval_for(placement, n_working)
    request = LeaveRequest(
        placement=placement,
        type=draft.type,
        destination=draft.destination,
        deputy_name=draft.deputy_name,
        deputy_contact=draft.deputy_contact,
        half_days=n_working,
        level=approval.words,
        source=source or (Source.OWN if is_own(by, placement) else Source.CLERK),
        asked_by=by,
        asked_at=at,
        **columns(draft.span),
    )
    request.set_reason(draft.reason)
    request.save()
    LeaveStep.objects.bulk_create(
        LeaveStep(request=request, position=place, unit=office.unit, role=office.role)
        for place, office in enumerate(approval.offices, start=1)
    )
    return request


def public_details(request: LeaveRequest) -> dict[str, str]:
    """What is public of a request: never its reason."""
    return {
        "from": f"{request.starts_on}",
        "to": f"{request.span.last.day}",
        "days": days_words(request.half_days),
    }


def notify_deciders(request: LeaveRequest, step: LeaveStep, *, on: dt.date, at: dt.datetime) -> int:
    """A message to whoever decides now: the office, who stands in for it, or the department where it has no account."""
    placement = request.placement
    stand_ins = in_force(StandIn.objects.filter(unit=step.unit_id, role=step.role), on)
    accounts = [
        *accounts_of([step.unit], Role(step.role)),
        *(one.deputy for one in stand_ins.select_related("deputy")),
    ] or [*accounts_of([placement.owner_unit], Role.ORGANISATION_DEPARTMENT)]
    title = say(
        "%(name)s请假%(days)s天，请审批", name=placement.person.name, days=days_words(request.half_days)
    )
    recipients = [one for one in accounts if one.pk != placement.person.account_id]
    return send_notice(recipients, title=title, at=at, path=page_of(request))


def page_of(request: LeaveRequest) -> str:
    """The page of a request."""
    return reverse("leave:leave_detail", args=[request.pk])
