"""All that a secondee writes: one text a year, declared among the duties.

A calendar year of which at least half belongs to the term asks for a summary (《公务员考核规定》第二十六条第二款: who was in
post for half of the year is assessed there, and the summary is what the assessment needs). The last text of a term is the self-appraisal: it
is asked for before the end, and stands for the summary of the year in which, or shortly after which, the term ends.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from secondment.accounts.choices import Role
from secondment.assessments.choices import SummaryKind
from secondment.assessments.models import Summary
from secondment.common.days import ONE_DAY
from secondment.obligations.duties import Duty, Records, add_duty
from secondment.obligations.periods import YEAR, Period, period_of, periods_between
from secondment.obligations.rhythms import BeforeEnd, Call, Known, Rhythm
from secondment.placements.duties import placement_duty, term_of
from secondment.placements.models import Placement
from secondment.talks.parameters import last_talk_days, last_talk_opens_days

LAST_DAYS = dt.timedelta(days=60)
"""A term that ends so soon after a year asks for the self-appraisal alone, and for no summary of that year."""
OPENS = (12, 1)
"""From this month and day on the summary of a year can be written."""
CHARACTERS = 500
HALF = 2


def last_year_of(term: Period) -> int:
    """The year for which the self-appraisal stands."""
    return max(term.starts_on, term.ends_on - LAST_DAYS).year


@dataclass(frozen=True)
class EachYear:
    """Once for each calendar year before the last of the term, by its last day."""

    is_shared: bool = field(default=True, init=False)

    def calls(self, known: Known) -> Iterator[Call]:
        """Every year that has begun and that nobody has asked for."""
        first, until = max(known.term.starts_on, known.since), min(known.term.ends_on, known.on + ONE_DAY)
        for year in periods_between(first, until, YEAR):
            if year not in known.asked and self.holds(year, known.term):
                yield Call(year, year.last_day, year.starts_on.replace(month=OPENS[0], day=OPENS[1]))

    def holds(self, period: Period, term: Period) -> bool:
        """As long as half of the year belongs to the term, and the term does not end with it."""
        n_days = (period.ends_on - period.starts_on).days
        is_half = HALF * period.days_within(term.starts_on, term.ends_on) >= n_days
        return is_half and period.starts_on.year < last_year_of(term)

    def is_met(self, period: Period, day: dt.date) -> bool:
        """By whatever was written for the year."""
        return period.starts_on <= day < period.ends_on


def _for_years(keys: Sequence[int]) -> Iterator[tuple[int, dt.date]]:
    """A text of either kind is the year's: a day of that year, its last one where it was written later."""
    rows = Summary.objects.filter(placement__in=keys).values_list("placement", "year", "written_at")
    for placement, year, written_at in rows:
        yield placement, min(timezone.localtime(written_at).date(), dt.date(year, 12, 31))


def _for_ends(keys: Sequence[int]) -> Iterator[tuple[int, dt.date]]:
    rows = Summary.objects.filter(placement__in=keys, kind=SummaryKind.FINAL)
    for placement, written_at in rows.values_list("placement", "written_at"):
        yield placement, timezone.localtime(written_at).date()


def _own_page(_subject: Any) -> str:
    return reverse("assessments:my_summaries")


def _duty(kind: str, label: Any, title: str, rhythm: Rhythm, records: Records) -> Duty:
    duty = placement_duty(
        kind,
        label=label,
        title=title,
        role=Role.SECONDEE,
        rhythm=rhythm,
        records=records,
        page=lambda _period: reverse("assessments:summary_list"),
        own_page=_own_page,
        characters=CHARACTERS,
    )
    add_duty(duty)
    return duty


DUTIES = {
    SummaryKind.YEAR: _duty(
        "year_summary", _("年度个人总结"), gettext_noop("%(period)s个人总结"), EachYear(), _for_years
    ),
    SummaryKind.FINAL: _duty(
        "self_appraisal",
        _("自我鉴定"),
        gettext_noop("期满自我鉴定"),
        BeforeEnd(last_talk_days, last_talk_opens_days),
        _for_ends,
    ),
}


@dataclass(frozen=True)
class Asked:
    """A text that is asked of a secondee: of which year, from when on it can be written, and by when."""

    placement: Placement
    kind: SummaryKind
    year: int
    opens_on: dt.date
    due_on: dt.date
    ends_on: dt.date
    """The end of the period, as the obligation names it."""


def asked_of(placement: Placement, on: dt.date) -> list[Asked]:
    """Everything a term has asked for by this day, the first first; nothing where the term never began."""
    term = term_of(placement)
    if term is None:
        return []
    known = Known(placement, term, (), (), term.starts_on, on)
    calls = [(kind, call) for kind, duty in DUTIES.items() for call in duty.rhythm.calls(known)]
    first = placement.recorded_on or term.starts_on
    return [
        Asked(placement, kind, _year(kind, call, term), call.opens_on, call.due_on, call.period.ends_on)
        for kind, call in calls
        if call.opens_on <= on and call.due_on >= first
    ]


def _year(kind: SummaryKind, call: Call, term: Period) -> int:
    return (
        last_year_of(term)
        if kind == SummaryKind.FINAL
        else period_of(call.period.starts_on, YEAR).starts_on.year
    )
