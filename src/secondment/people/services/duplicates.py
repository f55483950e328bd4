"""Persons who may be the same: found in the background, presented to the organisation department, decided by it."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.services import record
from secondment.common.errors import require
from secondment.common.sentences import say
from secondment.jobs.services import start_job
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.services import Owed, meet, owe
from secondment.people.choices import PairState, PersonState
from secondment.people.errors import LikelySameError, MergeRefusedError
from secondment.people.likeness import Traits, alike_pairs, alike_to
from secondment.people.models import Person, SuspectedPair
from secondment.people.queries import kept_by, open_pairs
from secondment.people.rules import may_decide_pair
from secondment.people.services.protected import checked_reason
from secondment.units.models import Unit

FIND_JOB = "people.find_duplicates"
TO_DO = "people.duplicates"
# Two weeks: a duplicate does harm when its people are nominated, and rounds of nomination last longer.
DAYS_TO_DECIDE = 14


def ask_whether_same(traits: Traits, *, known: frozenset[int], by: User) -> list[Person]:
    """Raise `LikelySameError` for people whose files `by` keeps, unless the clerk has said they are others.

    `known` are the keys of those; the persons are returned, so that the answer is remembered. One who holds the
    same number needs no question: the number is refused openly when it is set.
    """
    likely = alike_to(traits, kept_by(by))
    if traits.index and any(one.identity_index == traits.index for one in likely):
        return []
    if any(one.pk not in known for one in likely):
        raise LikelySameError(likely)
    return likely


def search_later(people: Iterable[Person], *, by: User, at: dt.datetime) -> None:
    """Look for duplicates among all people after the transaction.

    Not in it: the response time must not reveal whether someone the clerk may not see is on record.
    """
    start_job(FIND_JOB, {"people": [one.pk for one in people]}, by=by, at=at)


def find_duplicates(people: Sequence[Person], *, at: dt.datetime) -> int:
    """Put every new pair to the organisation department above both; returns how many are new.

    Compares first and writes afterwards, so that the lock of the database is held for a moment only.
    """
    pairs = [
        SuspectedPair(
            first=first, second=second, unit=unit_above(first, second), likeness=likeness, found_at=at
        )
        for first, second, likeness in alike_pairs(people)
    ]
    with transaction.atomic():
        known = SuspectedPair.objects.filter(first__in=[pair.first_id for pair in pairs])
        keys = set(known.values_list("first_id", "second_id"))
        new = [pair for pair in pairs if (pair.first_id, pair.second_id) not in keys]
        SuspectedPair.objects.bulk_create(new, ignore_conflicts=True)
        for unit in {pair.unit for pair in new if pair.unit}:
            owe_decision(unit, at=at)
    return len(new)


@transaction.atomic
def remember_different(person: Person, others: Iterable[Person], *, by: User, at: dt.datetime) -> None:
    """A clerk who keeps both files has say, when entering `person`, that it is none of `others`."""
    for other in others:
        first, second = sorted((person, other), key=lambda one: one.pk)
        pair = SuspectedPair(
            first=first, second=second, unit=unit_above(first, second), likeness="name", found_at=at
        )
        _decide_different(pair, _("录入时核对"), by=by, at=at)


@transaction.atomic
def confirm_different(pair: SuspectedPair, *, reason: str, by: User, at: dt.datetime) -> SuspectedPair:
    """Record that two persons are two; the question is not asked again."""
    locked = SuspectedPair.objects.select_for_update().get(pk=pair.pk)
    require(may_decide_pair(by, locked))
    check_open(locked, locked.first, locked.second)
    _decide_different(locked, checked_reason(reason), by=by, at=at)
    settle(locked, at=at)
    return locked


def check_open(pair: SuspectedPair, *persons: Person) -> None:
    """Refuse a pair decided already, directly or because one of both was merged into someone else meanwhile."""
    if pair.state != PairState.OPEN or any(one.state == PersonState.MERGED for one in persons):
        raise MergeRefusedError(_("该对人员已经核实过。请刷新页面。"))


def settle(pair: SuspectedPair, *, at: dt.datetime) -> None:
    """Close the to-do of the unit above both once nothing is left to decide there."""
    if pair.unit and not open_pairs().filter(unit=pair.unit).exists():
        meet(pair.unit, TO_DO, on=timezone.localtime(at).date())


def unit_above(one: Person, other: Person) -> Unit | None:
    """The lowest unit at or above the units of both."""
    steps = []
    for left, right in zip(one.unit.path.split("/"), other.unit.path.split("/"), strict=False):
        if left != right:
            break
        steps.append(left)
    path = "/".join(steps).rstrip("/") + "/"
    return Unit.objects.filter(path=path).first()


def _decide_different(pair: SuspectedPair, reason: str, *, by: User, at: dt.datetime) -> None:
    pair.state, pair.reason = PairState.DIFFERENT, reason
    pair.decided_by, pair.decided_at = by, at
    pair.save()
    for person in (pair.first, pair.second):
        details = {"reason": reason}
        record("person.tell_apart", person, by=by, at=at, details=details)


def owe_decision(unit: Unit, *, at: dt.datetime) -> None:
    """One to-do a unit, whatever the number of pairs; more pairs do not put it off."""
    if Obligation.objects.filter(
        kind=TO_DO, subject_id=str(unit.pk), unit=unit, state=ObligationState.OPEN
    ).exists():
        return
    owe(
        unit,
        Owed(
            kind=TO_DO,
            title=say("核实疑似重复人员"),
            unit=unit,
            role=Role.ORGANISATION_DEPARTMENT,
            creditor=unit.name,
            due_on=timezone.localtime(at).date() + dt.timedelta(days=DAYS_TO_DECIDE),
            path=reverse("people:pair_list"),
        ),
    )
