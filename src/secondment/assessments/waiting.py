"""What waits in yearly assessments, as lines of the to-do list: counted by office, one line a year and step."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Count, DateField, F, Q, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.assessments.choices import READY, DecisionState, Side
from secondment.assessments.models import Evaluation, GradeDecision
from secondment.assessments.queries import with_stage
from secondment.assessments.rules import ROLE_OF
from secondment.common.sentences import joined_sentences
from secondment.obligations.waiting import Source, Waiting, add_source, due_status, due_words

UNIT_OF = {Side.HOST: "placement__host_unit", Side.HOME: "placement__home_unit"}
IS_CHANGED = ~Q(changes=[])


def opinions_owed(side: Side, user: User, on: dt.date) -> QuerySet[Any]:
    """People of the account's own units about whom this side has said nothing, by unit and year."""
    unit, paths = UNIT_OF[side], paths_of(user, ROLE_OF[side])
    rows = with_stage(Evaluation.objects.filter(under(f"{unit}__path", paths)), is_inside=False)
    owed = rows.filter(**{f"{side}_grade": ""}, last_state="").order_by()
    named = owed.annotate(
        unit_name=F(f"{unit}__name"),
        due_on=F("register__opinions_by"),
        today=Value(on, output_field=DateField()),
    )
    grouped: QuerySet[Any] = named.values("register", "year", "unit_name", "due_on", "today")
    counted: QuerySet[Any] = grouped.annotate(n=Count("pk"))
    return counted


def opinion_lines(side: Side, rows: QuerySet[Any]) -> Iterator[Waiting]:
    """One line a unit and year."""
    for row in rows.order_by("due_on", "unit_name"):
        words = ngettext(
            "填报 %(n)d 名挂职干部的年度考核意见", "填报 %(n)d 名挂职干部的年度考核意见", row["n"]
        )
        yield Waiting(
            title=words % {"n": row["n"]},
            path=_register(row["register"], f"missing={side}"),
            unit=row["unit_name"],
            basis=_("%(year)d 年度考核") % {"year": row["year"]},
            due_on=row["due_on"],
            state=due_words(row["due_on"], row["today"]),
            status=due_status(row["due_on"], row["today"]),
        )


def years_to_decide(user: User, _on: dt.date) -> QuerySet[Any]:
    """Years of the department in which somebody waits for a grade or for a second look."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    rows = with_stage(Evaluation.objects.filter(under("register__owner_unit__path", paths)))
    waiting = rows.filter(Q(stage=READY) | IS_CHANGED).order_by()
    years: QuerySet[Any] = waiting.values("register", "year", unit_name=F("register__owner_unit__name"))
    counted: QuerySet[Any] = years.annotate(
        n_ready=Count("pk", filter=Q(stage=READY)), n_changed=Count("pk", filter=IS_CHANGED)
    )
    return counted


def year_lines(rows: QuerySet[Any]) -> Iterator[Waiting]:
    """One line a register, which says how many wait for what."""
    for row in rows.order_by("-year", "unit_name"):
        parts, n_ready, n_changed = [], row["n_ready"], row["n_changed"]
        if n_ready:
            parts.append(ngettext("%(n)d 人待决定等次", "%(n)d 人待决定等次", n_ready) % {"n": n_ready})
        if n_changed:
            parts.append(ngettext("%(n)d 人需重新核对", "%(n)d 人需重新核对", n_changed) % {"n": n_changed})
        yield Waiting(
            title=_("%(year)d 年度考核：%(what)s") % {"year": row["year"], "what": joined_sentences(parts)},
            path=_register(row["register"], f"stage={READY}" if n_ready else "changed=yes"),
            unit=row["unit_name"],
        )


def decisions_to_move(user: User, on: dt.date) -> QuerySet[GradeDecision]:
    """Decisions that wait for the check of another account, for their posting, or to come into force."""
    paths = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    rows = GradeDecision.objects.filter(under("register__owner_unit__path", paths))
    unchecked = Q(state=DecisionState.RECORDED) & ~Q(recorded_by=user.pk)
    posted = Q(state=DecisionState.POSTED, posted_until__lt=on)
    return rows.filter(unchecked | Q(state=DecisionState.CONFIRMED) | posted)


def decision_lines(rows: QuerySet[GradeDecision]) -> Iterator[Waiting]:
    """The next step of each decision."""
    words = {
        DecisionState.RECORDED: _("复核等次决定 %(number)s"),
        DecisionState.CONFIRMED: _("公示或公布等次决定 %(number)s"),
        DecisionState.POSTED: _("公示期满，公布等次决定 %(number)s"),
    }
    for one in rows.select_related("register__owner_unit").order_by("decided_on", "pk"):
        yield Waiting(
            title=words[DecisionState(one.state)] % {"number": one.number},
            path=reverse("assessments:decision_detail", args=[one.pk]),
            unit=one.register.owner_unit.name,
            basis=str(one.register),
            due_on=one.posted_until,
        )


for _side in Side:
    add_source(Source(partial(opinions_owed, _side), partial(opinion_lines, _side)))
add_source(Source(years_to_decide, year_lines))
add_source(Source(decisions_to_move, decision_lines))


def _register(pk: int, query: str) -> str:
    return f"{reverse('assessments:register_detail', args=[pk])}?{query}"
