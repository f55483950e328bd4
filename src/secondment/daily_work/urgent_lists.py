"""The list of urgent matters, and how long they waited."""

import datetime as dt
from dataclasses import dataclass
from statistics import median
from typing import Any

import django_filters
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.common.listing.names import PersonFilter, UnitsFilter
from secondment.daily_work.choices import UrgentKind
from secondment.daily_work.models import UrgentMatter

MINUTES = 60
WAITING, OVERDUE, DONE = "waiting", "overdue", "done"
STATES = [
    (WAITING, gettext_lazy("待签收")),
    (OVERDUE, gettext_lazy("逾时未签收")),
    (DONE, gettext_lazy("已签收")),
]
STATUS: dict[str, Status] = {WAITING: "warn", OVERDUE: "bad", DONE: "good"}
YEAR = dt.timedelta(days=365)


def hours_words(minutes: float) -> str:
    """Hours with one digit behind the point."""
    return f"{minutes / MINUTES:.1f}"


def state_of(matter: UrgentMatter, at: dt.datetime) -> str:
    """Acknowledged, waiting, or waiting too long."""
    if matter.acknowledged_at is not None:
        return DONE
    return OVERDUE if matter.due_at < at else WAITING


def state_label(matter: UrgentMatter, at: dt.datetime) -> str:
    """The same in words."""
    return str(dict(STATES)[state_of(matter, at)])


def taker(matter: UrgentMatter) -> str:
    """Who took note."""
    if matter.acknowledged_by is None:
        return ""
    if matter.acknowledged_for:
        words = _("%(name)s（%(by)s代登记）")
        return words % {"name": matter.acknowledged_for, "by": matter.acknowledged_by.name}
    return matter.acknowledged_by.name


def hours_of(matter: UrgentMatter) -> str:
    """Hours until somebody took note."""
    return "" if matter.minutes_waited is None else hours_words(matter.minutes_waited)


@dataclass(frozen=True)
class Waits:
    """How long matters of the last twelve months waited for somebody to take note."""

    n: int
    n_waiting: int
    n_overdue: int
    median: str
    worst: str


def waits_of(matters: QuerySet[UrgentMatter], at: dt.datetime) -> Waits:
    """Median and worst of those acknowledged, and how many wait; one query."""
    rows = list(matters.filter(reported_at__gt=at - YEAR).order_by().values_list("minutes_waited", "due_at"))
    waited = [minutes for minutes, _due_at in rows if minutes is not None]
    open_until = [due_at for minutes, due_at in rows if minutes is None]
    return Waits(
        n=len(rows),
        n_waiting=len(open_until),
        n_overdue=sum(due_at < at for due_at in open_until),
        median=hours_words(median(waited)) if waited else "",
        worst=hours_words(max(waited)) if waited else "",
    )


class UrgentFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By name, unit, kind and state."""

    name = PersonFilter("placement__person", label=gettext_lazy("姓名"))
    unit = UnitsFilter("placement__host_unit", "placement__home_unit", label=gettext_lazy("单位"))
    kind = django_filters.ChoiceFilter(
        choices=UrgentKind, label=gettext_lazy("类别"), empty_label=gettext_lazy("全部")
    )
    state = django_filters.ChoiceFilter(
        method="by_state", choices=STATES, label=gettext_lazy("状态"), empty_label=gettext_lazy("全部")
    )

    class Meta:
        model = UrgentMatter
        fields: tuple[str, ...] = ()

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Rows know the moment as `now`."""
        if value == DONE:
            return rows.filter(acknowledged_at__isnull=False)
        waiting = rows.filter(acknowledged_at=None)
        return waiting.filter(due_at__lt=F("now")) if value == OVERDUE else waiting


URGENT = Listing(
    key="urgent-matters",
    title=gettext_lazy("重要情况"),
    columns=(
        Column("pk", gettext_lazy("受理号"), sort="pk", is_short=True),
        Column(
            "placement.person.name",
            gettext_lazy("姓名"),
            sort="placement__person__name_key",
            phone="title",
            is_short=True,
        ),
        Column(
            "kind",
            gettext_lazy("类别"),
            value=lambda row: row.get_kind_display(),
            sort="kind",
            is_short=True,
            phone="line",
        ),
        Column("placement.host_unit.name", gettext_lazy("接收单位"), sort="placement__host_unit__path"),
        Column("placement.home_unit.name", gettext_lazy("派出单位"), sort="placement__home_unit__path"),
        Column("reported_by.name", gettext_lazy("报告人"), sort="reported_by__name"),
        Column("reported_at", gettext_lazy("报告时间"), sort=("reported_at", "pk"), phone="line"),
        Column("taker", gettext_lazy("签收人"), value=taker),
        Column("hours", gettext_lazy("签收用时（小时）"), value=hours_of, sort="minutes_waited", align="end"),
        Column(
            "state",
            gettext_lazy("状态"),
            value=lambda row: state_label(row, row.now),
            status=lambda row: STATUS[state_of(row, row.now)],
            phone="aside",
        ),
    ),
    default_sort="-reported_at",
    row_url=lambda row: reverse("daily_work:urgent_detail", args=[row.pk]),
    filters=UrgentFilter,
    empty_title=gettext_lazy("没有重要情况"),
    empty_text=gettext_lazy(
        "疾病、意外、安全、违纪、信访、家庭变故，用一句话报告，派出单位和组织部门立即收到。"
    ),
)
