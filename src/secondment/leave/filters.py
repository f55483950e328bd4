"""Ways to narrow the lists of leave."""

import datetime as dt
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.common.days import DayFilter
from secondment.common.listing.listing import FilterForm
from secondment.common.listing.names import PersonFilter, UnitsFilter
from secondment.common.listing.rows import Rows
from secondment.files.names import clean_name
from secondment.leave.choices import LeaveState, LeaveType
from secondment.leave.models import LeaveRequest

BELOW, LATE, AWAY = "below", "late", "away"
REMARKABLE = [(AWAY, _("有请假")), (LATE, _("有逾期")), (BELOW, _("不足规定天数"))]


class LeaveFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By name, office, state, type and days."""

    name = PersonFilter("placement__person", label=_("姓名"))
    state = django_filters.ChoiceFilter(choices=LeaveState, label=_("状态"), empty_label=_("全部"))
    type = django_filters.ChoiceFilter(choices=LeaveType, label=_("假别"), empty_label=_("全部"))
    unit = UnitsFilter(
        "placement__host_unit", "placement__host_unit__parent", "placement__home_unit", label=_("单位")
    )
    since = DayFilter(method="by_since", label=_("不早于"))
    until = DayFilter(method="by_until", label=_("不晚于"))

    class Meta:
        model = LeaveRequest
        fields: tuple[str, ...] = ()

    def by_since(self, rows: QuerySet[Any], _name: str, value: dt.date) -> QuerySet[Any]:
        """Leave of which a half-day is on this day or later."""
        return rows.filter(Q(ends_on__gt=value) | Q(ends_on=value, ends_pm=True))

    def by_until(self, rows: QuerySet[Any], _name: str, value: dt.date) -> QuerySet[Any]:
        """Leave that begins on this day or earlier."""
        return rows.filter(starts_on__lte=value)


class MonthFilter(FilterForm):
    """By name, by unit, and by what is remarkable."""

    name = forms.CharField(label=_("姓名"), required=False, max_length=40)
    unit = forms.CharField(label=_("单位"), required=False, max_length=60)
    what = forms.ChoiceField(label=_("情况"), required=False, choices=[("", _("全部")), *REMARKABLE])

    def narrow(self, rows: Rows) -> Rows:
        """Rows that fit all three."""
        asked = self.cleaned_data
        name, unit = clean_name(asked["name"]), asked["unit"].strip()
        return [
            one
            for one in rows
            if name in one.name and unit in one.offices and (not asked["what"] or one.is_so(asked["what"]))
        ]
