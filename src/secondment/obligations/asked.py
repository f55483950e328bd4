"""What duties ask for, as lines of the to-do list: one line for a period, however many people it is about."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Case, Count, DateField, F, Max, Min, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.obligations.duties import DUTIES, Duty
from secondment.obligations.periods import Period
from secondment.obligations.queries import periodic_of
from secondment.obligations.waiting import Source, Waiting, add_source, due_status, due_words

GROUPS = ("kind", "shared_from", "shared_until", "shared_due", "today")


def asked_of(user: User, on: dt.date) -> QuerySet[Any]:
    """What the account's offices owe, the people of one period together; what has no common period, of one kind together."""
    shared = [kind for kind, duty in DUTIES.items() if duty.rhythm.is_shared]
    rows = periodic_of(user, on).filter(kind__in=DUTIES)
    grouped = rows.annotate(
        today=Value(on, DateField()),
        shared_from=_if_shared(shared, "period_starts_on"),
        shared_until=_if_shared(shared, "period_ends_on"),
        shared_due=_if_shared(shared, "due_on"),
    ).values(*GROUPS)
    counted: QuerySet[Any] = grouped.annotate(
        n=Count("pk"),
        n_units=Count("unit", distinct=True),
        unit_name=Max("unit__name"),
        first_due_on=Min("due_on"),
        first=Min("pk"),
        starts_on=Min("period_starts_on"),
        ends_on=Max("period_ends_on"),
        own_path=Max("path"),
    )
    return counted.order_by("first_due_on", "kind", "shared_until")


def lines_of(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """A line says what, for how many, and leads to the page where it is done."""
    for row in rows:
        duty = DUTIES[row["kind"]]
        n_units = row["n_units"]
        units = ngettext("%(n)d 个单位", "%(n)d 个单位", n_units) % {"n": n_units}
        due_on = row["first_due_on"]
        yield Waiting(
            title=_title(duty, row),
            path=_path(duty, row),
            unit=row["unit_name"] if n_units == 1 else units,
            basis=_("挂职项目设定的周期"),
            due_on=due_on,
            state=due_words(due_on, row["today"]),
            status=due_status(due_on, row["today"]),
        )


def _if_shared(kinds: list[str], field: str) -> Case:
    return Case(When(kind__in=kinds, then=F(field)), default=None, output_field=DateField())


def _title(duty: Duty, row: Any) -> str:
    """Offices are told for how many; a secondee owes for nobody else."""
    what = duty.title_for_all(Period(row["starts_on"], row["ends_on"]))
    if duty.role == Role.SECONDEE:
        return what
    if duty.records is None:
        words = ngettext("%(what)s：%(n)d 人未报", "%(what)s：%(n)d 人未报", row["n"])
    else:
        words = ngettext("%(what)s：%(n)d 人待办", "%(what)s：%(n)d 人待办", row["n"])
    return words % {"what": what, "n": row["n"]}


def _path(duty: Duty, row: Any) -> str:
    """The subject's own page where there is one only."""
    if row["n"] == 1:
        return str(row["own_path"])
    return duty.page(Period(row["starts_on"], row["ends_on"]))


add_source(Source(asked_of, lines_of))
