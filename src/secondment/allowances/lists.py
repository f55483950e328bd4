"""Lists of allowances."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from secondment.allowances.filters import LedgerFilter, PayListFilter
from secondment.allowances.view_models import STANDING_STATUS, LedgerRow
from secondment.allowances.words import yuan
from secondment.campaigns.choices import AllowanceKind
from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing


def _amount(kind: AllowanceKind) -> Column:
    return Column(
        kind.value,
        kind.label,
        value=lambda row: row.yuan_of(kind.value),
        sort=lambda row: row.yuan_of(kind.value),
        align="end",
        decimals=2,
        is_hidden_by_default=kind == AllowanceKind.HARDSHIP,
    )


def _cover_status(row: LedgerRow) -> Status:
    return STANDING_STATUS[row.care.cover.standing]


def _check_status(row: LedgerRow) -> Status:
    return STANDING_STATUS[row.care.checked.standing]


def _fund(row: LedgerRow) -> float | None:
    return yuan(row.care.fund.amount_fen) if row.care.fund else None


def _check_day(row: LedgerRow) -> Any:
    return row.care.checked.check.checked_on if row.care.checked.check else None


LEDGER = Listing(
    key="allowances",
    title=gettext_lazy("保障台账"),
    columns=(
        Column("name", gettext_lazy("姓名"), sort=lambda row: row.placement.person.name_key, phone="title"),
        Column(
            "placement.home_unit.name",
            gettext_lazy("派出单位"),
            sort=lambda row: row.placement.home_unit.path,
            phone="line",
        ),
        Column(
            "placement.host_unit.name",
            gettext_lazy("接收单位"),
            sort=lambda row: row.placement.host_unit.path,
        ),
        *map(_amount, AllowanceKind),
        Column(
            "total",
            gettext_lazy("合计（元）"),
            sort=lambda row: row.total,
            align="end",
            decimals=2,
            phone="aside",
        ),
        Column(
            "insured_until",
            gettext_lazy("保险至"),
            value=lambda row: row.care.cover.last_day,
            sort=lambda row: row.care.cover.last_day,
            is_short=True,
        ),
        Column(
            "insurance",
            gettext_lazy("保险"),
            value=lambda row: row.care.cover.standing.label,
            sort=lambda row: row.care.cover.standing.value,
            status=_cover_status,
        ),
        Column("checked_on", gettext_lazy("最近体检"), value=_check_day, sort=_check_day, is_short=True),
        Column(
            "check",
            gettext_lazy("体检"),
            value=lambda row: row.care.checked.standing.label,
            sort=lambda row: row.care.checked.standing.value,
            status=_check_status,
        ),
        Column(
            "fund",
            gettext_lazy("工作经费（元）"),
            value=_fund,
            sort=_fund,
            align="end",
            decimals=2,
            is_hidden_by_default=True,
        ),
    ),
    default_sort="placement.host_unit.name",
    row_url=lambda row: reverse("allowances:placement_allowances", args=[row.placement.pk]),
    filters=LedgerFilter,
    keeps=("until",),
    empty_title=gettext_lazy("这个月没有在挂的干部"),
    empty_text=gettext_lazy(
        "干部报到以后，按在岗天数和挂职项目的补助标准计算的金额，以及保险、体检，在此显示。"
    ),
)
LISTS = Listing(
    key="pay-lists",
    title=gettext_lazy("补助发放明细"),
    columns=(
        Column("payer_unit.name", gettext_lazy("承担单位"), sort="payer_unit__path", phone="title"),
        Column(
            "period",
            gettext_lazy("期间"),
            value=lambda row: row.period.label,
            sort=("starts_on", "ends_on"),
            phone="line",
        ),
        Column("n_people", gettext_lazy("人数"), sort="n_people", align="end"),
        Column(
            "total",
            gettext_lazy("合计（元）"),
            value=lambda row: yuan(row.total_fen),
            sort="total_fen",
            align="end",
            decimals=2,
            phone="aside",
        ),
        Column("issued_by.name", gettext_lazy("出具人"), sort="issued_by__name"),
        Column("issued_at", gettext_lazy("出具时间"), sort="issued_at", is_short=True),
    ),
    default_sort="-period",
    row_url=lambda row: reverse("allowances:pay_list", args=[row.pk]),
    filters=PayListFilter,
    empty_title=gettext_lazy("还没有出具发放明细"),
    empty_text=gettext_lazy("一个月或一个季度结束以后，由承担单位核对并出具；系统只计算、不支付。"),
)
