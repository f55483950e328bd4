"""Requests to decide on and returns to note down, as lines of the to-do list; the person on leave is never reminded."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import DateField, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import BUSINESS_ROLES, Role
from secondment.accounts.models import User
from secondment.leave.models import LeaveRequest
from secondment.leave.queries import returns_due, steps_waiting
from secondment.leave.words import days_words, span_words
from secondment.obligations.waiting import Source, Waiting, add_source, due_status, due_words


def to_decide(user: User, on: dt.date) -> QuerySet[Any]:
    """Steps whose turn it is."""
    rows = steps_waiting(user, on).select_related("unit", "request__placement__person")
    return rows.annotate(today=Value(on, DateField())).order_by("request__starts_on", "pk")


def lines_of_steps(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line for each, due before the leave begins."""
    for one in rows:
        request = one.request
        words = _("%(name)s请%(type)s %(days)s 天（%(span)s），请审批")
        yield Waiting(
            title=words
            % {
                "name": request.placement.person.name,
                "type": request.get_type_display(),
                "days": days_words(request.half_days),
                "span": span_words(request.span),
            },
            path=_page(request),
            unit=one.unit.name,
            basis=_("挂职项目设定的请假审批层级"),
            due_on=request.starts_on,
            state=due_words(request.starts_on, one.today),
            status=due_status(request.starts_on, one.today),
        )


def to_note_down(user: User, on: dt.date) -> QuerySet[Any]:
    """Leave that is over."""
    rows = returns_due(user, on).select_related("placement__person", "placement__host_unit")
    return rows.annotate(today=Value(on, DateField())).order_by("ends_on", "pk")


def lines_of_returns(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line for each, due on the day that the person is due."""
    for one in rows:
        due_on = one.due_back.day
        yield Waiting(
            title=_("%(name)s请假期满，请销假") % {"name": one.placement.person.name},
            path=_page(one),
            unit=one.placement.host_unit.name,
            due_on=due_on,
            state=due_words(due_on, one.today),
            status=due_status(due_on, one.today),
        )


def _page(request: LeaveRequest) -> str:
    return reverse("leave:leave_detail", args=[request.pk])


add_source(Source(to_decide, lines_of_steps, BUSINESS_ROLES))  # any of them may stand in for an office
add_source(Source(to_note_down, lines_of_returns, (Role.HOST_UNIT, Role.ORGANISATION_DEPARTMENT)))
