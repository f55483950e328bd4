"""Who reads which letter, what a user sees of letters, and which wait for whom."""

import datetime as dt
from typing import Any

from django.db.models import Count, DateField, F, Q, QuerySet, Value

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers, grants, paths_of, under
from secondment.talks.choices import SuggestionState
from secondment.talks.models import Suggestion

DEPARTMENT = Role.ORGANISATION_DEPARTMENT


def visible_to(user: User) -> QuerySet[Suggestion]:
    """One's own, those addressed to one's offices, and to offices below one's department (of discipline: that they are)."""
    below = under("unit__path", paths_of(user, DEPARTMENT))
    return Suggestion.objects.filter(Q(sent_by=user) | (_addressed(user) | below) & _not_about(user))


def with_names(letters: QuerySet[Suggestion], user: User, on: dt.date) -> QuerySet[Any]:
    """Letters with what lists name, the reader's own ones marked."""
    named: QuerySet[Any] = letters.select_related("unit", "sent_by", "about__person").annotate(
        today=Value(on, DateField()), is_open=Q(pk__in=readable_by(user).values("pk"))
    )
    return named


def readable_by(user: User) -> QuerySet[Suggestion]:
    """Letters of which the account reads more than that they exist."""
    below = under("unit__path", paths_of(user, DEPARTMENT)) & ~Q(role=Role.INSPECTOR)
    return Suggestion.objects.filter(Q(sent_by=user) | (_addressed(user) | below) & _not_about(user))


def may_read(user: User, letter: Suggestion) -> bool:
    """The sender, the office addressed, and the organisation department above it; of discipline letters no department."""
    return letter.sent_by_id == user.pk or may_answer(user, letter)


def may_answer(user: User, letter: Suggestion) -> bool:
    """The office addressed or the organisation department above it; to discipline that very office; nobody who wrote
    it or whom it is about."""
    if letter.sent_by_id == user.pk or _is_about(user, letter):
        return False
    if letter.is_for_discipline:
        return (Role.INSPECTOR, letter.unit.path) in grants(user)
    return covers(user, letter.unit.path, Role(letter.role), DEPARTMENT)


def waiting_for_answer(user: User) -> QuerySet[Suggestion]:
    """Letters that the account's offices have yet to answer."""
    rows = Suggestion.objects.filter(_addressed(user), _not_about(user), state=SuggestionState.WAITING)
    return rows.exclude(sent_by=user)


def late_by_office(user: User, on: dt.date) -> list[tuple[str, int]]:
    """(Office, number) of letters that should have been answered, the most first."""
    rows = visible_to(user).filter(state=SuggestionState.WAITING, due_on__lt=on)
    counted = rows.order_by().values(name=F("unit__name")).annotate(n=Count("pk")).order_by("-n", "name")
    return [(one["name"], one["n"]) for one in counted]


def _is_about(user: User, letter: Suggestion) -> bool:
    return letter.about is not None and letter.about.person.account_id == user.pk


def _not_about(user: User) -> Q:
    """Not about the account's own placement: a clerk on secondment reads no complaint about themselves."""
    return Q(about=None) | ~Q(about__person__account=user)


def _addressed(user: User) -> Q:
    mine = Q(pk__in=[])
    for role, path in grants(user):
        exact = Q(role=role, unit__path=path)
        mine |= exact if role == Role.INSPECTOR else Q(role=role, unit__path__startswith=path)
    return mine
