"""The cycles: who owes which record, how often, by which day."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from secondment.accounts.choices import Role
from secondment.common.sentences import Sentence, say
from secondment.daily_work.models import CycleRecord, HomeNotice, HostReport, PresenceConfirmation
from secondment.daily_work.parameters import (
    home_notice_months,
    host_report_months,
    presence_day,
    report_day,
)
from secondment.obligations.periods import Period, due_after, period_ending
from secondment.placements.models import Placement
from secondment.units.models import Unit

MONTH, QUARTER_MONTHS = 1, 3
READY_DAYS = 7  # so many days before its end a month can be confirmed: the 5th may lie in the holidays


@dataclass(frozen=True)
class Cycle:
    """One thing that comes again and again."""

    kind: str
    label: Promise
    model: type[CycleRecord]
    role: Role
    """Whose duty it is: the host or the home unit's."""
    months: Callable[[Placement], int]
    day: Callable[[Placement], int]
    title: str
    page: str

    def unit_of(self, placement: Placement) -> Unit:
        """The office that owes it."""
        return placement.host_unit if self.role == Role.HOST_UNIT else placement.home_unit

    def creditor_of(self, placement: Placement) -> str:
        """To whom."""
        return placement.person.name if self.model is HomeNotice else placement.owner_unit.name

    def due_on(self, placement: Placement, period: Period) -> dt.date:
        """By when."""
        return due_after(period, self.day(placement))

    def is_owed(self, placement: Placement, period: Period) -> bool:
        """Whether it is asked for: not what would have been due before the placement was recorded here."""
        return placement.recorded_on is None or self.due_on(placement, period) >= placement.recorded_on

    def period_of(self, placement: Placement, ends_on: dt.date) -> Period | None:
        """The period of the placement's programme that ends so."""
        return period_ending(ends_on, self.months(placement))

    def title_of(self, period: Period) -> Sentence:
        """What is owed, in words."""
        return say(self.title, period=period.label)

    def basis_of(self, placement: Placement) -> str:
        """The programme whose rhythm it follows."""
        return placement.programme_version.programme.name

    def path_of(self, ends_on: dt.date) -> str:
        """The page on which it is handed in for everyone."""
        return f"{reverse(self.page)}?{urlencode({'until': ends_on.isoformat()})}"

    def opens_on(self, placement: Placement, period: Period) -> dt.date:
        """From when on it can be handed in: presence once the month is nearly over, the others all the time."""
        if self is not PRESENCE:
            return period.starts_on
        return min(period.ends_on - dt.timedelta(days=READY_DAYS), placement.ends_on - dt.timedelta(days=1))


PRESENCE = Cycle(
    kind="presence_confirmation",
    label=_("在岗确认"),
    model=PresenceConfirmation,
    role=Role.HOST_UNIT,
    months=lambda _placement: MONTH,
    day=presence_day,
    title=gettext_noop("%(period)s在岗确认"),
    page="daily_work:host_sheet",
)
REPORT = Cycle(
    kind="host_report",
    label=_("情况报告"),
    model=HostReport,
    role=Role.HOST_UNIT,
    months=host_report_months,
    day=report_day,
    title=gettext_noop("%(period)s情况报告"),
    page="daily_work:host_sheet",
)
NOTICE = Cycle(
    kind="home_notice",
    label=_("告知单"),
    model=HomeNotice,
    role=Role.HOME_UNIT,
    months=home_notice_months,
    day=report_day,
    title=gettext_noop("%(period)s告知单"),
    page="daily_work:notice_list",
)
CYCLES = (PRESENCE, REPORT, NOTICE)
BY_KIND = {one.kind: one for one in CYCLES}
