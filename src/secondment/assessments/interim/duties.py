"""What is owed between the yearly assessments: a line a quarter, and a proposal at half term; both only where the programme asks."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from secondment.accounts.choices import Role
from secondment.assessments.interim.choices import MidtermSide
from secondment.assessments.interim.models import WORDS_LENGTH, MidtermOpinion, RoutineGrade
from secondment.assessments.interim.routine import is_asked
from secondment.assessments.parameters import midterm_days, midterm_rule, report_day
from secondment.obligations.duties import add_duty
from secondment.obligations.periods import QUARTER, Period
from secondment.obligations.rhythms import HALF, AfterEach, AtHalf, Call, Known
from secondment.placements.duties import page_of, placement_duty
from secondment.placements.models import Placement


@dataclass(frozen=True)
class AfterEachHalfServed(AfterEach):
    """After every period of which half or more belongs to the term: who has just come, or has left, is not graded."""

    def calls(self, known: Known) -> Iterator[Call]:
        """Those of whole periods that were served for half at least."""
        yield from (one for one in super().calls(known) if self.holds(one.period, known.term))

    def holds(self, period: Period, term: Period) -> bool:
        """As long as half of the period belongs to the term."""
        n_days = (period.ends_on - period.starts_on).days
        return HALF * period.days_within(term.starts_on, term.ends_on) >= n_days

    def is_met(self, period: Period, day: dt.date) -> bool:
        """By the record of this period, whenever it was made."""
        return isinstance(day, OfPeriod) and day.ends_on == period.ends_on


class OfPeriod(dt.date):
    """The day of a record that is about the period that ends so."""

    ends_on: dt.date

    @classmethod
    def made(cls, day: dt.date, ends_on: dt.date) -> "OfPeriod":
        """A record of this day about that period."""
        one = cls(day.year, day.month, day.day)
        one.ends_on = ends_on
        return one


def is_midterm_asked(placement: Placement) -> bool:
    """Whether the programme asks for a mid-term assessment."""
    return bool(midterm_rule(placement)["mode"] != "off")


def _routine_page(period: Period) -> str:
    return f"{reverse('assessments:routine_sheet')}?{urlencode({'until': period.ends_on.isoformat()})}"


def _graded(keys: Sequence[int]) -> Iterator[tuple[int, dt.date]]:
    rows = RoutineGrade.objects.filter(placement__in=list(keys), is_current=True).order_by()
    for placement, ends_on, given_at in rows.values_list("placement", "ends_on", "given_at"):
        yield placement, OfPeriod.made(timezone.localtime(given_at).date(), ends_on)


def _given_by_host(keys: Sequence[int]) -> Iterable[tuple[int, dt.date]]:
    rows = MidtermOpinion.objects.filter(placement__in=list(keys), side=MidtermSide.HOST, is_current=True)
    return rows.order_by().values_list("placement", "given_on")


ROUTINE_RHYTHM = AfterEachHalfServed(lambda _placement: QUARTER, report_day)
MIDTERM_RHYTHM = AtHalf(midterm_days)
ROUTINE = placement_duty(
    "assessments.routine",
    label=_("平时考核"),
    title=gettext_noop("%(period)s平时考核"),
    role=Role.HOST_UNIT,
    rhythm=ROUTINE_RHYTHM,
    records=_graded,
    page=_routine_page,
    applies=is_asked,
    characters=WORDS_LENGTH,
)
MIDTERM = placement_duty(
    "assessments.midterm",
    label=_("中期评估"),
    title=gettext_noop("对%(person)s同志提出中期评估建议"),
    role=Role.HOST_UNIT,
    rhythm=MIDTERM_RHYTHM,
    records=_given_by_host,
    page=lambda _period: reverse("assessments:midterm_list"),
    own_page=page_of,
    applies=is_midterm_asked,
    characters=300,
)
for one in (ROUTINE, MIDTERM):
    add_duty(one)
