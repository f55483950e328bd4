"""Ways to narrow the list of task books."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.files.names import clean_name
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.task_books.choices import Stage

LATE = [("late", _("有逾期任务"))]
PLACEMENT = [
    (PlacementState.APPOINTED.value, PlacementState.APPOINTED.label),
    (PlacementState.IN_POST.value, PlacementState.IN_POST.label),
    (PlacementState.ENDED.value, PlacementState.ENDED.label),
]


class BookFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By name, state of the task book, late tasks, host unit and state of the placement."""

    name = django_filters.CharFilter(method="by_name", label=_("姓名"))
    stage = django_filters.ChoiceFilter(
        field_name="stage_now", choices=Stage.choices, label=_("任务书"), empty_label=_("全部")
    )
    late = django_filters.ChoiceFilter(method="by_late", choices=LATE, label=_("逾期"), empty_label=_("全部"))
    host = django_filters.CharFilter(method="by_host", label=_("接收单位"))
    state = django_filters.ChoiceFilter(
        field_name="state", choices=PLACEMENT, label=_("挂职状态"), empty_label=_("全部")
    )

    class Meta:
        model = Placement
        fields: tuple[str, ...] = ()

    def by_name(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """People whose name contains the text."""
        return rows.filter(person__name__icontains=clean_name(value))

    def by_host(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Host units whose name contains the text, or the unit above them."""
        text = value.strip()
        here = rows.filter(host_unit__name__icontains=text)
        return here | rows.filter(host_unit__parent__name__icontains=text)

    def by_late(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """Those with a task that is late."""
        return rows.filter(n_late__gt=0)
