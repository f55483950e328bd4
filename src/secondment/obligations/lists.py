"""My to-do: one list for every role; and what duties asked of whom."""

import datetime as dt
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secondment.accounts.choices import Role
from secondment.common.listing.listing import Column, FilterForm, Listing
from secondment.common.listing.rows import Rows
from secondment.obligations.filters import DutyFilter
from secondment.obligations.late_offices import LateOffice
from secondment.obligations.timing import LABELS, LATE, STATUSES, timing_of


def today() -> dt.date:
    """The day on which the list is read."""
    return timezone.localdate()  # noqa: TID251 -- a list is part of a page


TODO = Listing(
    key="todo",
    title=_("我的待办"),
    columns=(
        Column("title", _("事项"), phone="title"),
        Column("unit", _("责任单位"), sort="unit", phone="line"),
        Column("creditor", _("向谁"), phone="line"),
        Column("basis", _("依据"), is_hidden_by_default=True),
        Column("due_on", _("截止日期"), sort="due_on", is_short=True, phone="line"),
        Column("state", _("期限"), status=lambda row: row.status, phone="aside"),
    ),
    default_sort="due_on",
    row_url=lambda row: row.path,
    empty_title=_("没有待办事项"),
    empty_text=_("需要您办理的事项按截止日期在此列出，无需逐页查找。"),
)

DUTY_LIST = Listing(
    key="duties",
    title=_("应办事项"),
    columns=(
        Column("title", _("事项"), phone="title"),
        Column("about", _("挂职干部"), phone="line"),
        Column("unit.name", _("责任单位"), sort="unit__path", phone="line"),
        Column("creditor", _("向谁"), is_hidden_by_default=True),
        Column("basis", _("依据"), is_hidden_by_default=True),
        Column("due_on", _("截止日期"), sort="due_on", is_short=True, phone="line"),
        Column("closed_on", _("办结日期"), sort="closed_on", is_short=True),
        Column("escalated_on", _("转主办组织部门"), sort="escalated_on", is_short=True),
        Column(
            "timing",
            _("状态"),
            sort=("is_closed", "due_on", "pk"),
            value=lambda row: LABELS[timing_of(row, today())],
            status=lambda row: STATUSES[timing_of(row, today())],
            phone="aside",
        ),
    ),
    default_sort="timing",
    row_url=lambda row: reverse("obligations:duty_detail", args=[row.pk]),
    filters=DutyFilter,
    empty_title=_("没有应办事项"),
    empty_text=_("挂职项目设定的周期到期后，各单位应办的事项在此列出。"),
)


class LateFilter(FilterForm):
    """By unit and by side."""

    unit = forms.CharField(label=_("责任单位"), required=False, max_length=60)
    role = forms.ChoiceField(
        label=_("哪一方"),
        required=False,
        choices=[
            ("", _("全部")),
            *(
                (one.value, one.label)
                for one in (Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)
            ),
        ],
    )

    def narrow(self, rows: Rows) -> Rows:
        """Rows that fit both."""
        asked = self.cleaned_data
        return [
            one for one in rows if asked["unit"].strip() in one.unit and asked["role"] in ("", one.role.value)
        ]


def duties_of(row: LateOffice) -> str:
    """Its duties one by one."""
    return f"{reverse('obligations:duty_list')}?{urlencode({'unit': row.unit, 'timing': LATE})}"


LATE_OFFICES = Listing(
    key="late-offices",
    title=_("逾期单位"),
    columns=(
        Column("unit", _("责任单位"), sort=lambda row: (row.path, row.role), phone="title"),
        Column(
            "role",
            _("哪一方"),
            value=lambda row: row.role.label,
            sort=lambda row: (row.role, row.path),
            phone="line",
        ),
        Column("what", _("逾期事项"), phone="line"),
        Column("n", _("项数"), sort=lambda row: row.n, align="end", phone="aside"),
        Column("longest", _("最长逾期（天）"), sort=lambda row: row.longest, align="end"),
        Column("n_passed_on", _("已转主办组织部门"), sort=lambda row: row.n_passed_on, align="end"),
    ),
    default_sort="unit",
    row_url=duties_of,
    filters=LateFilter,
    empty_title=_("没有逾期事项"),
    empty_text=_("责任单位在期限内没有办结的事项，按单位汇总在此显示。"),
)
