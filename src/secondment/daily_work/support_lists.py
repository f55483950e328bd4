"""Lists of support items: one by one, and by home unit."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import django_filters
from django.db.models import Count, F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from secondment.common.components import Status
from secondment.common.listing.listing import Column, Listing
from secondment.common.listing.names import PersonFilter, UnitsFilter
from secondment.daily_work.choices import SupportState
from secondment.daily_work.filters import UnitFilter
from secondment.daily_work.models import SupportItem

OVERDUE = "overdue"
STATES = [*SupportState.choices, (OVERDUE, gettext_lazy("逾期未办"))]
STATUS: dict[str, Status] = {
    SupportState.OPEN: "warn",
    SupportState.ANSWERED: "info",
    SupportState.HELPED: "good",
    SupportState.NOT_HELPED: "bad",
    SupportState.WITHDRAWN: "idle",
}


def is_overdue(item: SupportItem, on: dt.date) -> bool:
    """Whether the day has passed and the owner has not said what it did."""
    return item.state == SupportState.OPEN and item.due_on < on


def overdue(on: dt.date) -> Q:
    """The same as a condition of a query."""
    return Q(state=SupportState.OPEN, due_on__lt=on)


def state_words(item: Any) -> str:
    """The state, and that it is overdue; rows of lists know the day as `today`."""
    return _("逾期未办") if is_overdue(item, item.today) else item.get_state_display()


def state_status(item: Any) -> Status:
    """How the state looks."""
    return "bad" if is_overdue(item, item.today) else STATUS[item.state]


class SupportFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By name, unit and state."""

    name = PersonFilter("placement__person", label=gettext_lazy("姓名"))
    unit = UnitsFilter("placement__host_unit", "placement__home_unit", "owner", label=gettext_lazy("单位"))
    state = django_filters.ChoiceFilter(
        method="by_state", choices=STATES, label=gettext_lazy("状态"), empty_label=gettext_lazy("全部")
    )

    class Meta:
        model = SupportItem
        fields: tuple[str, ...] = ()

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """In this state; overdue ones are open too."""
        if value == OVERDUE:
            return rows.filter(state=SupportState.OPEN, due_on__lt=F("today"))
        return rows.filter(state=value)


SUPPORT = Listing(
    key="support-items",
    title=gettext_lazy("支持事项"),
    columns=(
        Column(
            "placement.person.name",
            gettext_lazy("姓名"),
            sort="placement__person__name_key",
            phone="title",
            is_short=True,
        ),
        Column("wanted", gettext_lazy("需支持事项"), phone="line"),
        Column("placement.host_unit.name", gettext_lazy("接收单位"), sort="placement__host_unit__path"),
        Column(
            "placement.home_unit.name",
            gettext_lazy("派出单位"),
            sort="placement__home_unit__path",
            is_hidden_by_default=True,
        ),
        Column("owner.name", gettext_lazy("责任单位"), sort="owner__path", phone="line"),
        Column("asked_on", gettext_lazy("提出日期"), sort="asked_on", is_short=True),
        Column("due_on", gettext_lazy("办理期限"), sort=("due_on", "pk"), is_short=True),
        Column("answer", gettext_lazy("办理情况")),
        Column("outcome", gettext_lazy("接收单位评价"), is_hidden_by_default=True),
        Column(
            "closed_on", gettext_lazy("办结日期"), sort="closed_on", is_short=True, is_hidden_by_default=True
        ),
        Column(
            "state",
            gettext_lazy("状态"),
            value=state_words,
            sort="state",
            status=state_status,
            phone="aside",
        ),
    ),
    default_sort="due_on",
    row_url=lambda row: reverse("daily_work:support_detail", args=[row.pk]),
    filters=SupportFilter,
    empty_title=gettext_lazy("还没有支持事项"),
    empty_text=gettext_lazy(
        "接收单位在情况报告中填写“需派出单位支持事项”以后，每一项在此显示，直到接收单位评价是否帮到。"
    ),
)


@dataclass(frozen=True)
class HomeUnit:
    """What a home unit was asked for, and what became of it."""

    unit: str
    path: str
    n: int
    n_open: int
    n_overdue: int
    n_helped: int
    n_not_helped: int


def by_home_unit(items: QuerySet[SupportItem], on: dt.date) -> list[HomeUnit]:
    """Items of these home units, counted; what was taken back counts nowhere."""
    rows = items.exclude(state=SupportState.WITHDRAWN).order_by()
    grouped: Iterable[Any] = rows.values(
        unit=F("placement__home_unit__name"), path=F("placement__home_unit__path")
    ).annotate(
        n=Count("pk"),
        n_open=Count("pk", filter=Q(state__in=(SupportState.OPEN, SupportState.ANSWERED))),
        n_overdue=Count("pk", filter=overdue(on)),
        n_helped=Count("pk", filter=Q(state=SupportState.HELPED)),
        n_not_helped=Count("pk", filter=Q(state=SupportState.NOT_HELPED)),
    )
    return sorted((HomeUnit(**one) for one in grouped), key=lambda one: one.path)


HOME_UNITS = Listing(
    key="support-by-unit",
    title=gettext_lazy("支持事项（按派出单位）"),
    columns=(
        Column("unit", gettext_lazy("派出单位"), sort=lambda row: row.path, phone="title"),
        Column("n", gettext_lazy("提出"), sort=lambda row: row.n, align="end"),
        Column("n_open", gettext_lazy("未办结"), sort=lambda row: row.n_open, align="end", phone="line"),
        Column(
            "n_overdue", gettext_lazy("其中逾期"), sort=lambda row: row.n_overdue, align="end", phone="aside"
        ),
        Column("n_helped", gettext_lazy("已帮到"), sort=lambda row: row.n_helped, align="end", phone="line"),
        Column("n_not_helped", gettext_lazy("没有帮到"), sort=lambda row: row.n_not_helped, align="end"),
    ),
    default_sort="unit",
    row_url=lambda row: f"{reverse('daily_work:support_list')}?unit={row.unit}",
    filters=UnitFilter,
    empty_title=gettext_lazy("还没有支持事项"),
    empty_text=gettext_lazy("接收单位提出需支持事项以后，各派出单位的办理情况在此显示。"),
)
