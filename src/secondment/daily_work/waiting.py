"""What cycles ask for, as lines of the to-do list: one line for a period, however many people it is about."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, DateField, Max, QuerySet, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import has_role
from secondment.daily_work.cycles import BY_KIND
from secondment.obligations.models import Obligation
from secondment.obligations.periods import Period
from secondment.obligations.queries import periodic_of
from secondment.obligations.waiting import Source, Waiting, add_source, due_status, due_words

GROUPS = ("kind", "period_starts_on", "period_ends_on", "due_on", "today")


def records_owed(user: User, on: dt.date) -> QuerySet[Any]:
    """What the account's offices owe, the people of one period together."""
    if not has_role(user, Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT):
        return Obligation.objects.none()
    rows = periodic_of(user).filter(kind__in=BY_KIND).order_by("due_on", "kind", "period_ends_on")
    grouped = rows.annotate(today=Value(on, DateField())).values(*GROUPS)
    counted: QuerySet[Any] = grouped.annotate(
        n=Count("pk"), n_units=Count("unit", distinct=True), unit_name=Max("unit__name")
    )
    return counted


def lines_of(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line says what, for how many, and leads to the page where one submission hands in all."""
    for row in rows:
        cycle = BY_KIND[row["kind"]]
        period = Period(row["period_starts_on"], row["period_ends_on"])
        words = ngettext("%(what)s：%(n)d 人未报", "%(what)s：%(n)d 人未报", row["n"])
        n_units = row["n_units"]
        units = ngettext("%(n)d 个单位", "%(n)d 个单位", n_units) % {"n": n_units}
        yield Waiting(
            title=words % {"what": cycle.title_of(period), "n": row["n"]},
            path=cycle.path_of(period.ends_on),
            unit=row["unit_name"] if n_units == 1 else units,
            basis=_("挂职项目设定的周期"),
            due_on=row["due_on"],
            state=due_words(row["due_on"], row["today"]),
            status=due_status(row["due_on"], row["today"]),
        )


add_source(Source(records_owed, lines_of))
