"""What the pages of obligations show."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.common.components import Fact, Tab
from secondment.common.days import ONE_DAY
from secondment.common.models import HolidayYear
from secondment.common.sentences import labelled
from secondment.common.workdays import holidays_of, is_announced, is_workday, shipped_years, workdays_of
from secondment.obligations.calendar_files import Event
from secondment.obligations.duties import DUTIES
from secondment.obligations.models import Obligation
from secondment.obligations.occasions import Occasion
from secondment.obligations.timing import LABELS, days_late, timing_of
from secondment.obligations.waiting import Waiting

WEEK = 7


@dataclass(frozen=True)
class Day:
    """A day of the month with what is due on it."""

    day: dt.date
    is_here: bool
    is_today: bool
    is_workday: bool
    lines: Sequence[Waiting]
    occasions: Sequence[Occasion] = ()

    @property
    def look(self) -> str:
        """How its cell is drawn."""
        return "is-outside" if not self.is_here else "" if self.is_workday else "is-off"


@dataclass(frozen=True)
class MonthPage:
    """A month of the to-do list; what is due on no day of it is counted beside it, so that nothing is missing."""

    first: dt.date
    before: str
    after: str
    weeks: Sequence[Sequence[Day]]
    late: Sequence[Waiting]
    n_later: int
    undated: Sequence[Waiting]
    is_certain: bool
    n: int = field(default=0)

    @property
    def days(self) -> list[Day]:
        """Days of the month on which something is due or takes place, for narrow screens."""
        every = [day for week in self.weeks for day in week if day.is_here]
        return [day for day in every if day.lines or day.occasions]


def todo_tabs(current: str) -> list[Tab]:
    """The views of the one list."""
    views = {"todo": _("列表"), "month": _("月历")}
    pages = {"todo": "obligations:todo", "month": "obligations:todo_month"}
    return [Tab(label, reverse(pages[key]), is_current=key == current) for key, label in views.items()]


def month_after(first: dt.date) -> dt.date:
    """The first day of the next month."""
    return (first + 31 * ONE_DAY).replace(day=1)


def month_of(
    lines: Sequence[Waiting], first: dt.date, on: dt.date, occasions: Sequence[Occasion] = ()
) -> MonthPage:
    """The lines by day; what was due before the month stands above it, what is due later is counted."""
    after = month_after(first)
    by_day: dict[dt.date, list[Waiting]] = defaultdict(list)
    for one in lines:
        if one.due_on is not None:
            by_day[one.due_on].append(one)
    return MonthPage(
        first=first,
        before=f"{first - ONE_DAY:%Y-%m}",
        after=f"{after:%Y-%m}",
        weeks=list(_weeks(first, after, by_day, on, occasions)),
        late=[one for one in lines if one.due_on is not None and one.due_on < first],
        n_later=sum(one.due_on is not None and one.due_on >= after for one in lines),
        undated=[one for one in lines if one.due_on is None],
        is_certain=is_announced(first.year),
        n=len(lines),
    )


def events_of(lines: Sequence[Waiting], on: dt.date) -> Iterator[Event]:
    """One event a line; what has no day, or is late, stands on today so that it is seen."""
    for at, one in enumerate(lines):
        day = on if one.due_on is None else max(one.due_on, on)
        key = hashlib.sha256(f"{one.path}|{one.title}|{one.due_on}|{at}".encode()).hexdigest()[:32]
        words = [one.unit, one.state, one.basis]
        yield Event(key, day, one.title, "\n".join(str(part) for part in words if part))


def occasion_events(occasions: Iterable[Occasion]) -> Iterator[Event]:
    """One event each; its key stays when its day changes, so that calendar programs move it."""
    for one in occasions:
        yield Event(one.key, one.starts_on, one.title, one.text, (one.ends_on - one.starts_on).days)


def duty_facts(one: Obligation, on: dt.date) -> list[Fact]:
    """What is owed, by whom, to whom, by when, why, and how it stands."""
    duty = DUTIES.get(one.kind)
    timing = timing_of(one, on)
    state = str(LABELS[timing])
    if late := days_late(one, on):
        state = labelled(state, ngettext("晚 %(n)d 天", "晚 %(n)d 天", late) % {"n": late})
    facts = [
        Fact(_("事项"), one.title, is_wide=True),
        Fact(_("挂职干部"), getattr(one, "about", "")),
        Fact(_("责任单位"), one.unit.name),
        Fact(_("向谁"), one.creditor),
        Fact(_("截止日期"), one.due_on),
        Fact(_("状态"), state),
        Fact(_("办结日期"), one.closed_on),
        Fact(_("依据"), one.basis),
        Fact(_("转主办组织部门日期"), one.escalated_on),
        Fact(_("免办理由"), one.excused_reason, is_wide=True),
        Fact(_("免办决定人"), one.excused_by.name if one.excused_by else ""),
        Fact(_("事项类型"), duty.label if duty else one.kind),
    ]
    return [one for one in facts if one.value]


@dataclass(frozen=True)
class HolidayLine:
    """A year, how many days are off and worked, and where that is from."""

    year: int
    n_off: int
    n_worked: int
    is_certain: bool
    is_shipped: bool
    imported: HolidayYear | None


def holiday_years(on: dt.date) -> list[HolidayLine]:
    """Last year, this and the next two, and every other year that is known."""
    imported = {one.year: one for one in HolidayYear.objects.all()}
    years = {*imported, *shipped_years(), *range(on.year - 1, on.year + 3)}
    return [
        HolidayLine(
            year=year,
            n_off=len(holidays_of(year)),
            n_worked=len(workdays_of(year)),
            is_certain=is_announced(year),
            is_shipped=year in shipped_years() and year not in imported,
            imported=imported.get(year),
        )
        for year in sorted(years)
    ]


def _weeks(
    first: dt.date,
    after: dt.date,
    by_day: dict[dt.date, list[Waiting]],
    on: dt.date,
    occasions: Sequence[Occasion],
) -> Iterator[list[Day]]:
    day = first - first.weekday() * ONE_DAY
    while day < after:
        days = [day + at * ONE_DAY for at in range(WEEK)]
        yield [
            Day(
                one,
                first <= one < after,
                one == on,
                is_workday(one),
                by_day.get(one, ()) if first <= one < after else (),
                [each for each in occasions if each.is_on(one) and first <= one < after],
            )
            for one in days
        ]
        day += WEEK * ONE_DAY
