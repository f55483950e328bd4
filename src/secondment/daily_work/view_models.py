"""What the pages of daily work show."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.forms import BoundField
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.common.components import Fact, Status, Tab
from secondment.common.days import ONE_DAY
from secondment.common.sentences import labelled
from secondment.daily_work.cycles import MONTH, QUARTER_MONTHS
from secondment.daily_work.desk import Desk
from secondment.daily_work.forms import REPORT_TEXTS, HostSheetForm
from secondment.daily_work.known import known_of
from secondment.daily_work.models import (
    HALF_DAYS,
    CycleRecord,
    HomeNotice,
    SupportItem,
    UrgentMatter,
    UrgentOffice,
)
from secondment.daily_work.urgent_lists import hours_of, taker
from secondment.obligations.periods import Period, period_ending, period_of
from secondment.placements.models import Placement

N_MONTHS_SHOWN, N_QUARTERS_SHOWN = 6, 4


@dataclass(frozen=True)
class Progress:
    """How many of a period's records are in."""

    label: object
    n_done: int
    n: int

    @property
    def status(self) -> Status:
        """Good once nothing is missing."""
        return "good" if self.n_done == self.n else "warn"


@dataclass(frozen=True)
class HostRow:
    """A secondee on the page of the host unit."""

    placement: Placement
    days_due: int
    presence: CycleRecord | None
    report: CycleRecord | None
    presence_fields: Sequence[BoundField]
    quiet: BoundField | None
    text_fields: Sequence[BoundField]
    may_be_quiet: bool
    is_owed: bool
    known: str = ""
    """What the system fills in of the report."""
    ledger: str = ""
    """What the leave ledger says, where it is not what stands or would be confirmed."""

    @property
    def hidden(self) -> list[BoundField]:
        """What the page carries along."""
        return [one for one in (*self.presence_fields, *self.text_fields) if one.is_hidden]

    @property
    def presence_inputs(self) -> list[BoundField]:
        """What is typed about presence."""
        return [one for one in self.presence_fields if not one.is_hidden]

    @property
    def texts(self) -> list[BoundField]:
        """What is typed in the report."""
        return [one for one in self.text_fields if not one.is_hidden]

    @property
    def is_open(self) -> bool:
        """Whether the texts are unfolded: something is wrong with them, or something was typed and not handed in."""
        is_typed = self.report is None and any(one.value() for one in self.texts)
        return is_typed or any(one.errors for one in self.texts)


def host_rows(form: HostSheetForm, placements: Sequence[Placement]) -> list[HostRow]:
    """The rows of the page, in the order of host units and names."""
    known = known_of(form.report, form.on)
    return [_host_row(form, one, known.get(one.pk, "")) for one in placements]


def _host_row(form: HostSheetForm, placement: Placement, known: str) -> HostRow:
    presence, report = form.presence, form.report
    return HostRow(
        placement=placement,
        known=known,
        days_due=presence.days_due(placement) if placement.pk in presence.periods else 0,
        presence=presence.latest(placement),
        report=report.latest(placement),
        presence_fields=list(form.cells(placement, ("half_days_away", "cause", "presence_seen"))),
        quiet=next(form.cells(placement, ("has_no_news",)), None),
        text_fields=list(form.cells(placement, (*REPORT_TEXTS, "report_seen"))),
        may_be_quiet=report.may_be_quiet(placement),
        is_owed=presence.is_owed(placement) or report.is_owed(placement),
        ledger=ledger_words(presence, placement),
    )


def ledger_words(desk: Desk, placement: Placement) -> str:
    """Leave of the month by the ledger; where the confirmation says otherwise, both."""
    away, standing = desk.away.get(placement.pk), desk.latest(placement)
    half_days = away.half_days if away else 0
    confirmed = getattr(standing, "half_days_away", half_days)
    if confirmed != half_days:
        words = _("与请假台账不一致：台账 %(ledger)s 天，确认 %(confirmed)s 天")
        return words % {"ledger": f"{half_days / HALF_DAYS:g}", "confirmed": f"{confirmed / HALF_DAYS:g}"}
    return _("按请假台账：%(days)s 天") % {"days": f"{half_days / HALF_DAYS:g}"} if half_days else ""


def progress_of(desk: Desk, label: object, keys: Collection[int]) -> Progress:
    """How many of these placements are in, among those that are asked for or in all the same."""
    found = [desk.placements[pk] for pk in desk.periods if pk in keys]
    n_done = sum(desk.latest(one) is not None for one in found)
    n_missing = sum(desk.latest(one) is None and desk.is_owed(one) for one in found)
    return Progress(label, n_done, n_done + n_missing)


def month_tabs(page: str, until: dt.date, on: dt.date, query: str = "") -> list[Tab]:
    """The month under way and those before; a month with which a quarter ends says so."""
    months = [period_of(on, MONTH)]
    while len(months) < N_MONTHS_SHOWN:
        months.append(period_of(months[-1].starts_on - ONE_DAY, MONTH))
    if all(one.ends_on != until for one in months):
        months.append(month_of(until))
    here = reverse(page)
    return [
        Tab(_label(one), f"{here}?until={one.ends_on.isoformat()}{query}", is_current=one.ends_on == until)
        for one in reversed(months)
    ]


def quarter_tabs(page: str, until: dt.date, on: dt.date) -> list[Tab]:
    """The quarter under way and those before."""
    quarters = [period_of(on, QUARTER_MONTHS)]
    while len(quarters) < N_QUARTERS_SHOWN:
        quarters.append(period_of(quarters[-1].starts_on - ONE_DAY, QUARTER_MONTHS))
    if all(one.ends_on != until for one in quarters):
        quarters.append(period_of(until - ONE_DAY, QUARTER_MONTHS))
    here = reverse(page)
    return [
        Tab(str(one.label), f"{here}?until={one.ends_on.isoformat()}", is_current=one.ends_on == until)
        for one in reversed(quarters)
    ]


def notice_facts(notice: HomeNotice) -> list[Fact]:
    """Who told whom, when, and whether it was read."""
    placement = notice.placement
    return [
        Fact(_("姓名"), placement.person.name),
        Fact(_("期间"), notice.period.label),
        Fact(_("派出单位"), placement.home_unit.name),
        Fact(_("接收单位"), placement.host_unit.name),
        Fact(_("告知"), told_by(notice)),
        Fact(_("阅知"), notice.read_at or _("尚未阅知")),
        *([Fact(_("布置原单位工作的理由"), notice.home_work_reason)] if notice.home_work_reason else []),
        *([Fact(_("本人答复"), notice.reply)] if notice.reply else []),
    ]


def earlier_versions(record: CycleRecord) -> list[tuple[str, list[Fact]]]:
    """What it replaced, the latest first: who handed it in, and what it said."""
    found = []
    while record.replaces is not None:
        record = record.replaces
        found.append((told_by(record), texts_of(record)))
    return found


def month_of(until: dt.date) -> Period:
    """The month that ends so."""
    return period_of(until - ONE_DAY, MONTH)


def _label(month: Period) -> str:
    quarter = period_ending(month.ends_on, QUARTER_MONTHS)
    return f"{month.label} · {quarter.label}" if quarter else str(month.label)


def told_by(record: CycleRecord) -> str:
    """Who handed it in, when and how."""
    who = record.clerk or record.handed_in_by.name
    when = timezone.localtime(record.handed_in_at)
    return f"{who} · {when:%Y-%m-%d} · {record.get_source_display()}"


def texts_of(record: CycleRecord) -> list[Fact]:
    """What a report or a notice says, heading by heading."""
    found = [
        Fact(type(record)._meta.get_field(name).verbose_name, getattr(record, name), is_wide=True)  # type: ignore[union-attr]  # noqa: SLF001 -- a column
        for name in record.TEXTS
        if getattr(record, name)
    ]
    if record.is_quiet:
        field = type(record)._meta.get_field(record.QUIET)  # noqa: SLF001 -- Django's documented name
        found = [Fact(_("内容"), field.verbose_name, is_wide=True)]  # type: ignore[union-attr]  # a column
    known = getattr(record, "known", "")
    return [Fact(_("系统带出"), known, is_wide=True), *found] if known else found


def away_words(record: CycleRecord, *, with_cause: bool) -> str:
    """Days in post and away; the cause for those who may read it."""
    days = getattr(record, "days_away", 0)
    if not days:
        return _("全月在岗")
    words = _("离岗 %(days)s 天") % {"days": f"{days:g}"}
    return labelled(words, record.cause) if with_cause else words  # type: ignore[attr-defined]  # of a presence confirmation


def support_facts(item: SupportItem) -> list[Fact]:
    """What is wanted, who owes it by when, and what became of it."""
    placement, report = item.placement, item.report
    page = reverse("placements:placement_detail", args=[placement.pk])
    facts = [
        Fact(_("姓名"), placement.person.name, url=page),
        Fact(_("接收单位"), placement.host_unit.name),
        Fact(_("派出单位"), placement.home_unit.name),
        Fact(_("情况报告"), report.period.label),
        Fact(_("责任单位"), item.owner.name),
        Fact(_("提出日期"), item.asked_on),
        Fact(_("办理期限"), item.due_on),
        Fact(_("需支持事项"), item.wanted, is_wide=True),
        Fact(_("转办理由"), item.passed_because, is_wide=True),
        Fact(_("办理情况"), item.answer, is_wide=True),
        Fact(_("接收单位评价"), item.outcome, is_wide=True),
    ]
    return [one for one in facts if one.value]


def urgent_facts(matter: UrgentMatter) -> list[Fact]:
    """About whom, told by whom, and who took note; a line about a body or a family is not among them."""
    placement = matter.placement
    page = reverse("placements:placement_detail", args=[placement.pk])
    facts = [
        Fact(_("受理号"), matter.pk),
        Fact(_("姓名"), placement.person.name, url=page),
        Fact(_("类别"), matter.get_kind_display()),
        Fact(_("接收单位"), placement.host_unit.name),
        Fact(_("派出单位"), placement.home_unit.name),
        Fact(_("报告人"), matter.reported_by.name),
        Fact(_("来电人"), matter.told_by),
        Fact(_("报告时间"), matter.reported_at),
        Fact(_("签收时限"), matter.due_at),
        Fact(_("签收人"), taker(matter)),
        Fact(_("签收时间"), matter.acknowledged_at),
        Fact(_("签收用时（小时）"), hours_of(matter)),
        Fact(_("情况"), "" if matter.is_sealed else matter.line, is_wide=True),
    ]
    return [one for one in facts if one.value]


def office_lines(offices: Sequence[UrgentOffice]) -> list[tuple[UrgentOffice, str]]:
    """Who told and who was told, and in which part."""
    return [(one, _part_of(one)) for one in offices]


def _part_of(office: UrgentOffice) -> str:
    if office.is_teller:
        return _("报告")
    return _("逾时上报") if office.is_next else _("送达")
