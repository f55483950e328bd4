"""What a user sees of requests, and what the budgets have to bear."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField, Count, Q, QuerySet
from django.db.models.functions import Cast

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import grants, paths_of, under
from secondment.burden.choices import Verdict
from secondment.burden.cost import loads_of, minutes_by_role
from secondment.burden.models import FormReview, LetThrough, Request
from secondment.campaigns.models import ProgrammeVersion
from secondment.obligations.models import Obligation
from secondment.obligations.register import asked_forms
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.units.models import Unit

KIND = "burden.request"
SUBJECT = "burden.request"
YEAR = dt.timedelta(days=365)
SHOWN = 20
SIDES = {Role.HOST_UNIT: "host_unit", Role.HOME_UNIT: "home_unit"}


def offices_asked(owner: Unit, role: Role) -> QuerySet[Unit]:
    """The offices of a role at which, or from which, people of the department are in post."""
    rows = Placement.objects.filter(state=PlacementState.IN_POST, owner_unit__path__startswith=owner.path)
    return Unit.objects.filter(pk__in=rows.order_by().values(SIDES[role])).order_by("path")


def owed_by(user: User) -> QuerySet[Obligation]:
    """Requests that the account's offices were asked to answer, whatever became of them."""
    mine = Q(pk__in=[])
    for role, path in grants(user):
        mine |= Q(role=role, unit__path__startswith=path)
    return Obligation.objects.filter(mine, kind=KIND)


def visible_to(user: User) -> QuerySet[Any]:
    """Requests that the account's departments issued, or its offices were asked."""
    departments = under("owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT, Role.LEADER))
    asked = owed_by(user).annotate(key=Cast("subject_id", BigIntegerField())).values("key")
    rows = Request.objects.filter(departments | Q(pk__in=asked))
    return rows.select_related("owner_unit", "issued_by").annotate(n_answers=Count("answers"))


def asked_units(request: Request) -> list[int]:
    """The offices that were asked."""
    rows = Obligation.objects.filter(kind=KIND, subject_type=SUBJECT, subject_id=str(request.pk))
    return list(rows.order_by("unit__path").values_list("unit", flat=True))


def requested_minutes(owner: Unit, role: Role, on: dt.date) -> float:
    """What requests of the last year ask of one of these offices, whoever issued them: of the one that is asked most."""
    rows = Request.objects.filter(role=role, issued_at__date__gt=on - YEAR, issued_at__date__lte=on)
    minutes = {f"{pk}": one for pk, one in rows.values_list("pk", "minutes")}
    asked = Obligation.objects.filter(kind=KIND, role=role, subject_id__in=minutes)
    found: dict[int, float] = defaultdict(float)
    offices = offices_asked(owner, role).order_by().values("pk")
    for unit, key in asked.filter(unit__in=offices).values_list("unit", "subject_id"):
        found[unit] += minutes[key]
    return max(found.values(), default=0.0)


def versions_in_use() -> list[ProgrammeVersion]:
    """Versions under which somebody is in post."""
    used = Placement.objects.filter(state=PlacementState.IN_POST).order_by().values("programme_version")
    return list(
        ProgrammeVersion.objects.filter(pk__in=used)
        .select_related("programme")
        .order_by("programme", "number")
    )


def regular_minutes(versions: Iterable[ProgrammeVersion]) -> dict[Role, float]:
    """What the duties of a year ask about one secondee: of the programme that asks most."""
    most: dict[Role, float] = {}
    for version in versions:
        for role, minutes in minutes_by_role(loads_of(version.parameters)).items():
            most[role] = max(most.get(role, 0.0), minutes)
    return most


def abolished() -> dict[str, dt.date]:
    """Duty → the day on which its form was given up; the last word about a form counts."""
    found: dict[str, dt.date] = {}
    forms = asked_forms()
    rows = FormReview.objects.order_by("pk").values_list("code", "verdict", "decided_at__date")
    for code, verdict, day in rows:
        for kind in forms[code].duties if code in forms else ():
            if verdict == Verdict.ABOLISH:
                found[kind] = day
            else:
                found.pop(kind, None)
    return found


def reviews_of(code: str) -> QuerySet[FormReview]:
    """What was decided about a form, the last word first."""
    return FormReview.objects.filter(code=code).select_related("decided_by")


def let_through_lately() -> QuerySet[LetThrough]:
    """What was let through over the budget, the newest first: everybody reads it."""
    return LetThrough.objects.select_related("programme")[:SHOWN]


def offices_of(request: Request) -> QuerySet[Unit]:
    """The offices that were asked, in the order of the tree."""
    return Unit.objects.filter(pk__in=asked_units(request)).order_by("path")
