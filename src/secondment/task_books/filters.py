"""Ways to narrow the list of task books."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.common.listing.names import PersonFilter, UnitsFilter
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

    name = PersonFilter("person", label=_("姓名"))
    stage = django_filters.ChoiceFilter(
        field_name="stage_now", choices=Stage.choices, label=_("任务书"), empty_label=_("全部")
    )
    late = django_filters.ChoiceFilter(method="by_late", choices=LATE, label=_("逾期"), empty_label=_("全部"))
    host = UnitsFilter("host_unit", "host_unit__parent", label=_("接收单位"))
    state = django_filters.ChoiceFilter(
        field_name="state", choices=PLACEMENT, label=_("挂职状态"), empty_label=_("全部")
    )

    class Meta:
        model = Placement
        fields: tuple[str, ...] = ()

    def by_late(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """Those with a task that is late."""
        return rows.filter(n_late__gt=0)
