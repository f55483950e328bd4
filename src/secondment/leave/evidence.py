"""Facts that may be cited from the leave ledger: days in post of a quarter, and late returns."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from secondment.common.sentences import say
from secondment.leave.choices import LeaveState
from secondment.leave.drafts import term_of
from secondment.leave.models import LeaveRequest
from secondment.leave.presence import amounts_of, span_of
from secondment.leave.words import days_words
from secondment.obligations.periods import QUARTER, Period, periods_between
from secondment.placements.duties import BEGAN
from secondment.placements.evidence import EvidenceKind, Fact, add_evidence
from secondment.placements.models import Placement

PRESENCE, LATE = "presence", "late"


def presence_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """Of every quarter of the term that is over in these days: working days, and days in post by the ledger."""
    began = [one for one in placements if one.state in BEGAN]
    quarters = {one.pk: list(_quarters(one, starts_on, ends_on)) for one in began}
    days = [day for some in quarters.values() for one in some for day in (one.starts_on, one.ends_on)]
    if not days:
        return
    amounts = amounts_of(quarters, min(days), max(days))
    for placement in began:
        for quarter in quarters[placement.pk]:
            found = span_of(placement, quarter.starts_on, quarter.ends_on, amounts)
            label = say(
                "%(period)s应在岗%(due)s个工作日，在岗%(days)s个工作日",
                period=quarter.label,
                due=days_words(found.n_due),
                days=days_words(found.in_post),
            )
            on = min(quarter.last_day, placement.last_day)
            path = reverse("leave:placement_leave", args=[placement.pk])
            yield Fact(placement.pk, PRESENCE, f"{quarter.last_day}", label, on, path)


def late_facts(placements: Sequence[Placement], starts_on: dt.date, ends_on: dt.date) -> Iterator[Fact]:
    """Returns later than granted; one that was excused says so."""
    rows = LeaveRequest.objects.filter(
        placement__in=placements,
        state=LeaveState.RETURNED,
        back_on__gte=starts_on,
        back_on__lt=ends_on,
    )
    for one in rows.order_by("placement", "back_on", "pk"):
        if one.late.is_empty or one.back_on is None:
            continue
        due = f"{one.due_back.day}"
        label = (
            say("请假应于%(due)s返岗，%(day)s返岗，经认定补准", due=due, day=f"{one.back_on}")
            if one.late_excused
            else say("请假应于%(due)s返岗，%(day)s返岗，逾期未归", due=due, day=f"{one.back_on}")
        )
        path = reverse("leave:leave_detail", args=[one.pk])
        yield Fact(one.placement_id, LATE, f"{one.pk}", label, one.back_on, path)


def _quarters(placement: Placement, starts_on: dt.date, ends_on: dt.date) -> Iterator[Period]:
    """Quarters whose last day in the term falls into these days."""
    term = term_of(placement)
    for one in periods_between(term.starts.day, term.ends.day, QUARTER):
        if starts_on <= min(one.last_day, placement.last_day) < ends_on:
            yield one


add_evidence(EvidenceKind(PRESENCE, _("在岗情况"), presence_facts))
add_evidence(EvidenceKind(LATE, _("逾期未归"), late_facts))
