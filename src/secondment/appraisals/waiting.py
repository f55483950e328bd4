"""Lists that units are asked for, and appraisals to be led on, as lines of the to-do list."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import DateField, Exists, OuterRef, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.appraisals.choices import AppraisalState
from secondment.appraisals.models import Appraisal
from secondment.appraisals.queries import papers_asked_of
from secondment.appraisals.rules import DEPARTMENT
from secondment.obligations.waiting import Source, Waiting, add_source, due_status, due_words


def lists_asked(user: User, on: dt.date) -> QuerySet[Any]:
    """Appraisals for which units of the account still owe a list; one line each, however many lists."""
    owed = papers_asked_of(user).filter(handed_in_on=None, appraisal=OuterRef("pk"))
    rows = Appraisal.objects.filter(Exists(owed), state=AppraisalState.DRAFT, rosters_by__isnull=False)
    named = Subquery(owed.order_by("unit__path").values("unit__name")[:1])
    return rows.select_related("owner_unit").annotate(asked_unit=named, today=Value(on, DateField()))


def lines_of_lists(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line for each appraisal."""
    for one in rows:
        yield Waiting(
            title=_("报送参评人员名单：%(name)s") % {"name": one.name},
            path=reverse("appraisals:appraisal_detail", args=[one.pk]),
            unit=one.asked_unit,
            creditor=one.owner_unit.name,
            due_on=one.rosters_by,
            state=due_words(one.rosters_by, one.today),
            status=due_status(one.rosters_by, one.today),
        )


STEPS = (AppraisalState.DRAFT, AppraisalState.FROZEN, AppraisalState.OPEN)


def to_lead_on(user: User, on: dt.date) -> QuerySet[Any]:
    """Appraisals of the department whose day has come: lists are locked, then voted on, then the box is sealed."""
    mine = Appraisal.objects.filter(under("owner_unit__path", paths_of(user, DEPARTMENT)))
    begun = mine.filter(state__in=STEPS, held_on__lte=on)
    return begun.select_related("owner_unit").annotate(today=Value(on, DateField()))


def lines_of_steps(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line for each: which step is next; while people vote, that they do."""
    titles = {
        AppraisalState.DRAFT: _("锁定名单：%(name)s"),
        AppraisalState.FROZEN: _("开始投票：%(name)s"),
        AppraisalState.OPEN: _("正在投票，投完封存票箱：%(name)s"),
    }
    over = _("封存票箱：%(name)s")
    voting = "appraisals:voting"
    pages = {
        AppraisalState.DRAFT: "appraisals:appraisal_detail",
        AppraisalState.FROZEN: voting,
        AppraisalState.OPEN: voting,
    }
    for one in rows:
        day = one.closes_on if one.state == AppraisalState.OPEN else one.held_on
        title = (
            over
            if one.state == AppraisalState.OPEN and day < one.today
            else titles[AppraisalState(one.state)]
        )
        yield Waiting(
            title=title % {"name": one.name},
            path=reverse(pages[AppraisalState(one.state)], args=[one.pk]),
            unit=one.owner_unit.name,
            due_on=day,
            state=due_words(day, one.today),
            status=due_status(day, one.today),
        )


add_source(Source(lists_asked, lines_of_lists, (Role.HOST_UNIT, Role.HOME_UNIT)))
add_source(Source(to_lead_on, lines_of_steps, (DEPARTMENT,)))
