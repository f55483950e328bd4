"""Signs as lines of to-do lists: of the office that is asked, and of the department in charge that decides.

A line is a kind of sign with its number and names nobody: reading one is an act of its own, and leaves an event. Nobody is
reminded of a sign about themselves: a person is sent one message, and may answer.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, DateField, Min, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.obligations.waiting import Source, Waiting, add_source, due_status, due_words
from secondment.signals.choices import SignState
from secondment.signals.models import EarlySign
from secondment.signals.queries import waiting_for_answer, waiting_for_decision
from secondment.signals.rules import OFFICES
from secondment.signals.words import title_of


def to_answer(user: User, on: dt.date) -> QuerySet[Any]:
    """Questions to the account's offices, by kind."""
    rows: QuerySet[Any] = _by_kind(waiting_for_answer(user)).annotate(due=Min("due_on"))
    dated: QuerySet[Any] = rows.annotate(today=Value(on, DateField())).order_by("due", "code")
    return dated


def lines_to_answer(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line for each kind, with the first day."""
    for one in rows:
        yield Waiting(
            title=_("说明预警提示“%(sign)s”（%(n)s 条）") % {"sign": title_of(one["code"]), "n": one["n"]},
            path=_page(one, SignState.ASKED),
            unit=one["office"],
            due_on=one["due"],
            state=due_words(one["due"], one["today"]),
            status=due_status(one["due"], one["today"]),
        )


def to_decide(user: User, on: dt.date) -> QuerySet[Any]:  # noqa: ARG001 -- a source is asked with the day
    """Answers that wait for the department in charge, by kind."""
    return _by_kind(waiting_for_decision(user)).order_by("code")


def lines_to_decide(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line for each kind, without a day: nothing falls due by it."""
    for one in rows:
        title = _("单位已说明预警提示“%(sign)s”（%(n)s 条），请研究") % {
            "sign": title_of(one["code"]),
            "n": one["n"],
        }
        yield Waiting(title=title, path=_page(one, SignState.ANSWERED), unit=one["office"])


def _by_kind(rows: QuerySet[EarlySign]) -> QuerySet[Any]:
    kinds = rows.order_by().values("code")
    grouped: QuerySet[Any] = kinds.annotate(n=Count("pk"), first=Min("pk"), office=Min("unit__name"))
    return grouped


def _page(one: dict[str, Any], state: SignState) -> str:
    """The sign where there is one, else the list of them."""
    if one["n"] == 1:
        return reverse("signals:sign_detail", args=[one["first"]])
    holds = {"holds": "yes"} if state == SignState.ASKED else {}
    return f"{reverse('signals:sign_list')}?{urlencode({'code': one['code'], 'state': state.value, **holds})}"


add_source(Source(to_answer, lines_to_answer, OFFICES))
add_source(Source(to_decide, lines_to_decide, (Role.ORGANISATION_DEPARTMENT,)))
