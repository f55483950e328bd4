"""Lists of daily work."""

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.accounts.choices import Role
from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.daily_work.cycles import QUARTER_MONTHS
from secondment.daily_work.filters import FulfilmentFilter, NoticeFilter, OfficeFilter
from secondment.daily_work.fulfilment import DONE, LATE, OPEN, STATES, Fulfilment
from secondment.daily_work.models import HomeNotice
from secondment.daily_work.offices import Office
from secondment.obligations.periods import period_ending


def gist_of(row: HomeNotice) -> str:
    """What it says, in one line."""
    if row.is_quiet:
        return _("本季度无事项")
    return " ".join(text for name in row.TEXTS if (text := getattr(row, name)))


def receipt_of(row: HomeNotice) -> str:
    """Whether the person has read it; nobody reads here without an account."""
    if row.read_at:
        return _("已阅知")
    return _("未阅知") if row.placement.person.account_id else _("本人无账号")


def _receipt_status(row: HomeNotice) -> Status:
    return "good" if row.read_at else "idle"


NOTICES = Listing(
    key="home-notices",
    title=gettext_lazy("告知单"),
    columns=(
        Column(
            "placement.person.name",
            gettext_lazy("姓名"),
            sort="placement__person__name_key",
            phone="title",
            is_short=True,
        ),
        Column("placement.home_unit.name", gettext_lazy("派出单位"), sort="placement__home_unit__path"),
        Column("placement.host_unit.name", gettext_lazy("接收单位"), sort="placement__host_unit__path"),
        Column(
            "period",
            gettext_lazy("期间"),
            value=lambda row: row.period.label,
            sort=("ends_on", "pk"),
            is_short=True,
            phone="line",
        ),
        Column("gist", gettext_lazy("内容"), value=gist_of, phone="line"),
        Column(
            "source",
            gettext_lazy("填报方式"),
            value=lambda row: row.get_source_display(),
            sort="source",
            is_hidden_by_default=True,
        ),
        Column("handed_in_at", gettext_lazy("告知时间"), sort="handed_in_at", is_short=True),
        Column("receipt", gettext_lazy("阅知"), value=receipt_of, status=_receipt_status, phone="aside"),
    ),
    default_sort="-handed_in_at",
    row_url=lambda row: reverse("daily_work:notice_detail", args=[row.pk]),
    filters=NoticeFilter,
    empty_title=gettext_lazy("还没有告知单"),
    empty_text=gettext_lazy("派出单位把重大事项、工作进展要求和后勤保障告知本人后，在此显示。"),
)


def sheet_url(row: Office, page: str) -> str:
    """Where the workbook of an office is made."""
    return f"{reverse(page)}?until={row.until}&unit={row.unit.pk}"


def month_url(row: Office) -> str:
    """The workbook of the month, for offices that receive somebody."""
    return sheet_url(row, "daily_work:month_sheet") if row.n_received else ""


def quarter_url(row: Office) -> str:
    """The workbook of the quarter that ends with the month."""
    return sheet_url(row, "daily_work:quarter_sheet") if is_quarter_end(row.until) else ""


def is_quarter_end(until: dt.date) -> bool:
    """Whether a quarter ends here."""
    return period_ending(until, QUARTER_MONTHS) is not None


OFFICES = Listing(
    key="offices",
    title=gettext_lazy("汇总表"),
    columns=(
        Column("unit.name", gettext_lazy("单位（含下级）"), sort=lambda row: row.unit.path, phone="title"),
        Column("unit.parent.name", gettext_lazy("上级单位"), sort=lambda row: row.unit.path, phone="line"),
        Column("n_received", gettext_lazy("接收人数"), sort=lambda row: row.n_received, align="end"),
        Column("n_sent", gettext_lazy("派出人数"), sort=lambda row: row.n_sent, align="end"),
        Column(
            "month",
            gettext_lazy("在岗确认汇总表"),
            value=lambda row: _("下载") if month_url(row) else "",
            url=month_url,
        ),
        Column(
            "quarter",
            gettext_lazy("情况报告和告知单汇总表"),
            value=lambda row: _("下载") if quarter_url(row) else "",
            url=quarter_url,
        ),
    ),
    default_sort="unit.name",
    filters=OfficeFilter,
    is_exportable=False,
    empty_title=gettext_lazy("这一期没有需要报送的单位"),
    empty_text=gettext_lazy("有干部在挂以后，各接收单位和派出单位的汇总表可以在此下载。"),
)


FULFILMENT_STATUS: dict[str, Status] = {DONE: "good", OPEN: "warn", LATE: "bad"}


def handing_in_url(row: Fulfilment) -> str:
    """The page on which it is handed in for the office."""
    unit = f"&unit={row.unit_id}" if row.cycle.role == Role.HOST_UNIT else ""
    return f"{row.cycle.page(row.period)}{unit}"


FULFILMENT = Listing(
    key="fulfilment",
    title=gettext_lazy("履行情况"),
    columns=(
        Column("unit", gettext_lazy("责任单位"), sort=lambda row: (row.path, row.cycle.kind), phone="title"),
        Column(
            "kind",
            gettext_lazy("事项"),
            value=lambda row: row.cycle.label,
            sort=lambda row: (row.cycle.kind, row.path),
            phone="line",
        ),
        Column(
            "period", gettext_lazy("期间"), value=lambda row: row.period.label, is_short=True, phone="line"
        ),
        Column("n", gettext_lazy("应报"), align="end"),
        Column("n_done", gettext_lazy("已报"), align="end"),
        Column("n_open", gettext_lazy("未报"), align="end"),
        Column("due_on", gettext_lazy("截止日期"), sort=lambda row: row.due_on, is_short=True),
        Column("last_on", gettext_lazy("最近报送"), is_short=True),
        Column(
            "state",
            gettext_lazy("状态"),
            value=lambda row: dict(STATES)[row.state],
            status=lambda row: FULFILMENT_STATUS[row.state],
            phone="aside",
        ),
    ),
    default_sort="unit",
    row_url=handing_in_url,
    filters=FulfilmentFilter,
    empty_title=gettext_lazy("这一期没有应报的事项"),
    empty_text=gettext_lazy("期满之后，各单位应报和已报的份数在此显示。"),
)
