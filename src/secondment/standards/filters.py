"""Ways to narrow the list of standards."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.people.choices import Category
from secondment.standards.choices import VersionState
from secondment.standards.models import Standard


class StandardFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By name, category and state of a version."""

    name = django_filters.CharFilter(lookup_expr="icontains", label=_("名称"))
    category = django_filters.ChoiceFilter(choices=Category, label=_("人员类别"), empty_label=_("全部"))
    state = django_filters.ChoiceFilter(
        method="by_state", choices=VersionState, label=_("状态"), empty_label=_("全部")
    )

    class Meta:
        model = Standard
        fields: tuple[str, ...] = ()

    def by_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Those whose version in force or in hand is in this state; retired: those with neither."""
        if value == VersionState.SIGNED:
            return rows.exclude(signed_number=None)
        if value == VersionState.RETIRED:
            return rows.filter(signed_number=None, in_hand="")
        return rows.filter(in_hand=value)
