"""The leave form (F7) on paper, where an office signs or stamps it."""

from operator import attrgetter
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import in_units, paths_of
from secondment.documents.papers import PaperKind, add_kind
from secondment.leave.choices import LeaveState
from secondment.leave.models import LeaveRequest
from secondment.placements.models import Placement

DEPARTMENT = Role.ORGANISATION_DEPARTMENT


def _visible_to(user: User) -> QuerySet[LeaveRequest]:
    """Those whose reason the account may read (`rules.may_read_reason`): the paper names it."""
    readers = in_units("host_unit", paths_of(user, Role.HOST_UNIT, DEPARTMENT))
    readers |= in_units("home_unit", paths_of(user, Role.HOME_UNIT, DEPARTMENT))
    readers |= in_units("owner_unit", paths_of(user, DEPARTMENT)) | Q(person__account=user)
    rows = LeaveRequest.objects.filter(placement__in=Placement.objects.filter(readers).values("pk"))
    return rows.select_related("placement__person", "placement__host_unit")


def _key(request: Any) -> int | None:
    return None if request.state == LeaveState.WITHDRAWN else request.pk


LEAVE = add_kind(
    PaperKind(
        code="F7",
        title=_("请假单"),
        visible_to=_visible_to,
        office_of=attrgetter("placement.host_unit"),
        roles=frozenset({Role.HOST_UNIT, DEPARTMENT}),
        subject_of=lambda request: f"{request.placement.person.name}，{request.starts_on}起",
        page_of=lambda _user, request: reverse("leave:leave_detail", args=[request.pk]),
        key_of=_key,
    )
)
