"""Derive from duties and terms what is owed; again and again, with the same result."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from secondment.obligations.duties import DUTIES, SWITCHES, Duty, Subjects
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.periods import Period
from secondment.obligations.rhythms import Call, Known, met_on
from secondment.obligations.services.owing import Owed, OwedForPeriod, owe_for_periods

LOOK_BACK = dt.timedelta(days=92)
"""How long ago something may have fallen due that nobody has asked for: a server that was off for a quarter forgets nothing."""
LONGEST = dt.timedelta(days=2 * 366)  # no period of a duty is longer
AT_ONCE = 2_000
OPEN, MET, WAIVED = ObligationState.OPEN, ObligationState.MET, ObligationState.WAIVED
EXCUSED = ObligationState.EXCUSED
FIELDS = (
    "pk",
    "kind",
    "subject_id",
    "period_starts_on",
    "period_ends_on",
    "due_on",
    "opens_on",
    "state",
    "escalated_on",
)


@transaction.atomic
def bring_up_to_date(
    *,
    on: dt.date,
    duties: Iterable[Duty] | None = None,
    subjects: Sequence[models.Model] | None = None,
    since: dt.date | None = None,
) -> int:
    """Ask for what is owed by now, follow terms, and close what records meet; returns how many were asked.

    Every day for all; after a change for the `subjects` it is about. `since` looks further back than every day does.
    """
    since = since or on - LOOK_BACK
    wanted = list(DUTIES.values() if duties is None else duties)
    n = 0
    for kind in {duty.subjects.type: duty.subjects for duty in wanted}.values():
        of_kind = {duty.kind: duty for duty in wanted if duty.subjects.type == kind.type}
        keys = _keys(kind, of_kind, on, since) if subjects is None else [one.pk for one in subjects]
        for first in range(0, len(keys), AT_ONCE):
            n += _Round(kind, of_kind, keys[first : first + AT_ONCE], on, since).run()
    return n


@transaction.atomic
def follow_term(subject: models.Model, *, on: dt.date) -> None:
    """What stands about a subject whose term has just changed; what the new term asks for comes with the night."""
    name = subject._meta.label_lower  # noqa: SLF001 -- Django's documented name
    duties = {duty.kind: duty for duty in DUTIES.values() if duty.subjects.type == name}
    for kind in {duty.subjects.type: duty.subjects for duty in duties.values()}.values():
        _Round(kind, duties, [subject.pk], on, on - LOOK_BACK).follow()


def owed_for(duty: Duty, subject: Any, call: Call) -> OwedForPeriod:
    """The duty of an office about one subject and one period."""
    owed = Owed(
        kind=duty.kind,
        title=duty.title_of(subject, call.period),
        unit=duty.unit_of(subject),
        role=duty.role,
        creditor=duty.creditor_of(subject),
        due_on=call.due_on,
        path=duty.path_of(subject, call.period),
        basis=duty.basis_of(subject),
        account=duty.account_of(subject),
    )
    return OwedForPeriod(subject, owed, call.period, duty.subjects.manager(subject), call.opens_on)


def _keys(kind: Subjects, duties: Collection[str], on: dt.date, since: dt.date) -> list[int]:
    """Subjects in a term, and those about which something is still open."""
    found = set(kind.current(since, on).order_by().values_list("pk", flat=True))
    rows = Obligation.objects.filter(subject_type=kind.type, kind__in=duties, state=OPEN)
    rows = rows.exclude(period_ends_on=None).order_by()
    found.update(int(key) for key in rows.values_list("subject_id", flat=True).distinct())
    return sorted(found)


@dataclass(frozen=True)
class _Row:
    """An obligation of a duty as far as the next look needs it."""

    pk: int
    kind: str
    subject: int
    period: Period
    due_on: dt.date
    opens_on: dt.date | None
    state: str
    escalated_on: dt.date | None

    @property
    def call(self) -> Call:
        """What was called for."""
        return Call(self.period, self.due_on, self.opens_on or self.period.starts_on)


class _Round:
    """One look at some subjects."""

    def __init__(
        self, kind: Subjects, duties: dict[str, Duty], keys: Sequence[int], on: dt.date, since: dt.date
    ) -> None:
        self.kind, self.duties, self.keys, self.on, self.since = kind, duties, keys, on, since
        self.subjects = {one.pk: one for one in kind.rows(keys)}
        self.terms = {pk: kind.term(one) for pk, one in self.subjects.items()}
        self.rows = self._rows()
        self.records = {one.kind: self._records(one) for one in duties.values()}
        self.pauses = self._pauses()
        self.outdated: list[int] = []
        self.switches = [read() for read in SWITCHES]

    def run(self) -> int:
        """Ask for what is missing, then move what stands; returns how many were asked."""
        made = list(self._missing())
        Obligation.objects.filter(pk__in=self.outdated).delete()
        n = owe_for_periods(one for one, closed_on in made if closed_on is None)
        by_day: dict[dt.date, list[OwedForPeriod]] = defaultdict(list)
        for one, closed_on in made:
            if closed_on is not None:
                by_day[closed_on].append(one)
        for closed_on, rows in by_day.items():
            n += owe_for_periods(rows, met_on=closed_on)
        self.follow()
        self._escalate()
        return n

    def follow(self) -> None:
        """Move what stands: with its term, and with its records."""
        self._follow_terms()
        self._follow_records()

    def _rows(self) -> dict[tuple[str, int], list[_Row]]:
        """(Kind, subject) → what was asked for."""
        found: dict[tuple[str, int], list[_Row]] = defaultdict(list)
        rows = Obligation.objects.filter(
            Q(period_ends_on__gt=self.since - LONGEST) | Q(state=OPEN, period_ends_on__isnull=False),
            kind__in=self.duties,
            subject_type=self.kind.type,
            subject_id__in=[str(key) for key in self.keys],
        ).order_by("pk")
        for pk, kind, subject, starts_on, ends_on, *others in rows.values_list(*FIELDS):
            one = _Row(pk, kind, int(subject), Period(starts_on, ends_on), *others)
            found[kind, one.subject].append(one)
        return found

    def _records(self, duty: Duty) -> dict[int, list[dt.date]]:
        found: dict[int, list[dt.date]] = defaultdict(list)
        for key, day in duty.records(self.keys) if duty.records else ():
            if day <= self.on:
                found[key].append(day)
        return found

    def _pauses(self) -> dict[int, list[Period]]:
        found: dict[int, list[Period]] = defaultdict(list)
        for read in self.kind.pauses:
            for key, periods in read(self.keys).items():
                found[key].extend(periods)
        return found

    def _missing(self) -> Iterator[tuple[OwedForPeriod, dt.date | None]]:
        """What nobody has asked for, with the day on which a record had met it already.

        What does not stand in any list yet follows a changed version of the programme: it gives way where it differs.
        """
        for duty in self.duties.values():
            for pk, subject in self.subjects.items():
                ahead = {
                    one.call: one.pk for one in self.rows.get((duty.kind, pk), ()) if self._is_ahead(one)
                }
                for call in self._calls(duty, pk, subject):
                    if ahead.pop(call, None) is None:
                        closed_on = met_on(duty.rhythm, call.period, self.records[duty.kind].get(pk, ()))
                        yield self._owed(duty, subject, call, closed_on), closed_on
                self.outdated.extend(ahead.values())

    def _owed(self, duty: Duty, subject: Any, call: Call, closed_on: dt.date | None) -> OwedForPeriod:
        """What is asked for so late that it is late for too long already goes to the next office at once."""
        owed = owed_for(duty, subject, call)
        too_late = closed_on is None and self._is_too_late(duty, subject, call.due_on)
        return replace(owed, escalated_on=self.on) if too_late and owed.owed.account is None else owed

    def _is_ahead(self, row: _Row) -> bool:
        return row.state == OPEN and row.opens_on is not None and row.opens_on > self.on

    def _calls(self, duty: Duty, pk: int, subject: Any) -> Iterator[Call]:
        term = self.terms[pk]
        is_off = any(switch(duty, subject) for switch in self.switches)
        if term is None or is_off or not duty.applies(subject) or self._is_over(duty, term):
            return
        stands = [one for one in self.rows.get((duty.kind, pk), ()) if self._stands(duty, one, term)]
        asked = [one.period for one in stands]
        excused = [one.period for one in stands if one.state == EXCUSED]
        records = self.records[duty.kind].get(pk, ())
        not_before = self.kind.not_before(subject)
        earliest = self.since if not_before is None else max(not_before, self.since)
        for call in duty.rhythm.calls(Known(subject, term, asked, records, self.since, self.on, excused)):
            if call.due_on >= earliest and not self._is_paused(pk, call.period):
                yield call

    def _stands(self, duty: Duty, row: _Row, term: Period) -> bool:
        """Whether a row counts as asked for: what was done does, and what is owed in this term and stands in lists."""
        if row.state not in (OPEN, WAIVED):
            return True
        return not self._is_ahead(row) and duty.rhythm.holds(row.period, term)

    def _is_owed(self, duty: Duty, row: _Row) -> bool:
        term = self.terms.get(row.subject)
        return (
            term is not None
            and not self._is_over(duty, term)
            and duty.rhythm.holds(row.period, term)
            and not self._is_paused(row.subject, row.period)
        )

    def _is_over(self, duty: Duty, term: Period) -> bool:
        return duty.ends_with_term and term.ends_on <= self.on

    def _is_paused(self, key: int, period: Period) -> bool:
        pauses = self.pauses.get(key, ())
        return any(one.starts_on <= period.starts_on and period.ends_on <= one.ends_on for one in pauses)

    def _follow_terms(self) -> None:
        """Nothing is owed for what a term no longer touches; it is owed again once the term does."""
        for state, other in ((OPEN, WAIVED), (WAIVED, OPEN)):
            moved = [
                row.pk
                for row in self._standing(state)
                if self._is_owed(self.duties[row.kind], row) == (other == OPEN)
            ]
            closed_on = self.on if other == WAIVED else None
            Obligation.objects.filter(pk__in=moved, state=state).update(state=other, closed_on=closed_on)

    def _follow_records(self) -> None:
        """What records meet is closed with the day of the first."""
        met: dict[dt.date, list[int]] = defaultdict(list)
        owed = (row for row in self._standing(OPEN, WAIVED) if self._is_owed(self.duties[row.kind], row))
        for row in owed:
            days = self.records[row.kind].get(row.subject, ())
            closed_on = met_on(self.duties[row.kind].rhythm, row.period, days)
            if closed_on is not None:
                met[closed_on].append(row.pk)
        for closed_on, keys in met.items():
            Obligation.objects.filter(pk__in=keys, state=OPEN).update(state=MET, closed_on=closed_on)

    def _escalate(self) -> None:
        """What is late for too long goes to the next office as well, never to a person."""
        late = [
            row.pk
            for row in self._standing(OPEN)
            if row.escalated_on is None
            and self._is_too_late(self.duties[row.kind], self.subjects[row.subject], row.due_on)
        ]
        rows = Obligation.objects.filter(pk__in=late, state=OPEN, account=None)
        rows.update(escalated_on=self.on)

    def _is_too_late(self, duty: Duty, subject: Any, due_on: dt.date) -> bool:
        days = duty.escalates_after(subject)
        return days is not None and (self.on - due_on).days >= days

    def _standing(self, *states: ObligationState) -> Iterator[_Row]:
        return (row for rows in self.rows.values() for row in rows if row.state in states)
