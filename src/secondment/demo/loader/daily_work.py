"""Presence, host reports and home notices of everybody in post, from the first month on, with what is planted; by bulk."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from secondment.accounts.models import User
from secondment.audit.services import Entry
from secondment.common.days import ONE_DAY
from secondment.daily_work.choices import Source
from secondment.daily_work.cycles import (
    BY_KIND,
    CYCLES,
    MONTH,
    NOTICE,
    PRESENCE,
    QUARTER_MONTHS,
    REPORT,
    Cycle,
)
from secondment.daily_work.models import HALF_DAYS, CycleRecord, HostReport
from secondment.demo.loader.scene import Posted, Scene, at_hour
from secondment.demo.loader.support import load_support
from secondment.demo.work import texts
from secondment.demo.work.planted import Case
from secondment.leave.presence import away_in, days_due
from secondment.obligations.duties import Duty
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.periods import last_over
from secondment.obligations.services import bring_up_to_date

BATCH = 500
CLERKS: Mapping[Cycle, str] = {PRESENCE: "镇组织委员", REPORT: "镇组织委员", NOTICE: "人事科"}
ORDINARY_MISSING, ORDINARY_LATE = 0.08, 0.05
SILENT_SINCE = dt.timedelta(days=200)
CALLED_HOME = {"half_days_away": 8, "cause": "回原单位加班"}
Content = dict[str, Any]


def load_daily_work(scene: Scene) -> None:
    """Ask for what was owed since the first came, then hand in most of it."""
    ask_since_the_first_day(scene, CYCLES)
    owed = list(Obligation.objects.filter(kind__in=BY_KIND).order_by("period_ends_on", "pk"))
    people = {posted.placement.pk: posted for posted in scene.people}
    away = _away(owed)
    written: defaultdict[type[CycleRecord], list[CycleRecord]] = defaultdict(list)
    quiet: dict[tuple[str, int], int] = {}
    for one in owed:
        posted = people.get(int(one.subject_id))
        if posted is None:
            continue
        record = _Handed(one, posted, scene, away, quiet).record()
        if record is not None:
            written[type(record)].append(record)
    for model, rows in written.items():
        model._default_manager.bulk_create(rows, batch_size=BATCH)  # noqa: SLF001 -- Django's documented name
    names = ["state", "closed_on", "escalated_on", "opens_on"]
    # bulk_update writes a CASE for every row and column: ten times the work
    Obligation.objects.bulk_create(
        owed, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=names
    )
    load_support(written[HostReport], scene)


def ask_since_the_first_day(scene: Scene, duties: Iterable[Duty] | None = None) -> None:
    """What those in post were ever asked for; what records have met by now is noted down as met."""
    placements = [posted.placement for posted in scene.people]
    if placements:
        since = min(one.starts_on for one in placements)
        bring_up_to_date(on=scene.on, duties=duties, subjects=placements, since=since)


def _away(owed: list[Obligation]) -> dict[tuple[int, dt.date], Content]:
    """(Placement, end of a month) → what the host confirms: what the leave ledger says."""
    keys: dict[dt.date, list[int]] = defaultdict(list)
    for one in owed:
        if one.kind == PRESENCE.kind:
            keys[one.period.ends_on].append(int(one.subject_id))
    return {
        (key, ends_on): {"half_days_away": away.half_days, "cause": away.cause}
        for ends_on, people in keys.items()
        for key, away in away_in(people, (ends_on - ONE_DAY).replace(day=1), ends_on).items()
    }


@dataclass(frozen=True)
class _Handed:
    """What an office handed in for one period, or did not."""

    owed: Obligation
    posted: Posted
    scene: Scene
    away: Mapping[tuple[int, dt.date], Content]
    quiet: dict[tuple[str, int], int]

    def record(self) -> CycleRecord | None:
        """The record, with its event; the obligation is closed by it. None where nothing came."""
        placement, period = self.posted.placement, self.owed.period
        self.owed.opens_on = min(period.ends_on, placement.ends_on)
        if self._is_missing:
            return None
        at = self._at
        if at.date() >= self.scene.on:
            return None
        by = self._by
        is_own = by != self.scene.offices.department
        record = self.cycle.model(
            placement=placement,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            source=Source.WEB if is_own else Source.WORKBOOK,
            clerk="" if is_own else CLERKS[self.cycle],
            handed_in_by=by,
            handed_in_at=at,
            **self._content,
        )
        act = "give" if self.cycle is NOTICE else "hand_in"
        details = {"until": f"{period.last_day}", "source": record.source}
        self.scene.trail.append(Entry(f"{self.cycle.kind}.{act}", record, by, at, details))
        self.owed.state, self.owed.closed_on, self.owed.escalated_on = ObligationState.MET, at.date(), None
        if self.cycle is NOTICE:
            self._read(record)
        return record

    @cached_property
    def cycle(self) -> Cycle:
        return BY_KIND[self.owed.kind]

    @property
    def _by(self) -> User:
        offices, placement = self.scene.offices, self.posted.placement
        return offices.of_home(placement) if self.cycle is NOTICE else offices.of_host(placement)

    @cached_property
    def _is_missing(self) -> bool:
        case, ends_on = self.posted.case, self.owed.period.ends_on
        silent = {Case.HOST_SILENT: REPORT, Case.HOME_SILENT: NOTICE}
        if case in silent and self.cycle is silent[case]:
            return ends_on > self.scene.on - SILENT_SINCE
        months = MONTH if self.cycle is PRESENCE else QUARTER_MONTHS
        is_last = self.owed.period == last_over(self.scene.on, months)
        return case is None and is_last and self._chance("missing") < ORDINARY_MISSING

    @cached_property
    def _at(self) -> dt.datetime:
        """A few days before its day, and after the period; of some after its day."""
        due_on, ends_on = self.owed.due_on, self.owed.period.ends_on
        is_last = ends_on > self.scene.on - dt.timedelta(days=100)
        is_late = self.posted.case == Case.LATE or (self.posted.case == Case.LATE_ONCE and is_last)
        share = self._chance("day")
        if is_late or (self.posted.case is None and self._chance("late") < ORDINARY_LATE):
            return at_hour(due_on + dt.timedelta(days=3 + int(share * 9)), 10)
        days = max(0, (due_on - ends_on).days - 1)
        return at_hour(ends_on + dt.timedelta(days=int(share * (days + 1))), 9 + int(share * 8))

    @cached_property
    def _content(self) -> Content:
        if self.cycle is PRESENCE:
            return self._presence()
        told = self._told()
        key = (self.owed.kind, self.posted.placement.pk)
        self.quiet[key] = 0 if told else self.quiet.get(key, 0) + 1
        return told or {self.cycle.model.QUIET: True}

    def _presence(self) -> Content:
        """What the ledger says; of who is called home week by week, what the host saw."""
        by_ledger = self.away.get((self.posted.placement.pk, self.owed.period.ends_on), {})
        if self.posted.case == Case.WORKS_FOR_HOME:
            extra = CALLED_HOME["half_days_away"] + by_ledger.get("half_days_away", 0)
            by_ledger = {**CALLED_HOME, "half_days_away": extra}
        period = self.owed.period
        most = HALF_DAYS * days_due(self.posted.placement, period.starts_on, period.ends_on)
        return (
            {**by_ledger, "half_days_away": min(most, by_ledger["half_days_away"])}
            if by_ledger and most
            else {}
        )

    def _told(self) -> texts.Texts:
        """Nothing where there is nothing to tell: at most twice running."""
        case, source = (
            self.posted.case,
            self.posted.chance(f"{self.owed.kind} {self.owed.period.ends_on.isoformat()}"),
        )
        n_quiet = self.quiet.get((self.owed.kind, self.posted.placement.pk), 0)
        is_quiet = case in (Case.QUIET, Case.PASSING) or source.random() < 0.12
        if is_quiet and n_quiet < 2 and case not in (Case.COPIED, Case.SAME_AS_NEIGHBOUR):
            return {}
        if self.cycle is NOTICE:
            told = texts.notice_of(source, self.posted.goals)
            if case == Case.WORKS_FOR_HOME:
                told["work_requirements"] = source.choice(texts.ASKED_TO_WORK)
                told["home_work_reason"] = texts.ASKED_BECAUSE
            if case == Case.QUARRELLING:
                told["work_requirements"] = source.choice(texts.QUARREL_OF_HOME)
            return told
        return self._report(source)

    def _report(self, source: Any) -> texts.Texts:
        case = self.posted.case
        if case == Case.COPIED:
            return {"work": texts.FLATTERY}
        if case == Case.SAME_AS_NEIGHBOUR:
            source = texts.shared_chance(f"{self.owed.period.ends_on.isoformat()}")
            return texts.report_of(source, (), self._share)
        told = texts.report_of(source, self.posted.goals, self._share)
        if case == Case.SAME_PHRASE:
            told["thinking"] = texts.THINKING[0]
        if case == Case.EXCELLENT:
            told["work"] += source.choice(texts.EXCELLENT)
        if case == Case.QUARRELLING:
            told["problems"] = source.choice(texts.QUARREL_OF_HOST)
        if case == Case.PASSING:
            told = {"work": "参加镇村会议，了解情况。"}
        return told

    @property
    def _share(self) -> float:
        """How much of the term is over at the end of the period."""
        placement = self.posted.placement
        gone = (self.owed.period.ends_on - placement.starts_on).days
        return max(0.05, min(1.0, gone / (placement.ends_on - placement.starts_on).days))

    def _read(self, record: Any) -> None:
        """Who has an account reads a notice on the next evening, but for the latest."""
        account = self.posted.placement.person.account
        at = record.handed_in_at + dt.timedelta(hours=30)
        if account is not None and not record.is_quiet and at.date() < self.scene.on - dt.timedelta(days=60):
            record.read_at = at
            self.scene.trail.append(Entry("home_notice.read", record, account, at))

    def _chance(self, matter: str) -> float:
        return self.posted.chance(
            f"{matter} {self.owed.kind} {self.owed.period.ends_on.isoformat()}"
        ).random()
