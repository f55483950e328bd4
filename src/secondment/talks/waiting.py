"""Items that follow from talks, and letters to answer, as lines of the to-do list of the office that sees to them."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import DateField, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.obligations.waiting import Source, Waiting, add_source, due_status, due_words
from secondment.talks import gatherings
from secondment.talks.choices import TALKERS, FollowUpState
from secondment.talks.letters import waiting_for_answer
from secondment.talks.queries import items_waiting


def items(user: User, on: dt.date) -> QuerySet[Any]:
    """Open items."""
    rows = items_waiting(user).select_related("unit", "talk__unit")
    return rows.annotate(today=Value(on, DateField())).order_by("due_on", "pk")


def lines_of_items(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line for each."""
    for one in rows:
        yield Waiting(
            title=_("谈话跟进：%(text)s") % {"text": one.text},
            path=reverse("talks:talk_detail", args=[one.talk_id]),
            unit=one.unit.name,
            creditor=one.talk.unit.name,
            due_on=one.due_on,
            state=due_words(one.due_on, one.today),
            status=due_status(one.due_on, one.today),
        )


def items_together(rows: QuerySet[Any], n: int) -> Waiting:
    """One line for many, due when the first of them is."""
    first = rows[0]
    n_units = rows.order_by().values("unit").distinct().count()
    return Waiting(
        title=ngettext("谈话跟进：%(n)d 件待办", "谈话跟进：%(n)d 件待办", n) % {"n": n},
        path=f"{reverse('talks:item_list')}?state={FollowUpState.OPEN}",
        unit=ngettext("%(n)d 个单位", "%(n)d 个单位", n_units) % {"n": n_units},
        due_on=first.due_on,
        state=due_words(first.due_on, first.today),
        status=due_status(first.due_on, first.today),
    )


def to_answer(user: User, on: dt.date) -> QuerySet[Any]:
    """Letters that wait for the account's offices."""
    rows = waiting_for_answer(user).select_related("unit")
    return rows.annotate(today=Value(on, DateField())).order_by("due_on", "pk")


def lines_of_letters(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line for each; it says nothing of the letter."""
    for one in rows:
        yield Waiting(
            title=_("答复一件意见建议"),
            path=reverse("talks:suggestion_detail", args=[one.pk]),
            unit=one.unit.name,
            due_on=one.due_on,
            state=due_words(one.due_on, one.today),
            status=due_status(one.due_on, one.today),
        )


def to_close(user: User, on: dt.date) -> QuerySet[Any]:
    """Trainings and meetings that are over, of which the organiser has not said who came."""
    return gatherings.to_close(user, on).order_by("ends_on", "pk")


def lines_of_gatherings(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line for each; nothing is late: it is one click."""
    for one in rows:
        yield Waiting(
            title=_("登记到会情况：%(title)s") % {"title": one.title},
            path=reverse("talks:attendance", args=[one.pk]),
            unit=one.unit.name,
        )


add_source(Source(to_close, lines_of_gatherings, TALKERS))
add_source(Source(to_answer, lines_of_letters, (*TALKERS, Role.INSPECTOR)))
add_source(Source(items, lines_of_items, TALKERS, items_together))
