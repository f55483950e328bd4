"""Duties about placements: whose office each party is, in which term they are owed, and by which programme."""

import datetime as dt
from collections.abc import Callable, Collection
from typing import Any

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.obligations.duties import Duty, Records, Subjects
from secondment.obligations.periods import Period
from secondment.obligations.rhythms import Rhythm
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.parameters import escalation_days
from secondment.units.models import Unit

BEGAN = (PlacementState.IN_POST, PlacementState.ENDED)
OFFICES = (Role.HOST_UNIT, Role.HOME_UNIT)
"""Whose late duties the organisation department in charge sees to as well."""
UNITS: dict[Role, str] = {
    Role.HOST_UNIT: "host_unit",
    Role.HOME_UNIT: "home_unit",
    Role.ORGANISATION_DEPARTMENT: "owner_unit",
    Role.SECONDEE: "home_unit",
}


def first_day_of(placement: Placement) -> dt.date:
    """The first day in post: of the term, or of the report for duty where that was later."""
    return max(placement.starts_on, placement.reported_on or placement.starts_on)


def term_of(placement: Placement) -> Period | None:
    """The term in which something is owed; None for one that never began, or that ended before it did."""
    starts_on = first_day_of(placement)
    began = placement.state in BEGAN and starts_on < placement.ends_on
    return Period(starts_on, placement.ends_on) if began else None


def _current(since: dt.date, on: dt.date) -> QuerySet[Placement]:
    return Placement.objects.filter(Q(state__in=BEGAN), starts_on__lte=on, ends_on__gt=since)


def _rows(keys: Collection[int]) -> QuerySet[Placement]:
    return Placement.objects.filter(pk__in=keys).select_related(
        "person__account", "host_unit", "home_unit", "owner_unit", "programme_version__programme"
    )


def _name() -> Subquery:
    """The secondee's name, beside an obligation."""
    key = Cast(OuterRef("subject_id"), BigIntegerField())
    return Subquery(Placement.objects.filter(pk=key).values("person__name")[:1])


PLACEMENTS = Subjects(
    type="placements.placement",
    current=_current,
    rows=_rows,
    term=term_of,
    not_before=lambda placement: placement.recorded_on,
    manager=lambda placement: placement.owner_unit,
    name=_name,
)


def placement_duty(
    kind: str,
    *,
    label: Promise,
    title: str,
    role: Role,
    rhythm: Rhythm,
    page: Callable[[Period], str] | None = None,
    records: Records | None = None,
    **others: Any,
) -> Duty:
    """A duty of one party of a placement towards the organisation department that answers for it.

    `others` are fields of `Duty`. Without a page it is done on the page of the placement.
    """
    own = {} if page else {"own_page": page_of}
    return Duty(
        kind=kind,
        label=label,
        title=title,
        role=role,
        rhythm=rhythm,
        records=records,
        page=page or (lambda _period: reverse("placements:placement_list")),
        **{**usual_of(role), **own, **others},
    )


def usual_of(role: Role) -> dict[str, Any]:
    """What duties of a party about placements have in common, as fields of `Duty`."""
    return {
        "subjects": PLACEMENTS,
        "unit_of": lambda placement: _unit(placement, role),
        "creditor_of": lambda placement: placement.owner_unit.name,
        "basis_of": lambda placement: placement.programme_version.programme.name,
        "parts": lambda placement: {"person": placement.person.name},
        "escalates_after": escalation_days if role in OFFICES else _nobody,
        "account_of": _account if role == Role.SECONDEE else _nobody,
    }


def _unit(placement: Placement, role: Role) -> Unit:
    unit: Unit = getattr(placement, UNITS[role])
    return unit


def page_of(placement: Placement) -> str:
    """Where its panels are."""
    return reverse("placements:placement_detail", args=[placement.pk])


def _account(placement: Placement) -> User | None:
    return placement.person.account


def _nobody(_placement: Placement) -> None:
    return None
