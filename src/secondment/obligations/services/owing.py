"""Make and close obligations; the to-do lists read them."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db import models

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.common.own_paths import checked_path
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.periods import Period
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


def owed_row(subject: models.Model, owed: Owed, *, met_on: dt.date | None = None) -> Obligation:
    """What is owed about a subject, or was and is met, before it is written; for loaders of many rows."""
    return Obligation(
        kind=owed.kind,
        title=owed.title,
        unit=owed.unit,
        role=owed.role,
        account=owed.account,
        creditor=owed.creditor,
        basis=owed.basis,
        path=checked_path(owed.path),
        due_on=owed.due_on,
        subject_type=_type_of(subject),
        subject_id=str(subject.pk),
        state=ObligationState.OPEN if met_on is None else ObligationState.MET,
        closed_on=met_on,
    )


def meet(subject: models.Model, kind: str, *, on: dt.date, unit: Unit | None = None) -> int:
    """Close the open obligations of this kind about `subject` as met; returns how many."""
    return _close(subject, kind, unit, ObligationState.MET, on)


def waive(subject: models.Model, kind: str, *, on: dt.date, unit: Unit | None = None) -> int:
    """Close them because they are no longer owed; returns how many."""
    return _close(subject, kind, unit, ObligationState.WAIVED, on)


def owe_again(subject: models.Model, kinds: Collection[str], *, waived_on: dt.date | None) -> int:
    """Open again what was waived on that day, by an act that is taken back; returns how many."""
    rows = Obligation.objects.filter(
        kind__in=kinds,
        subject_type=_type_of(subject),
        subject_id=str(subject.pk),
        state=ObligationState.WAIVED,
        closed_on=waived_on,
    )
    return rows.update(state=ObligationState.OPEN, closed_on=None)


def ask_again(subject: models.Model, kinds: Collection[str]) -> int:
    """A record that met something was a mistake: open it again; the next `bring_up_to_date` closes what others meet."""
    rows = Obligation.objects.filter(
        kind__in=kinds,
        subject_type=_type_of(subject),
        subject_id=str(subject.pk),
        state=ObligationState.MET,
        period_ends_on__isnull=False,
    )
    return rows.update(state=ObligationState.OPEN, closed_on=None)


@dataclass(frozen=True)
class OwedForPeriod:
    """What a cycle asks of an office about a subject for a period; `manager` sees to it while the office has no account."""

    subject: models.Model
    owed: Owed
    period: Period
    manager: Unit
    opens_on: dt.date | None = None
    escalated_on: dt.date | None = None


def owe_for_periods(rows: Iterable[OwedForPeriod], *, met_on: dt.date | None = None) -> int:
    """Open what is not there yet, or note it down as met at once; what is there stays as it is. Returns how many were asked."""
    made = [_periodic(row, met_on) for row in rows]
    Obligation.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    return len(made)


def meet_for_period(kind: str, subjects: Sequence[models.Model], ends_on: dt.date, *, on: dt.date) -> int:
    """Close what is open about these subjects for the period that ends so; returns how many."""
    named = {_type_of(one) for one in subjects}
    keys = [str(one.pk) for one in subjects]
    rows = Obligation.objects.filter(
        kind=kind, subject_type__in=named, subject_id__in=keys, period_ends_on=ends_on
    ).exclude(state=ObligationState.MET)
    return rows.update(state=ObligationState.MET, closed_on=on)


def _periodic(row: OwedForPeriod, met_on: dt.date | None) -> Obligation:
    made = owed_row(row.subject, row.owed, met_on=met_on)
    made.opens_on, made.escalated_on, made.manager = row.opens_on, row.escalated_on, row.manager
    made.period_starts_on, made.period_ends_on = row.period.starts_on, row.period.ends_on
    return made


def _close(subject: models.Model, kind: str, unit: Unit | None, state: ObligationState, on: dt.date) -> int:
    rows = Obligation.objects.filter(
        kind=kind, subject_type=_type_of(subject), subject_id=str(subject.pk), state=ObligationState.OPEN
    )
    if unit is not None:
        rows = rows.filter(unit=unit)
    return rows.update(state=state, closed_on=on)


def _type_of(subject: models.Model) -> str:
    return subject._meta.label_lower  # noqa: SLF001 -- Django's documented name
