"""What is known about many placements and one period, read at once; says what is wrong with a row handed in."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from secondment.common.days import ONE_DAY
from secondment.common.workdays import is_announced
from secondment.daily_work.choices import Source
from secondment.daily_work.content import (
    MOST_QUIET_RUNNING,
    Content,
    Notice,
    Presence,
    RowFault,
    Telling,
    fault,
    n_quiet_running,
)
from secondment.daily_work.cycles import PRESENCE, Cycle
from secondment.daily_work.models import CycleRecord
from secondment.daily_work.own_work import own_work_fault
from secondment.files.faults import gettext_noop
from secondment.leave.presence import Away, away_in, days_due
from secondment.obligations.models import Obligation
from secondment.obligations.periods import Period, after_asked
from secondment.placements.choices import PlacementState
from secondment.placements.duties import first_day_of
from secondment.placements.models import Placement

WORKED = (PlacementState.IN_POST, PlacementState.ENDED)


@dataclass(frozen=True)
class Entry:
    """A row handed in: about whom, what, and which record it corrects (none: the one of the period, if there is one).

    `seen` is the record that the clerk had on the page (0: none); `adds` puts a notice beside those of the period.
    """

    placement: Placement
    content: Content
    corrects: CycleRecord | None = None
    seen: int | None = None
    adds: bool = False


@dataclass(frozen=True)
class HandingIn:
    """How it comes in: over the web, or in a workbook that a clerk filled in."""

    clerk: str = ""

    @property
    def is_workbook(self) -> bool:
        """Whether it comes in a workbook."""
        return bool(self.clerk)

    def source(self, *, is_own: bool) -> Source:
        """What the record keeps of it."""
        if self.is_workbook:
            return Source.WORKBOOK
        return Source.WEB if is_own else Source.ON_BEHALF


class Desk:
    """Periods, current records and quiet periods of some placements, for one cycle and one end of a period."""

    def __init__(self, cycle: Cycle, placements: Sequence[Placement], ends_on: dt.date) -> None:
        self.cycle, self.ends_on = cycle, ends_on
        self.placements = {one.pk: one for one in placements}

    def of(self, placements: Sequence[Placement]) -> "Desk":
        """The desk of some of its placements: what was read is not read again."""
        part = Desk(self.cycle, placements, self.ends_on)
        part.periods = {pk: one for pk, one in self.periods.items() if pk in part.placements}
        part.current = {pk: rows for pk, rows in self.current.items() if pk in part.placements}
        return part

    @cached_property
    def periods(self) -> dict[int, Period]:
        """Placement → its period: as it was asked for, else as the programme has it now, from where the last one ended."""
        keys = [str(pk) for pk in self.placements]
        asked: dict[int, list[Period]] = defaultdict(list)
        rows = Obligation.objects.filter(
            kind=self.cycle.kind, subject_type="placements.placement", subject_id__in=keys
        ).filter(period_ends_on__lte=self.ends_on)
        for row in rows.only("subject_id", "period_starts_on", "period_ends_on"):
            asked[int(row.subject_id)].append(row.period)
        found = {pk: self._period(one, asked[pk]) for pk, one in self.placements.items()}
        return {pk: period for pk, period in found.items() if period is not None}

    def _period(self, placement: Placement, asked: Sequence[Period]) -> Period | None:
        known = next((one for one in asked if one.ends_on == self.ends_on), None)
        period = self.cycle.rhythm.period_of(placement, self.ends_on)
        if known is not None or period is None or placement.state not in WORKED:
            return known
        period = after_asked(period, asked)
        is_within = period is not None and period.shares_a_day_with(
            first_day_of(placement), placement.ends_on
        )
        return period if is_within else None

    @cached_property
    def current(self) -> dict[int, list[CycleRecord]]:
        """Placement → current records of the period, the latest first."""
        found: dict[int, list[CycleRecord]] = defaultdict(list)
        rows = self.cycle.model._default_manager.filter(  # noqa: SLF001 -- Django's documented name
            placement__in=self.placements, ends_on=self.ends_on, is_current=True
        )
        for row in rows.select_related("handed_in_by").order_by("-pk"):
            found[row.placement_id].append(row)
        return found

    @cached_property
    def away(self) -> dict[int, Away]:
        """Placement → what the leave ledger says of the month that ends so; those who were never away are left out."""
        month = (self.ends_on - ONE_DAY).replace(day=1)
        return away_in(self.placements, month, self.ends_on) if self.cycle is PRESENCE else {}

    @cached_property
    def quiet(self) -> dict[int, set[tuple[dt.date, dt.date]]]:
        """Placement → its other periods for which there was nothing to tell."""
        found: dict[int, set[tuple[dt.date, dt.date]]] = defaultdict(set)
        rows = self.cycle.model._default_manager.filter(  # noqa: SLF001 -- as above
            placement__in=self.placements, is_current=True, **{self.cycle.model.QUIET: True}
        ).exclude(ends_on=self.ends_on)
        for pk, starts_on, ends_on in rows.values_list("placement_id", "starts_on", "ends_on"):
            found[pk].add((starts_on, ends_on))
        return found

    def latest(self, placement: Placement) -> CycleRecord | None:
        """The record of the period that stands, the latest if there are several."""
        return next(iter(self.current.get(placement.pk, ())), None)

    def is_owed(self, placement: Placement) -> bool:
        """Whether the period is asked for."""
        period = self.periods.get(placement.pk)
        return period is not None and self.cycle.is_owed(placement, period)

    def days_due(self, placement: Placement) -> int:
        """Working days of the term within the period."""
        period = self.periods[placement.pk]
        return days_due(placement, period.starts_on, period.ends_on)

    @property
    def is_certain(self) -> bool:
        """Whether the holidays are known by which working days are counted."""
        return is_announced((self.ends_on - ONE_DAY).year)

    def may_be_quiet(self, placement: Placement) -> bool:
        """Whether the period may pass without anything to tell: two running at most."""
        period = self.periods.get(placement.pk)
        if period is None:
            return False
        n = n_quiet_running(period.starts_on, period.ends_on, self.quiet[placement.pk])
        return n <= MOST_QUIET_RUNNING

    def target(self, entry: Entry) -> CycleRecord | None:
        """The record that the row replaces; a notice is put beside others, and in the place of one without matters."""
        if entry.corrects is not None:
            return entry.corrects
        standing = self.current.get(entry.placement.pk, [])
        if entry.adds:
            return next((one for one in standing if one.is_quiet), None)
        return next(iter(standing), None)

    def is_known(self, entry: Entry) -> bool:
        """Whether the same stands already."""
        standing = [entry.corrects] if entry.corrects else self.current.get(entry.placement.pk, ())
        return any(entry.content.is_in(one) for one in standing)

    def faults(self, entry: Entry, on: dt.date) -> Iterator[RowFault]:
        """Everything that is wrong with a row."""
        placement, content = entry.placement, entry.content
        period = self.periods.get(placement.pk)
        if period is None:
            found = gettext_noop("{last}止的这一期不在本人挂职期内")
            last = self.ends_on - dt.timedelta(days=1)
            yield fault("", found, gettext_noop("请核对期间；期限有误的，请先更正挂职期限"), last=f"{last}")
            return
        opens_on = self.cycle.opens_on(placement, period)
        if on < opens_on:
            found, remedy = gettext_noop("这一期还没有结束"), gettext_noop("请在{day}以后填报")
            yield fault("", found, remedy, day=f"{opens_on}")
        if isinstance(content, Presence):
            yield from content.faults(self.days_due(placement))
        if isinstance(content, Telling):
            yield from content.faults()
            yield from self._faults_of_quiet(entry)
        if isinstance(content, Notice) and (own_work := own_work_fault(placement, content)):
            yield own_work

    def _faults_of_quiet(self, entry: Entry) -> Iterator[RowFault]:
        quiet = entry.content.MODEL.QUIET
        if not entry.content.is_quiet:
            return
        if not self.may_be_quiet(entry.placement):
            found = gettext_noop("已连续{most}期没有情况")
            yield fault(quiet, found, gettext_noop("本期请写明情况，哪怕一句话"), most=MOST_QUIET_RUNNING)
        target = self.target(entry)
        if any(one != target and not one.is_quiet for one in self.current.get(entry.placement.pk, ())):
            yield fault(quiet, gettext_noop("本期已经有告知内容"), gettext_noop("不用再填无事项"))
