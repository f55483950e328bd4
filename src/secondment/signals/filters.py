"""Ways to narrow the list of early signs."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.common.days import DayFilter
from secondment.files.names import clean_name
from secondment.signals.choices import SignState
from secondment.signals.models import EarlySign
from secondment.signals.signs import WITH_DATA

HOLDS = [("yes", _("仍成立")), ("no", _("已不成立"))]


class SignFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By sign, person, office, state and day."""

    code = django_filters.ChoiceFilter(
        choices=[(one.code, one.title) for one in WITH_DATA], label=_("提示事项"), empty_label=_("全部")
    )
    name = django_filters.CharFilter(method="by_name", label=_("姓名"))
    unit = django_filters.CharFilter(field_name="unit__name", lookup_expr="icontains", label=_("先问单位"))
    state = django_filters.ChoiceFilter(choices=SignState, label=_("状态"), empty_label=_("全部"))
    holds = django_filters.ChoiceFilter(
        method="by_holds", choices=HOLDS, label=_("目前"), empty_label=_("全部")
    )
    since = DayFilter(field_name="raised_on", lookup_expr="gte", label=_("不早于"))
    until = DayFilter(field_name="raised_on", lookup_expr="lte", label=_("不晚于"))

    class Meta:
        model = EarlySign
        fields: tuple[str, ...] = ()

    def by_name(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Signs about somebody whose name contains the text."""
        return rows.filter(placement__person__name__icontains=clean_name(value))

    def by_holds(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Whether last night's look would raise it again."""
        return rows.filter(holds=value == "yes")
