"""Name somebody who decides on leave for an office while its approver is away (代批)."""

import datetime as dt

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.leave.models import StandIn
from secondment.leave.rules import OFFICES
from secondment.leave.services.errors import StandInError
from secondment.notices.services import send_notice
from secondment.units.models import Unit

MOST_DAYS = 92
"""Nobody stands in for longer than a quarter without being named again."""


def candidates(unit: Unit, by: User) -> QuerySet[User]:
    """Who may stand in: accounts of the office and the units below it, but administrators and the approver."""
    accounts = User.objects.filter(is_active=True, unit__path__startswith=unit.path).exclude(pk=by.pk)
    return accounts.exclude(assignments__role__in=ADMINISTRATOR_ROLES).order_by("name", "pk")


@transaction.atomic
def name_stand_in(
    unit: Unit,
    role: Role,
    *,
    deputy: User,
    starts_on: dt.date,
    ends_on: dt.date,
    by: User,
    on: dt.date,
    at: dt.datetime,
) -> StandIn:
    """Ask somebody to stand in for so many days (half-open); it holds once accepted."""
    require(role in OFFICES and covers(by, unit.path, role), _("只有本单位的审批人可以委托代批。"))
    if not candidates(unit, by).filter(pk=deputy.pk).exists():
        raise StandInError(_("代批人须是本单位在用的其他账号，请重新选择。"), field="deputy")
    if ends_on <= starts_on or ends_on <= on:
        raise StandInError(_("代批结束须不早于开始，且不早于今天，请改正。"), field="last_on")
    if (ends_on - starts_on).days > MOST_DAYS:
        raise StandInError(
            _("一次委托最长%(most)s天，请缩短；到期可以重新委托。") % {"most": MOST_DAYS}, field="last_on"
        )
    open_ones = StandIn.objects.select_for_update().filter(
        unit=unit, role=role, deputy=deputy, closed_at=None
    )
    if known := open_ones.filter(starts_on=starts_on, ends_on=ends_on).first():
        return known
    if open_ones.filter(starts_on__lt=ends_on, ends_on__gt=starts_on).exists():
        raise StandInError(_("这段时间已经委托过同一人。需要改时间的，请先终止原来的委托。"))
    row = StandIn.objects.create(
        unit=unit, role=role, deputy=deputy, starts_on=starts_on, ends_on=ends_on, named_by=by, named_at=at
    )
    record("leave_stand_in.name", row, by=by, at=at, details={"until": f"{row.last_day}"})
    title = say("%(name)s委托您代批请假，请确认", name=by.name)
    send_notice([deputy], title=title, at=at, path=reverse("leave:stand_in_list"))
    return row


@transaction.atomic
def accept(stand_in: StandIn, *, by: User, at: dt.datetime) -> StandIn:
    """The deputy agrees."""
    row = _open(stand_in)
    require(row.deputy_id == by.pk)
    if row.accepted_at is None:
        row.accepted_at = at
        row.save(update_fields=["accepted_at"])
        record("leave_stand_in.accept", row, by=by, at=at)
    return row


@transaction.atomic
def end(stand_in: StandIn, *, by: User, at: dt.datetime) -> StandIn:
    """The deputy declines or gives it back, or the office takes it back."""
    row = _open(stand_in)
    require(row.deputy_id == by.pk or covers(by, row.unit.path, Role(row.role)))
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    record("leave_stand_in.end", row, by=by, at=at)
    return row


def _open(stand_in: StandIn) -> StandIn:
    row = StandIn.objects.select_for_update().get(pk=stand_in.pk)
    if row.closed_at is not None:
        raise StandInError(_("这次委托已经终止。"))
    return row
