"""The cycles: who owes which record, how often, by which day; declared among the duties."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from secondment.accounts.choices import Role
from secondment.daily_work.models import CycleRecord, HomeNotice, HostReport, PresenceConfirmation
from secondment.daily_work.parameters import (
    home_notice_months,
    host_report_months,
    logistics_months,
    presence_day,
    report_day,
)
from secondment.obligations.duties import Duty, add_duty
from secondment.obligations.periods import Period
from secondment.obligations.rhythms import AfterEach, WithinEach
from secondment.placements.duties import placement_duty, usual_of
from secondment.placements.models import Placement

MONTH, QUARTER_MONTHS = 1, 3
READY_DAYS = 7  # so many days before its end a month can be confirmed: the 5th may lie in the holidays


@dataclass(frozen=True, kw_only=True, eq=False)
class Cycle(Duty):
    """A record that is handed in for everyone after each period."""

    model: type[CycleRecord]
    rhythm: AfterEach

    def is_owed(self, placement: Placement, period: Period) -> bool:
        """Whether it is asked for: not what would have been due before the placement was recorded here."""
        due_on = self.rhythm.due_on(placement, period)
        return placement.recorded_on is None or due_on >= placement.recorded_on

    def opens_on(self, placement: Placement, period: Period) -> dt.date:
        """From when on it can be handed in: presence once the month is nearly over, the others all the time."""
        if self is not PRESENCE:
            return period.starts_on
        return min(period.ends_on - dt.timedelta(days=READY_DAYS), placement.ends_on - dt.timedelta(days=1))


def _host_sheet(period: Period) -> str:
    return _until("daily_work:host_sheet", period)


def notices_page(period: Period) -> str:
    """Where notices of a period are written."""
    return _until("daily_work:notice_give", period)


def _until(page: str, period: Period) -> str:
    return f"{reverse(page)}?{urlencode({'until': period.ends_on.isoformat()})}"


PRESENCE = Cycle(
    kind="presence_confirmation",
    label=_("在岗确认"),
    model=PresenceConfirmation,
    role=Role.HOST_UNIT,
    rhythm=AfterEach(lambda _placement: MONTH, presence_day),
    title=gettext_noop("%(period)s在岗确认"),
    page=_host_sheet,
    **usual_of(Role.HOST_UNIT),
)
REPORT = Cycle(
    kind="host_report",
    label=_("情况报告"),
    model=HostReport,
    role=Role.HOST_UNIT,
    rhythm=AfterEach(host_report_months, report_day),
    title=gettext_noop("%(period)s情况报告"),
    page=_host_sheet,
    **usual_of(Role.HOST_UNIT),
)
NOTICE = Cycle(
    kind="home_notice",
    label=_("告知单"),
    model=HomeNotice,
    role=Role.HOME_UNIT,
    rhythm=AfterEach(home_notice_months, report_day),
    title=gettext_noop("%(period)s告知单"),
    page=notices_page,
    **{**usual_of(Role.HOME_UNIT), "creditor_of": lambda placement: placement.person.name},
)
CYCLES = (PRESENCE, REPORT, NOTICE)
BY_KIND = {one.kind: one for one in CYCLES}
for one in CYCLES:
    add_duty(one)


def _logistics_told(keys: Sequence[int]) -> Iterator[tuple[int, dt.date]]:
    """Notices that say something about logistics."""
    rows = HomeNotice.objects.filter(placement__in=keys, is_current=True).exclude(logistics="")
    for placement, handed_in_at in rows.values_list("placement", "handed_in_at"):
        yield placement, timezone.localtime(handed_in_at).date()


LOGISTICS = placement_duty(
    "home_logistics",
    label=_("后勤保障告知"),
    title=gettext_noop("%(period)s后勤保障告知"),
    role=Role.HOME_UNIT,
    rhythm=WithinEach(logistics_months),
    page=notices_page,
    records=_logistics_told,
)
add_duty(LOGISTICS)
