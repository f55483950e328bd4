"""Ways to narrow the lists of talks."""

from typing import Any

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.common.days import DayFilter
from secondment.common.listing.names import PersonFilter
from secondment.files.names import clean_name
from secondment.talks.choices import (
    Finding,
    FollowUpState,
    Side,
    SuggestionCategory,
    SuggestionState,
    TalkKind,
)
from secondment.talks.models import FollowUp, Suggestion, Talk
from secondment.talks.queries import people_seen_by


class TalkFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By name, kind, office and day."""

    name = django_filters.CharFilter(method="by_name", label=_("姓名"))
    kind = django_filters.ChoiceFilter(choices=TalkKind, label=_("谈话类型"), empty_label=_("全部"))
    side = django_filters.ChoiceFilter(choices=Side, label=_("谈话单位"), empty_label=_("全部"))
    unit = django_filters.CharFilter(field_name="unit__name", lookup_expr="icontains", label=_("单位名称"))
    since = DayFilter(field_name="held_on", lookup_expr="gte", label=_("不早于"))
    until = DayFilter(field_name="held_on", lookup_expr="lte", label=_("不晚于"))

    class Meta:
        model = Talk
        fields: tuple[str, ...] = ()

    def by_name(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Talks with somebody whose name contains the text, among those the reader sees."""
        people = people_seen_by(self.request.user)
        return rows.filter(
            pk__in=people.filter(placement__person__name__icontains=clean_name(value)).values("talk")
        )


class FollowUpFilter(django_filters.FilterSet):  # type: ignore[misc]  # as above
    """By text, person, office, state and day."""

    text = django_filters.CharFilter(field_name="text", lookup_expr="icontains", label=_("事项"))
    name = PersonFilter("placement__person", label=_("姓名"))
    state = django_filters.ChoiceFilter(choices=FollowUpState, label=_("状态"), empty_label=_("全部"))
    unit = django_filters.CharFilter(field_name="unit__name", lookup_expr="icontains", label=_("负责单位"))
    until = DayFilter(field_name="due_on", lookup_expr="lte", label=_("期限不晚于"))

    class Meta:
        model = FollowUp
        fields: tuple[str, ...] = ()


class SuggestionFilter(django_filters.FilterSet):  # type: ignore[misc]  # as above
    """By category, state, office and days; what the reader may not know narrows nothing."""

    category = django_filters.ChoiceFilter(
        method="by_category", choices=SuggestionCategory, label=_("类别"), empty_label=_("全部")
    )
    about = django_filters.CharFilter(method="by_about", label=_("涉及的挂职干部"))
    finding = django_filters.ChoiceFilter(
        method="by_finding", choices=Finding, label=_("核实结果"), empty_label=_("全部")
    )
    state = django_filters.ChoiceFilter(choices=SuggestionState, label=_("状态"), empty_label=_("全部"))
    late = django_filters.BooleanFilter(method="by_late", label=_("逾期未答复"), widget=forms.CheckboxInput)
    unit = django_filters.CharFilter(field_name="unit__name", lookup_expr="icontains", label=_("受理单位"))
    since = DayFilter(field_name="received_on", lookup_expr="gte", label=_("不早于"))
    until = DayFilter(field_name="received_on", lookup_expr="lte", label=_("不晚于"))

    class Meta:
        model = Suggestion
        fields: tuple[str, ...] = ()

    def by_category(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Of letters to discipline others do not learn what they are about."""
        return rows.filter(category=value, is_open=True)

    def by_about(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """As above, whom they are about."""
        return rows.filter(about__person__name__icontains=clean_name(value), is_open=True)

    def by_finding(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """As above, what was found."""
        return rows.filter(finding=value, is_open=True)

    def by_late(self, rows: QuerySet[Any], _name: str, value: object) -> QuerySet[Any]:
        """Letters that should have been answered."""
        return rows.filter(state=SuggestionState.WAITING, due_on__lt=F("today")) if value else rows
