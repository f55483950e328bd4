"""Make and close obligations; the to-do lists read them."""

import datetime as dt
from dataclasses import dataclass

from django.db import models

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.common.own_paths import checked_path
from secondment.obligations.models import Obligation, ObligationState
from secondment.units.models import Unit


@dataclass(frozen=True)
class Owed:
    """What is owed: kind, sentence, who owes (`role` at `unit`, or one account), to whom, by when, why, where to do it."""

    kind: str
    title: str
    unit: Unit
    role: Role
    creditor: str
    due_on: dt.date
    path: str
    basis: str = ""
    account: User | None = None


def owe(subject: models.Model, owed: Owed) -> Obligation:
    """Open an obligation about `subject`, or bring the open one of the same kind up to date."""
    obligation, _ = Obligation.objects.update_or_create(
        kind=owed.kind,
        subject_type=_type_of(subject),
        subject_id=str(subject.pk),
        unit=owed.unit,
        role=owed.role,
        state=ObligationState.OPEN,
        defaults={
            "title": owed.title,
            "account": owed.account,
            "creditor": owed.creditor,
            "basis": owed.basis,
            "path": checked_path(owed.path),
            "due_on": owed.due_on,
        },
    )
    return obligation


def meet(subject: models.Model, kind: str, *, on: dt.date, unit: Unit | None = None) -> int:
    """Close the open obligations of this kind about `subject` as met; returns how many."""
    return _close(subject, kind, unit, ObligationState.MET, on)


def waive(subject: models.Model, kind: str, *, on: dt.date, unit: Unit | None = None) -> int:
    """Close them because they are no longer owed; returns how many."""
    return _close(subject, kind, unit, ObligationState.WAIVED, on)


def _close(subject: models.Model, kind: str, unit: Unit | None, state: ObligationState, on: dt.date) -> int:
    rows = Obligation.objects.filter(
        kind=kind, subject_type=_type_of(subject), subject_id=str(subject.pk), state=ObligationState.OPEN
    )
    if unit is not None:
        rows = rows.filter(unit=unit)
    return rows.update(state=state, closed_on=on)


def _type_of(subject: models.Model) -> str:
    return subject._meta.label_lower  # noqa: SLF001 -- Django's documented name
