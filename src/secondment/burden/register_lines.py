"""The lines of the list: each form with its minutes of a year by role, counted from the database, and who opened it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.audit.models import AuditEvent
from secondment.burden.cost import minutes_of
from secondment.burden.models import FormReview
from secondment.common.days import ONE_DAY
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.register import AskedForm, asked_forms

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Counted:
    """How often something was asked in a year, by how many people or offices, on how many occasions."""

    times: int = 0
    people: int = 0
    sittings: int = 0


@dataclass(frozen=True)
class Line:
    """A form in the list."""

    form: AskedForm
    by_role: Mapping[Role, Counted]
    n_read: int | None
    """How often it was opened in the year; None where nothing says so."""
    review: FormReview | None = None
    minutes: Mapping[Role, float] = field(init=False)

    def __post_init__(self) -> None:
        minutes = {role: minutes_of(self.form, one.times, one.sittings) for role, one in self.by_role.items()}
        object.__setattr__(self, "minutes", minutes)

    @property
    def pk(self) -> str:
        """Its code names it."""
        return self.form.code

    @property
    def times(self) -> int:
        """How often, by whoever it was."""
        return sum(one.times for one in self.by_role.values())

    @property
    def people(self) -> int:
        """By how many people or offices."""
        return sum(one.people for one in self.by_role.values())

    @property
    def total(self) -> float:
        """Minutes of everybody in the year."""
        return sum(self.minutes.values())

    @property
    def each(self) -> float:
        """Minutes of one record."""
        return minutes_of(self.form, 1, 1)

    @property
    def is_unread(self) -> bool:
        """Whether it was handed in and nobody opened it: to be given up, unless there is a reason."""
        return self.times > 0 and self.n_read == 0


def lines(on: dt.date) -> list[Line]:
    """Every form, in the order of its code; three queries whatever their number."""
    since = on - YEAR
    forms = list(asked_forms().values())
    owed = _owed(forms, since, on)
    acts = _events({action for one in forms for action in (*one.acts, *one.reads)}, since, on)
    reviews = {one.code: one for one in FormReview.objects.order_by("pk")}
    return [
        Line(one, _by_role(one, owed, acts), _n_read(one, acts), reviews.get(one.code))
        for one in sorted(forms, key=lambda one: one.code)
    ]


def _by_role(
    form: AskedForm, owed: Mapping[str, tuple[Role, Counted]], acts: Mapping[str, Counted]
) -> dict[Role, Counted]:
    """By what duties asked for; where no duty did, by what was done, for the role that does it."""
    found: dict[Role, Counted] = {}
    for role, one in (owed[kind] for kind in form.duties if kind in owed):
        found[role] = _sum(found.get(role, Counted()), one)
    done = [acts[action] for action in form.acts if action in acts]
    return found or ({form.role: reduce(_sum, done)} if done else {})


def _sum(left: Counted, right: Counted) -> Counted:
    return Counted(left.times + right.times, max(left.people, right.people), left.sittings + right.sittings)


def _n_read(form: AskedForm, acts: Mapping[str, Counted]) -> int | None:
    return sum(acts[one].times for one in form.reads if one in acts) if form.reads else None


def _owed(forms: Iterable[AskedForm], since: dt.date, on: dt.date) -> dict[str, tuple[Role, Counted]]:
    """Duty → its role and what it asked for in the year: secondees counted by person, offices by unit."""
    shared = {kind for one in forms if one.is_shared for kind in one.duties}
    rows: QuerySet[Any] = Obligation.objects.filter(
        kind__in=[kind for one in forms for kind in one.duties], due_on__gt=since, due_on__lte=on
    ).exclude(state=ObligationState.WAIVED)
    sitting = Concat(
        Cast("unit", CharField()),
        Value("|"),
        Coalesce(Cast("period_ends_on", CharField()), Value("")),
        output_field=CharField(),
    )
    grouped = (
        rows.order_by()
        .values("kind", "role")
        .annotate(
            n=Count("pk"),
            n_units=Count("unit", distinct=True),
            n_subjects=Count("subject_id", distinct=True),
            n_sittings=Count(sitting, distinct=True),
        )
    )
    found = {}
    for row in grouped:
        role = Role(row["role"])
        people = row["n_subjects"] if role == Role.SECONDEE else row["n_units"]
        sittings = row["n_sittings"] if row["kind"] in shared else row["n"]
        found[row["kind"]] = (role, Counted(row["n"], people, sittings))
    return found


def _events(actions: Iterable[str], since: dt.date, on: dt.date) -> dict[str, Counted]:
    """Action → how often it was done in the year, by how many accounts."""
    first, last = (timezone.make_aware(dt.datetime.combine(day, dt.time())) for day in (since, on))
    rows: QuerySet[Any] = AuditEvent.objects.filter(
        at__gte=first + ONE_DAY, at__lt=last + ONE_DAY, action__in=sorted(actions)
    )
    grouped = rows.order_by().values("action").annotate(n=Count("pk"), n_people=Count("actor", distinct=True))
    return {row["action"]: Counted(row["n"], row["n_people"], row["n"]) for row in grouped}
