"""What a user sees of early signs, and what waits for whom."""

import datetime as dt
from typing import Any

from django.db.models import DateField, Exists, Q, QuerySet, Value

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import holders
from secondment.accounts.scopes import grants, has_role, in_units, paths_of
from secondment.placements.models import Placement
from secondment.signals.choices import SignState
from secondment.signals.models import EarlySign, Rehearsal, Tally

DEPARTMENT = Role.ORGANISATION_DEPARTMENT


def visible_to(user: User) -> QuerySet[EarlySign]:
    """Signs put to one's offices; those of one's department's placements; once the person has been shown them, also those
    of the other office and one's own. Leaders, inspectors and administrators see none."""
    seen = _asked(user) | Q(placement__in=_placements(in_units("owner_unit", paths_of(user, DEPARTMENT))))
    seen |= Q(placement__in=_placements(in_units("host_unit", paths_of(user, DEPARTMENT))))
    sides = in_units("host_unit", paths_of(user, Role.HOST_UNIT))
    sides |= in_units("home_unit", paths_of(user, Role.HOME_UNIT))
    if has_role(user, Role.SECONDEE):
        sides |= Q(person__account=user)
    seen |= Q(placement__in=_placements(sides), shown_on__isnull=False)
    return EarlySign.objects.filter(seen)


def with_names(signs: QuerySet[EarlySign], on: dt.date) -> QuerySet[Any]:
    """Signs with everything that lists and pages name."""
    related = ("placement__person", "placement__host_unit", "placement__home_unit", "placement__owner_unit")
    named: QuerySet[Any] = signs.select_related("unit", *related).annotate(today=Value(on, DateField()))
    return named


def waiting_for_answer(user: User) -> QuerySet[EarlySign]:
    """Signs that the account's offices are to answer; of the department in charge as well, while nobody can sign in for the
    office. What no longer holds is not asked any more, and nobody is asked about themselves."""
    managed = Q(placement__in=_placements(in_units("owner_unit", paths_of(user, DEPARTMENT))))
    rows = EarlySign.objects.filter(_asked(user) | (managed & ~Q(Exists(holders()))))
    return rows.filter(state=SignState.ASKED, holds=True).exclude(placement__person__account=user)


def waiting_for_decision(user: User) -> QuerySet[EarlySign]:
    """Signs that an office has answered: the department in charge closes them or shows them to the person."""
    managed = Q(placement__in=_placements(in_units("owner_unit", paths_of(user, DEPARTMENT))))
    rows = EarlySign.objects.filter(managed, state=SignState.ANSWERED)
    return rows.exclude(placement__person__account=user)


def tallies_of(user: User) -> QuerySet[Tally]:
    """Counts of the account's departments."""
    return Tally.objects.filter(in_units("unit", paths_of(user, DEPARTMENT)))


def rehearsals_of(user: User) -> QuerySet[Rehearsal]:
    """Trials of thresholds of the account's departments."""
    return Rehearsal.objects.filter(in_units("unit", paths_of(user, DEPARTMENT))).select_related("unit", "by")


def _asked(user: User) -> Q:
    mine = Q(pk__in=[])
    for role, path in grants(user):
        mine |= Q(role=role, unit__path__startswith=path)
    return mine


def _placements(condition: Q) -> QuerySet[Placement]:
    keys: QuerySet[Placement] = Placement.objects.filter(condition).order_by().values("pk")  # type: ignore[assignment]
    return keys
