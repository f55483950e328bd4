"""What the pages of leave show."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.models import User
from secondment.common.components import Fact, Status, Tab
from secondment.common.days import ONE_DAY
from secondment.common.sentences import labelled
from secondment.leave.choices import EntryKind, LeaveState, StepState
from secondment.leave.filters import AWAY, BELOW, LATE
from secondment.leave.levels import Approval, levels_of
from secondment.leave.models import LeaveEntry, LeaveRequest, LeaveStep
from secondment.leave.parameters import leave_levels
from secondment.leave.presence import Presence, amounts_of, month_of, months_of, year_of
from secondment.leave.queries import stand_ins_of
from secondment.leave.rules import holds, standing_in
from secondment.leave.spans import HALF_DAYS
from secondment.leave.words import days_words, half_words, span_words
from secondment.obligations.periods import Period, period_of
from secondment.placements.models import Placement

N_MONTHS_SHOWN = 6
STATE_STATUS: dict[str, Status] = {
    LeaveState.ASKED: "warn",
    LeaveState.GRANTED: "info",
    LeaveState.RETURNED: "good",
}
STEP_STATUS: dict[str, Status] = {StepState.GRANTED: "good", StepState.REFUSED: "bad"}


@dataclass(frozen=True)
class MonthRow:
    """A secondee in the overview of a month."""

    placement: Placement
    presence: Presence

    @property
    def name(self) -> str:
        """Of the person."""
        return self.placement.person.name

    @property
    def offices(self) -> str:
        """Host unit, the unit above it and home unit, to be searched."""
        host = self.placement.host_unit
        above = host.parent.name if host.parent else ""
        return f"{above} {host.name} {self.placement.home_unit.name}"

    def is_so(self, what: str) -> bool:
        """Whether the row is one of the remarkable ones."""
        now = self.presence
        return {AWAY: now.leave > 0, LATE: now.late > 0, BELOW: now.is_below_norm}[what]


@dataclass(frozen=True)
class LedgerLine:
    """A line of the ledger and the balance behind it."""

    entry: LeaveEntry
    balance: str

    @property
    def days(self) -> str:
        """With a sign."""
        n = self.entry.half_days
        return f"+{days_words(n)}" if n > 0 else f"−{days_words(-n)}"

    @property
    def words(self) -> str:
        """From when to when, and what it is about."""
        kind = self.entry.get_kind_display()
        if self.entry.reverses is not None and self.entry.kind == EntryKind.REVERSED:
            kind = labelled(kind, self.entry.reverses.get_kind_display())
        return f"{kind} · {self.entry.request.get_type_display()} · {span_words(self.entry.span)}"


@dataclass(frozen=True)
class StepLine:
    """A step of approval as the page shows it."""

    label: str
    state: str
    status: Status
    words: str


def month_rows(placements: Sequence[Placement], month: dt.date, ends_on: dt.date) -> list[MonthRow]:
    """The overview of a month; one query for the ledger."""
    amounts = amounts_of([one.pk for one in placements], month, ends_on)
    return [MonthRow(one, month_of(one, month, amounts)) for one in placements]


def years_of(placement: Placement, on: dt.date) -> list[tuple[Presence, list[Presence]]]:
    """Each year of the term that has begun, with its months, the latest first."""
    first, *later = months_of(placement)
    months = [first, *(one for one in later if one.year <= on.year)]
    last = months[-1]
    amounts = amounts_of([placement.pk], months[0], dt.date(last.year + 1, 1, 1))
    return [
        (
            year_of(placement, year, amounts),
            [month_of(placement, one, amounts) for one in months if one.year == year],
        )
        for year in range(last.year, months[0].year - 1, -1)
    ]


def ledger_lines(entries: Sequence[LeaveEntry]) -> list[LedgerLine]:
    """The ledger as it was written, with the running balance."""
    balances = accumulate(one.half_days for one in entries)
    return [LedgerLine(one, days_words(n)) for one, n in zip(entries, balances, strict=True)]


def month_tabs(page: str, until: dt.date, on: dt.date) -> list[Tab]:
    """The month under way and those before, and the one that is shown."""
    months = [period_of(on, 1)]
    while len(months) < N_MONTHS_SHOWN:
        months.append(period_of(months[-1].starts_on - ONE_DAY, 1))
    shown = period_of(until - ONE_DAY, 1)
    if shown not in months:
        months.append(shown)
    here = reverse(page)
    return [
        Tab(str(one.label), f"{here}?until={one.ends_on.isoformat()}", is_current=one == shown)
        for one in sorted(months)
    ]


def approval_words(approval: Approval) -> list[str]:
    """Who decides, one after the other, and where somebody else writes it down."""
    return [
        one.unit.name
        if one.has_account
        else _("%(unit)s（没有账号，由主办组织部门代为登记）") % {"unit": one.unit.name}
        for one in approval.offices
    ]


def level_lines(placement: Placement) -> list[tuple[str, int]]:
    """Each level of the programme in words, and half-days that fall under it."""
    found, longest = [], 0
    for one in levels_of(placement):
        if one.up_to_days is None:
            words = _("更长") if longest else _("不论几天")
            found.append((words, longest + 1))
        else:
            longest = one.up_to_days * HALF_DAYS
            found.append((_("%(days)s 个工作日以内") % {"days": one.up_to_days}, longest))
    return found


def county_words(placement: Placement) -> str:
    """That the levels are those of a county, with the document they rest on."""
    own = leave_levels.own(placement)
    if own is None:
        return ""
    return _("按%(unit)s的规定（%(basis)s）") % {"unit": own.unit, "basis": own.basis}


def acts_for(user: User, step: LeaveStep, on: dt.date) -> bool:
    """Whether the reader decides for the office, and does not only write down what it decided."""
    return holds(user, step) or standing_in(user, step, stand_ins_of(user, on)) is not None


def facts_of(request: LeaveRequest, *, reads_reason: bool, opens_reason: bool) -> list[Fact]:
    """What was asked for; a reason about a body is opened by a button."""
    placement = request.placement
    facts = [
        Fact(_("姓名"), placement.person.name, reverse("leave:placement_leave", args=[placement.pk])),
        Fact(_("接收单位"), placement.host_unit.name),
        Fact(_("假别"), request.get_type_display()),
        Fact(_("时间"), span_words(request.span)),
        Fact(_("天数"), days_of(request)),
    ]
    if reads_reason:
        facts.append(Fact(_("事由"), request.reason or None))
    elif opens_reason and request.reason_sealed:
        facts.append(Fact(_("事由"), _("已加密，查看留痕")))
    if reads_reason or opens_reason:
        deputy = f"{request.deputy_name} {request.deputy_contact}".strip()
        facts += [Fact(_("去往"), request.destination or None), Fact(_("代行工作人"), deputy or None)]
    facts.append(Fact(_("申请"), told_by(request)))
    if request.back is not None:
        facts.append(Fact(_("返岗"), half_words(request.back)))
    if request.late_excused:
        facts.append(Fact(_("逾期理由"), request.late_excused, is_wide=True))
    if request.closing_words:
        facts.append(Fact(_("撤销理由"), request.closing_words, is_wide=True))
    return facts


def days_of(request: LeaveRequest) -> str:
    """Working days, and whether the holidays are known."""
    words = _("%(days)s 个工作日") % {"days": days_words(request.half_days)}
    return (
        words
        if request.span.is_certain
        else _("%(words)s（该年节假日尚未公布，暂按周末推算）") % {"words": words}
    )


def told_by(request: LeaveRequest) -> str:
    """Who asked, when and how."""
    when = timezone.localtime(request.asked_at)
    return f"{request.asked_by.name} · {when:%Y-%m-%d} · {request.get_source_display()}"


def late_words(request: LeaveRequest, on: dt.date) -> str:
    """How late somebody came back, or is by now; nothing for those who are not."""
    if request.state == LeaveState.RETURNED and not request.late.is_empty:
        words = _("逾期 %(days)s 个工作日") % {"days": days_words(request.late.n_working)}
        return _("%(words)s，已认定有正当理由") % {"words": words} if request.late_excused else words
    if request.state == LeaveState.GRANTED and request.due_back.day < on:
        return _("应于 %(day)s 返岗，尚未销假") % {"day": half_words(request.due_back)}
    return ""


def step_lines(steps: Sequence[LeaveStep], current: LeaveStep | None) -> list[StepLine]:
    """The steps in their turn."""
    return [_step_line(one, current) for one in steps]


def _step_line(step: LeaveStep, current: LeaveStep | None) -> StepLine:
    is_current = current is not None and step.pk == current.pk
    status: Status = "warn" if is_current else STEP_STATUS.get(step.state, "idle")
    return StepLine(step.unit.name, step.get_state_display(), status, _step_words(step))


def _step_words(step: LeaveStep) -> str:
    if step.decided_by is None or step.decided_at is None:
        return ""
    who = step.decided_by.name
    if step.stand_in_id:
        who = _("%(name)s（代批）") % {"name": who}
    if step.decided_for:
        who = _("%(name)s（%(clerk)s代为登记）") % {"name": step.decided_for, "clerk": who}
    when = timezone.localtime(step.decided_at)
    words = f"{who} · {when:%Y-%m-%d}"
    return f"{words} · {step.words}" if step.words else words


def period_label(until: dt.date) -> Period:
    """The month that ends so."""
    return period_of(until - ONE_DAY, 1)


def days(half_days: int) -> float:
    """For figures of lists."""
    return half_days / HALF_DAYS
