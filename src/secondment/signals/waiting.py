"""Signs as lines of to-do lists: of the office that is asked, and of the department in charge that decides.

Nobody is reminded of a sign about themselves: a person is sent one message, and may answer.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.obligations.waiting import Source, Waiting, add_source, due_status, due_words
from secondment.signals.queries import waiting_for_answer, waiting_for_decision, with_names
from secondment.signals.rules import OFFICES
from secondment.signals.words import title_of


def to_answer(user: User, on: dt.date) -> QuerySet[Any]:
    """Questions to the account's offices."""
    return with_names(waiting_for_answer(user), on).order_by("due_on", "pk")


def lines_to_answer(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line for each."""
    for one in rows:
        yield Waiting(
            title=_("说明预警提示：%(person)s（%(sign)s）")
            % {"person": one.placement.person.name, "sign": title_of(one)},
            path=reverse("signals:sign_detail", args=[one.pk]),
            unit=one.unit.name,
            creditor=one.placement.owner_unit.name,
            due_on=one.due_on,
            state=due_words(one.due_on, one.today),
            status=due_status(one.due_on, one.today),
        )


def to_decide(user: User, on: dt.date) -> QuerySet[Any]:
    """Answers that wait for the department in charge."""
    return with_names(waiting_for_decision(user), on).order_by("answered_on", "pk")


def lines_to_decide(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line for each, without a day: nothing falls due by it."""
    for one in rows:
        yield Waiting(
            title=_("单位已说明预警提示：%(person)s（%(sign)s）")
            % {"person": one.placement.person.name, "sign": title_of(one)},
            path=reverse("signals:sign_detail", args=[one.pk]),
            unit=one.placement.owner_unit.name,
        )


add_source(Source(to_answer, lines_to_answer, OFFICES))
add_source(Source(to_decide, lines_to_decide, (Role.ORGANISATION_DEPARTMENT,)))
