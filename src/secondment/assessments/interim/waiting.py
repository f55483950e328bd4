"""Mid-term assessments that wait for the department, and special ones that are due, as lines of the to-do list."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import DateField, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.assessments.interim.choices import SpecialState
from secondment.assessments.interim.models import SpecialAssessment
from secondment.assessments.interim.queries import midterms_to_conclude
from secondment.obligations.waiting import Source, Waiting, add_source, due_status, due_words


def midterms(user: User, _on: dt.date) -> QuerySet[Any]:
    """People about whom the host has spoken and the department has not."""
    return midterms_to_conclude(user)


def midterm_lines(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """One line a person: the host's proposal is known when it is opened."""
    for one in rows:
        yield Waiting(
            title=_("对%(name)s同志提出中期评估建议") % {"name": one.person.name},
            path=reverse("assessments:midterm_detail", args=[one.pk]),
            unit=one.owner_unit.name,
            basis=one.programme_version.programme.name,
        )


def specials(user: User, on: dt.date) -> QuerySet[Any]:
    """Special assessments of the department that are open."""
    rows = SpecialAssessment.objects.filter(
        under("owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT)), state=SpecialState.OPEN
    )
    return rows.annotate(today=Value(on, DateField())).select_related("owner_unit").order_by("due_on", "pk")


def special_lines(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """One line each."""
    for one in rows:
        yield Waiting(
            title=_("完成专项考核“%(title)s”") % {"title": one.title},
            path=reverse("assessments:special_detail", args=[one.pk]),
            unit=one.owner_unit.name,
            basis=one.reason,
            due_on=one.due_on,
            state=due_words(one.due_on, one.today),
            status=due_status(one.due_on, one.today),
        )


add_source(Source(midterms, midterm_lines))
add_source(Source(specials, special_lines))
