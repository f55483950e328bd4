"""Ways to narrow the register of reviews and appeals."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.appeals.choices import AppealKind, AppealState, Outcome
from secondment.appeals.models import Appeal
from secondment.common.days import DayFilter
from secondment.common.listing.names import PersonFilter


class AppealFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By name, year, kind, state, outcome and day."""

    name = PersonFilter("grade__evaluation__person", label=_("姓名"))
    year = django_filters.NumberFilter(field_name="grade__evaluation__year", label=_("考核年度"))
    kind = django_filters.ChoiceFilter(choices=AppealKind, label=_("类型"), empty_label=_("全部"))
    state = django_filters.ChoiceFilter(choices=AppealState, label=_("状态"), empty_label=_("全部"))
    outcome = django_filters.ChoiceFilter(choices=Outcome, label=_("决定"), empty_label=_("全部"))
    late = django_filters.BooleanFilter(method="by_late", label=_("逾期未决定"), widget=forms.CheckboxInput)
    since = DayFilter(field_name="filed_on", lookup_expr="gte", label=_("不早于"))
    until = DayFilter(field_name="filed_on", lookup_expr="lte", label=_("不晚于"))

    class Meta:
        model = Appeal
        fields: tuple[str, ...] = ()

    def by_late(self, rows: QuerySet[Any], _name: str, value: object) -> QuerySet[Any]:
        """Those that should have been decided."""
        return rows.filter(state=AppealState.OPEN, due_on__lt=F("today")) if value else rows
