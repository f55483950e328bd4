"""Leave over the terms of everybody in post: in time, late, refused, cancelled, and what has to be looked into; by bulk."""

import datetime as dt
import random
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.audit.services import Entry
from secondment.common.workdays import is_workday
from secondment.demo.loader.scene import Posted, Scene, at_hour
from secondment.demo.work.planted import Case
from secondment.leave.choices import EntryKind, LeaveState, LeaveType, Source, StepState
from secondment.leave.drafts import term_of
from secondment.leave.levels import level_for, units_of
from secondment.leave.models import LeaveEntry, LeaveRequest, LeaveStep
from secondment.leave.rules import is_own
from secondment.leave.services.alerting import look_after
from secondment.leave.services.asking import public_details
from secondment.leave.services.ledger import columns, lines, reversal
from secondment.leave.spans import HALF_DAYS, HalfDay, Span, next_working

BATCH = 500
ONE_DAY = dt.timedelta(days=1)
DECIDER = "{unit}主要负责同志"
PLACES = ("北京城区", "天津", "河北保定", "山东济南", "河南郑州", "本市")
# Type, least and most half-days, weight, reasons.
KINDS = (
    (LeaveType.ANNUAL, 4, 10, 28, ("",)),
    (
        LeaveType.PERSONAL,
        1,
        3,
        26,
        ("孩子家长会", "办理户籍手续", "老人住院陪护", "家中装修验收", "参加亲属婚礼"),
    ),
    (LeaveType.SICK, 1, 6, 14, ("感冒发烧", "腰椎理疗", "口腔治疗")),
    (LeaveType.FAMILY_VISIT, 6, 10, 6, ("探望父母",)),
    (LeaveType.OFFICIAL, 2, 6, 12, ("参加市级乡村振兴培训", "带队考察产业项目", "到市里对接资金")),
    (LeaveType.HOME_UNIT, 1, 4, 10, ("回派出单位述职", "参加派出单位民主测评", "办理工作交接")),
    (LeaveType.FAMILY, 2, 8, 4, ("陪护配偶生产",)),
)
REFUSED, WITHDRAWN, CANCELLED, LATE, EXCUSED = "refused", "withdrawn", "cancelled", "late", "excused"
OUTCOMES = ((REFUSED, 4), (WITHDRAWN, 2), (CANCELLED, 3), (LATE, 2), (EXCUSED, 3), ("", 86))
REFUSALS = ("正值防汛值守，请改期。", "村“两委”换届在即，请推迟一周。")
EXCUSE = "返程山路塌方，已电话报告镇党政办"


@dataclass
class Planned:
    """A leave as it went: from when, for how many half-days, how it came out, and how late the return was."""

    posted: Posted
    type: LeaveType
    span: Span
    reason: str
    outcome: str = ""
    late: int = 0
    words: str = ""
    destination: str = ""
    deputy: tuple[str, str] = ("", "")


@dataclass
class Rows:
    """What is to be written."""

    requests: list[LeaveRequest] = field(default_factory=list)
    steps: list[LeaveStep] = field(default_factory=list)
    # request, kind, span, by, at: lines of the ledger, which need the number of their request
    added: list[tuple[LeaveRequest, EntryKind, Span, User, dt.datetime]] = field(default_factory=list)
    reversed: dict[uuid.UUID, tuple[EntryKind, User, dt.datetime]] = field(default_factory=dict)
    excused: list[tuple[LeaveRequest, EntryKind, Span, User, dt.datetime]] = field(default_factory=list)


def load_leave(scene: Scene) -> None:
    """Most people are away some days every few months."""
    rows = Rows()
    for posted in scene.people:
        for one in _of(posted, scene.on):
            _Written(one, rows, scene).run()
    rows.requests.sort(key=lambda one: one.asked_at)
    LeaveRequest.objects.bulk_create(rows.requests, batch_size=BATCH)
    LeaveStep.objects.bulk_create(rows.steps, batch_size=BATCH)
    _write_ledger(rows)
    for posted in scene.people:
        if posted.case in (Case.ABSENT, Case.SICK):
            look_after(posted.placement, on=scene.on)


def _of(posted: Posted, on: dt.date) -> list[Planned]:
    """The leaves of one person, the planted first; none overlaps."""
    term, taken, found = term_of(posted.placement), list[Span](), list[Planned]()
    for one in (*_planted(posted, on), *_usual(posted, on)):
        whole = Span(one.span.starts, after_work(next_working(one.span.ends), one.late + 2))
        if whole.is_within(term) and not any(whole.overlaps(other) for other in taken):
            taken.append(whole)
            found.append(one)
    return sorted(found, key=lambda one: one.span.starts)


def _planted(posted: Posted, on: dt.date) -> Iterator[Planned]:
    ago = [on - dt.timedelta(days=days) for days in (45, 150)]
    if posted.case == Case.ABSENT:
        for day in ago:
            yield Planned(posted, LeaveType.PERSONAL, span_of(day, 2), "家中有事", LATE, late=24)
    if posted.case == Case.SICK:
        yield Planned(posted, LeaveType.SICK, span_of(ago[1], 84), "骨折手术及康复", words="已收诊断证明")
    if posted.case in (Case.HOME_LEAVE, Case.BESIDE):
        for weeks in range(2, 80, 8 if posted.case == Case.HOME_LEAVE else 4):
            day = on - dt.timedelta(weeks=weeks)
            yield Planned(posted, LeaveType.HOME_UNIT, span_of(day, 4), "经批准回派出单位办理专项工作")
    if posted.case == Case.PASSING:
        for weeks in range(3, 85, 4):
            yield Planned(posted, LeaveType.PERSONAL, span_of(on - dt.timedelta(weeks=weeks), 8), "个人事务")


def _usual(posted: Posted, on: dt.date) -> Iterator[Planned]:
    """Every two or three months, and up to three weeks ahead."""
    source = posted.chance("leave")
    if posted.case == Case.NEW:
        return
    day = posted.placement.starts_on + dt.timedelta(days=source.randint(20, 70))
    while day < on + dt.timedelta(days=21):
        leave_type, least, most, _weight, reasons = source.choices(KINDS, [one[3] for one in KINDS])[0]
        span = span_of(day, source.randint(least, most))
        outcome = source.choices([one for one, _n in OUTCOMES], [n for _one, n in OUTCOMES])[0]
        yield Planned(
            posted,
            leave_type,
            span,
            source.choice(reasons),
            outcome,
            late=source.randint(1, 3) if outcome in (LATE, EXCUSED) else 0,
            destination=source.choice(PLACES) if source.random() < 0.6 else "",
            deputy=("村党支部副书记", "以通讯录为准") if span.n_half_days > 4 * HALF_DAYS else ("", ""),
        )
        day = span.ends.day + dt.timedelta(days=source.randint(55, 120))


def span_of(day: dt.date, half_days: int) -> Span:
    """So many half-days of work from the next working day on."""
    starts = next_working(HalfDay(day))
    return Span(starts, after_work(starts, half_days))


def after_work(moment: HalfDay, half_days: int) -> HalfDay:
    """So many half-days of work later."""
    while half_days:
        half_days -= is_workday(moment.day)
        moment = moment.after(1)
    return moment


class _Written:
    """One leave as its services would have written it, up to the day of loading."""

    def __init__(self, plan: Planned, rows: Rows, scene: Scene) -> None:
        self.plan, self.rows, self.scene = plan, rows, scene
        self.placement = plan.posted.placement
        self.source: random.Random = plan.posted.chance(f"leave {plan.span.starts.day}")
        starts = plan.span.starts.day
        self.asked_on = max(
            starts - dt.timedelta(days=self.source.randint(2, 7)),
            self.placement.reported_on or self.placement.starts_on,
        )
        self.decided_on = min(self.asked_on + ONE_DAY, starts)

    def run(self) -> None:
        """Ask, decide and return as far as the days have come."""
        if self.asked_on > self.scene.on:
            return
        self._ask()
        if self.plan.outcome == WITHDRAWN:
            self._close(LeaveState.WITHDRAWN, "withdraw", self.asker, at_hour(self.asked_on, 11))
        elif self.decided_on < self.scene.on:
            self._decide()

    def _ask(self) -> None:
        plan, placement = self.plan, self.placement
        self.asker = placement.person.account or self.scene.offices.of_host(placement)
        half_days = plan.span.n_working
        self.level = level_for(placement, half_days)
        self.request = LeaveRequest(
            placement=placement,
            type=plan.type,
            destination=plan.destination,
            deputy_name=plan.deputy[0],
            deputy_contact=plan.deputy[1],
            half_days=half_days,
            level=self.level.approver,
            source=Source.OWN if is_own(self.asker, placement) else Source.CLERK,
            asked_by=self.asker,
            asked_at=at_hour(self.asked_on, 9),
            **columns(plan.span),
        )
        self.request.set_reason(plan.reason)
        self.rows.requests.append(self.request)
        self.steps = [
            LeaveStep(request=self.request, position=place, unit=unit, role=role)
            for place, (unit, role) in enumerate(units_of(placement, self.level), start=1)
        ]
        self.rows.steps.extend(self.steps)
        self._note("ask", self.asker, self.request.asked_at, public_details(self.request))

    def _decide(self) -> None:
        grants = self.plan.outcome != REFUSED
        for step in self.steps:
            by = self.scene.offices.deciding(step.unit, step.role)
            step.state = StepState.GRANTED if grants else StepState.REFUSED
            step.words = self.plan.words if grants else self.source.choice(REFUSALS)
            is_noted_down = step.role == Role.HOST_UNIT and by == self.scene.offices.department
            step.decided_for = DECIDER.format(unit=step.unit.name)[:40] if is_noted_down else ""
            step.decided_by, step.decided_at = by, at_hour(self.decided_on, 15, step.position)
            action = "grant" if grants else "refuse"
            self._note(action, by, step.decided_at, {"office": step.unit.name})
            if not grants:
                self._move(LeaveState.REFUSED)
                return
        self._move(LeaveState.GRANTED)
        last = self.steps[-1]
        if last.decided_by is not None and last.decided_at is not None:
            self.rows.added.append(
                (self.request, EntryKind.GRANTED, self.plan.span, last.decided_by, last.decided_at)
            )
        if self.plan.outcome == CANCELLED:
            self._cancel()
        else:
            self._return()

    def _cancel(self) -> None:
        by = self.scene.offices.of_host(self.placement)
        self.request.closing_words = "镇里临时有任务，本人同意改期"
        at = at_hour(self.decided_on, 17)
        self.rows.reversed[self.request.key] = (EntryKind.GRANTED, by, at)
        self._close(LeaveState.CANCELLED, "cancel", by, at)

    def _return(self) -> None:
        """Back in time or late, as soon as that day has come; the last are still to be registered."""
        request = self.request
        back = next_working(after_work(request.due_back, self.plan.late))
        if back.day >= self.scene.on:
            return
        by = self.asker
        request.back_on, request.back_pm = back.day, back.is_pm
        self._move(LeaveState.RETURNED)
        at = at_hour(back.day, 14 if back.is_pm else 8, 30)
        late = request.late.shared(term_of(self.placement))
        if not late.is_empty:
            self.rows.added.append((request, EntryKind.LATE, late, by, at))
        self._note("return", by, at, {"day": f"{back.day}"})
        if self.plan.outcome == EXCUSED and late.n_working:
            self._excuse(back.day, late)

    def _excuse(self, day: dt.date, late: Span) -> None:
        by, at = self.scene.offices.of_host(self.placement), at_hour(day, 16)
        self.request.late_excused = EXCUSE
        self.request.version += 1
        self.rows.reversed[self.request.key] = (EntryKind.LATE, by, at)
        self.rows.excused.append((self.request, EntryKind.EXCUSED, late, by, at))
        self._note("excuse", by, at)

    def _close(self, state: LeaveState, action: str, by: User, at: dt.datetime) -> None:
        self._move(state)
        self._note(action, by, at)

    def _move(self, state: LeaveState) -> None:
        self.request.state = state
        self.request.version += 1

    def _note(self, action: str, by: User, at: dt.datetime, details: dict[str, str] | None = None) -> None:
        self.scene.trail.append(Entry(f"leave_request.{action}", self.request, by, at, details or {}))


def _write_ledger(rows: Rows) -> None:
    """What granting, returning, cancelling and excusing write."""
    added = _lines(rows.added)
    LeaveEntry.objects.bulk_create(added, batch_size=BATCH)
    of_request: defaultdict[uuid.UUID, list[LeaveEntry]] = defaultdict(list)
    for line in added:
        of_request[line.request.key].append(line)
    taken_back = [
        reversal(line, by=by, at=at)
        for key, (kind, by, at) in rows.reversed.items()
        for line in of_request[key]
        if line.kind == kind
    ]
    LeaveEntry.objects.bulk_create(taken_back, batch_size=BATCH)
    LeaveEntry.objects.bulk_create(_lines(rows.excused), batch_size=BATCH)


def _lines(
    planned: Sequence[tuple[LeaveRequest, EntryKind, Span, User, dt.datetime]],
) -> list[LeaveEntry]:
    return [
        line for request, kind, span, by, at in planned for line in lines(request, kind, span, by=by, at=at)
    ]
