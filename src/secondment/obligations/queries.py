"""To-do lists: open obligations of an account, most urgent first."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import (
    Case,
    CharField,
    Exists,
    Model,
    Q,
    QuerySet,
    Value,
    When,
)

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.queries import holders
from secondment.accounts.scopes import grants, in_units, paths_of
from secondment.obligations.duties import DUTIES
from secondment.obligations.models import CalendarFeed, Obligation, ObligationState


def todo_of(user: User) -> QuerySet[Obligation]:
    """Open obligations of the account itself, or of a role it holds at or above the unit that owes."""
    mine = Q(account=user) | _of_offices(user)
    open_rows = Obligation.objects.filter(mine, state=ObligationState.OPEN, period_ends_on=None)
    return open_rows.select_related("unit")


def periodic_of(user: User, on: dt.date) -> QuerySet[Obligation]:
    """What duties ask for by now and is open: of the account and its offices, and to the organisation department in charge
    what is late for too long and what offices without an account owe."""
    mine = Q(account=user) | _of_offices(user)
    managed = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    if managed:
        nobody_else = ~Q(Exists(holders())) | ~Q(escalated_on=None)
        mine |= in_units("manager", managed) & Q(account=None) & nobody_else
    begun = Q(opens_on=None) | Q(opens_on__lte=on)
    return Obligation.objects.filter(mine, begun, state=ObligationState.OPEN).exclude(period_ends_on=None)


def visible_to(user: User) -> QuerySet[Obligation]:
    """What duties asked for, in whatever state: of the account and its offices, and what its organisation department or
    leaders oversee."""
    overseen = paths_of(user, Role.ORGANISATION_DEPARTMENT, Role.LEADER)
    mine = Q(account=user) | _of_offices(user)
    mine |= (in_units("manager", overseen) | in_units("unit", overseen)) & Q(account=None)
    rows = Obligation.objects.filter(mine).exclude(period_ends_on=None)
    kinds = {duty.subjects.type: duty.subjects for duty in DUTIES.values()}
    names = [When(subject_type=name, then=kind.name()) for name, kind in kinds.items()]
    rows = rows.annotate(
        about=Case(*names, default=Value(""), output_field=CharField()),
        is_closed=Case(When(state=ObligationState.OPEN, then=Value(0)), default=Value(1)),
    )
    return rows.select_related("unit", "manager", "excused_by")


def _of_offices(user: User) -> Q:
    mine = Q(pk__in=[])
    for role, path in grants(user):
        if role == Role.SECONDEE:
            continue  # owes by name, not as an office
        mine |= Q(account=None, role=role, unit__path__startswith=path)
    return mine


def owed_about(subject: Model) -> QuerySet[Obligation]:
    """Obligations about `subject`, whoever owes them and whether met or not, the first due first."""
    return Obligation.objects.filter(
        subject_type=subject._meta.label_lower,  # noqa: SLF001 -- Django's documented name
        subject_id=str(subject.pk),
    ).order_by("due_on", "pk")


def open_about(subject: Model) -> QuerySet[Obligation]:
    """What is still owed about `subject`, for its page."""
    return owed_about(subject).filter(state=ObligationState.OPEN)


def open_of_kind(kind: str, model: type[Model], keys: Iterable[int]) -> QuerySet[Obligation]:
    """What of this kind is still owed about these rows of a model."""
    return Obligation.objects.filter(
        kind=kind,
        subject_type=model._meta.label_lower,  # noqa: SLF001 -- Django's documented name
        subject_id__in=[str(key) for key in keys],
        state=ObligationState.OPEN,
    ).order_by("due_on", "pk")


def feed_of(user: User) -> CalendarFeed | None:
    """The calendar that the account has made of its to-do list."""
    return CalendarFeed.objects.filter(account=user).first()
