"""Leave over the terms of everybody in post: in time, early, late, and what has to be looked into; by bulk."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from secondment.accounts.models import User
from secondment.common.workdays import is_workday
from secondment.leave.choices import EntryKind, LeaveState, LeaveType, Source, StepState
from secondment.leave.drafts import term_of
from secondment.leave.levels import level_for, units_of
from secondment.leave.models import LeaveEntry, LeaveRequest, LeaveStep
from secondment.leave.services.alerting import look_after
from secondment.leave.services.ledger import columns, lines, lines_back
from secondment.leave.spans import HALF_DAYS, HalfDay, Span, next_working
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import with_names

BATCH = 500
CLERK = "镇组织委员"
PLANS = (
    (LeaveType.PERSONAL, 2, "家中有事"),
    (LeaveType.ANNUAL, 6, ""),
    (LeaveType.SICK, 3, "就诊"),
    (LeaveType.OFFICIAL, 4, "参加市里培训"),
    (LeaveType.HOME_UNIT, 2, "交接原岗位材料"),
    (LeaveType.FAMILY_VISIT, 10, "探亲"),
    (LeaveType.PERSONAL, 1, "办理户籍手续"),
)
"""Type, half-days of work, reason."""
LATE_FOR_LONG, MUCH_LEAVE, ASKS_NOW = 1, 2, 3
"""Whose leave is planted, by their place among those in post."""
N_ASKING = 6


@dataclass(frozen=True)
class Planned:
    """A leave of the demo; `late` half-days of work after its end, negative for a return before it."""

    placement: Placement
    type: LeaveType
    span: Span
    reason: str
    late: int = 0


def load_leave(*, by: User, on: dt.date) -> None:
    """Most people are away some days every few months."""
    rows = Placement.objects.filter(state=PlacementState.IN_POST, starts_on__lt=on)
    placements = list(with_names(rows).order_by("-ends_on", "pk"))
    planned = [one for number, each in enumerate(placements) for one in _of(each, number, on)]
    requests = sorted((_request(one, by, on) for one in planned), key=lambda one: one.asked_at)
    LeaveRequest.objects.bulk_create(requests, batch_size=BATCH)
    LeaveStep.objects.bulk_create([step for one in requests for step in _steps(one, by)], batch_size=BATCH)
    _write_ledger(requests, by)
    for each in placements[:ASKS_NOW]:
        look_after(each, on=on)


def _of(placement: Placement, number: int, on: dt.date) -> Iterator[Planned]:
    """The plan of one person, without overlaps."""
    term, taken = term_of(placement), list[Span]()
    for one in (*_planted(placement, number, on), *_usual(placement, on)):
        whole = Span(one.span.starts, one.span.ends.after(max(0, one.late) * 4 + 4))
        if whole.is_within(term) and not any(whole.overlaps(other) for other in taken):
            taken.append(whole)
            yield one


def _planted(placement: Placement, number: int, on: dt.date) -> Iterator[Planned]:
    ago = on - dt.timedelta(days=60)
    if number == LATE_FOR_LONG:
        yield Planned(placement, LeaveType.PERSONAL, _span(ago, 4), "家中有事", late=24)
    if number == MUCH_LEAVE:
        for weeks in (30, 20, 10):
            yield Planned(placement, LeaveType.SICK, _span(on - dt.timedelta(weeks=weeks), 22), "住院治疗")
    if number in range(ASKS_NOW, ASKS_NOW + N_ASKING):
        leave_type, half_days, reason = PLANS[number % len(PLANS)]
        yield Planned(placement, leave_type, _span(on + dt.timedelta(days=3 + number), half_days), reason)
    if number in range(ASKS_NOW + N_ASKING, ASKS_NOW + 2 * N_ASKING):
        yield Planned(placement, LeaveType.ANNUAL, _span(on - dt.timedelta(days=1), 6), "")


def _usual(placement: Placement, on: dt.date) -> Iterator[Planned]:
    """One in three months has a leave that is over."""
    month = placement.starts_on.replace(day=1)
    while month < on - dt.timedelta(days=45):
        key = placement.pk * 7 + month.month + month.year
        if key % 3 == 0:
            leave_type, half_days, reason = PLANS[key // 3 % len(PLANS)]
            late = 2 if key % 45 == 0 else -1 if key % 15 == 0 and half_days > 2 else 0
            yield Planned(
                placement, leave_type, _span(month + dt.timedelta(days=key % 19), half_days), reason, late
            )
        month = (month + dt.timedelta(days=31)).replace(day=1)


def _span(day: dt.date, half_days: int) -> Span:
    """So many half-days of work from the next working day on."""
    starts = next_working(HalfDay(day))
    return Span(starts, _after_work(starts, half_days))


def _after_work(at: HalfDay, half_days: int) -> HalfDay:
    while half_days:
        half_days -= is_workday(at.day)
        at = at.after(1)
    return at


def _back(one: Planned) -> HalfDay:
    """The first half-day back."""
    if one.late < 0:
        return next_working(one.span.ends.after(one.late))
    return next_working(_after_work(next_working(one.span.ends), one.late))


def _request(one: Planned, by: User, on: dt.date) -> LeaveRequest:
    half_days = one.span.n_working
    request = LeaveRequest(
        placement=one.placement,
        type=one.type,
        half_days=half_days,
        level=level_for(one.placement, half_days).approver,
        source=Source.CLERK,
        asked_by=by,
        asked_at=_at(min(one.span.starts.day - dt.timedelta(days=4), on)),
        deputy_name="村党支部副书记" if half_days > HALF_DAYS * 2 else "",
        deputy_contact="以通讯录为准" if half_days > HALF_DAYS * 2 else "",
        state=LeaveState.ASKED,
        **columns(one.span),
    )
    request.set_reason(one.reason)
    back = _back(one)
    if one.span.starts.day <= on:
        request.state = LeaveState.GRANTED
    if back.day <= on and one.span.starts.day <= on:
        request.state, request.back_on, request.back_pm = LeaveState.RETURNED, back.day, back.is_pm
    return request


def _steps(request: LeaveRequest, by: User) -> Iterator[LeaveStep]:
    is_decided = request.state != LeaveState.ASKED
    for place, (unit, role) in enumerate(
        units_of(request.placement, level_for(request.placement, request.half_days))
    ):
        yield LeaveStep(
            request=request,
            position=place + 1,
            unit=unit,
            role=role,
            state=StepState.GRANTED if is_decided else StepState.WAITING,
            decided_for=CLERK if is_decided else "",
            decided_by=by if is_decided else None,
            decided_at=request.asked_at if is_decided else None,
        )


def _write_ledger(requests: Sequence[LeaveRequest], by: User) -> None:
    """What granting and returning would have written."""
    granted = [one for one in requests if one.state != LeaveState.ASKED]
    added = [
        line for one in granted for line in lines(one, EntryKind.GRANTED, one.span, by=by, at=one.asked_at)
    ]
    LeaveEntry.objects.bulk_create(added, batch_size=BATCH)
    of_request: dict[int, list[LeaveEntry]] = defaultdict(list)
    for line in added:
        of_request[line.request_id].append(line)
    returned = [one for one in granted if one.back is not None]
    changed = []
    for one in returned:
        back = one.back or one.span.ends
        at, rest = _at(back.day), Span(back, one.span.ends)
        changed += lines_back(one, EntryKind.EARLY, of_request[one.pk], rest, by=by, at=at)
        changed += lines(one, EntryKind.LATE, one.late.shared(term_of(one.placement)), by=by, at=at)
    LeaveEntry.objects.bulk_create(changed, batch_size=BATCH)


def _at(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(9)))
