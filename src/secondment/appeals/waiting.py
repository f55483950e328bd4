"""Reviews and appeals that an office has to decide, and outcomes to sign for, as lines of the to-do list."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import DateField, Q, QuerySet, Value
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.appeals.choices import AppealState
from secondment.appeals.models import Appeal
from secondment.appeals.services.filing import page_of
from secondment.obligations.waiting import Source, Waiting, add_source, due_status, due_words


def to_decide(user: User, on: dt.date) -> QuerySet[Any]:
    """Open ones of the account's offices that it may decide: not those whose result it recorded or checked."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    own = (
        Q(grade__decision__recorded_by=user.pk)
        | Q(grade__decision__confirmed_by=user.pk)
        | Q(previous__decided_by=user.pk, previous__isnull=False)
        | Q(grade__evaluation__person__account=user.pk)
    )
    rows = Appeal.objects.filter(under("office__path", paths), state=AppealState.OPEN)
    return rows.exclude(pk__in=rows.filter(own).values("pk")).annotate(today=Value(on, DateField()))


def lines_of(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line for each."""
    named = rows.select_related("office", "grade__evaluation__person")
    for one in named.order_by("due_on", "pk"):
        person = one.grade.evaluation.person.name
        yield Waiting(
            title=_("办理%(person)s同志的%(kind)s申请") % {"person": person, "kind": one.get_kind_display()},
            path=page_of(one),
            unit=one.office.name,
            basis=_("《公务员法》第九十五条"),
            due_on=one.due_on,
            state=due_words(one.due_on, one.today),
            status=due_status(one.due_on, one.today),
        )


add_source(Source(to_decide, lines_of, (Role.ORGANISATION_DEPARTMENT,)))
