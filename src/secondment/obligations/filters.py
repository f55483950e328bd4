"""Ways to narrow the list of duties."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from secondment.obligations.duties import DUTIES
from secondment.obligations.models import Obligation, ObligationState
from secondment.obligations.timing import (
    AHEAD,
    DAYS_CALLED_SOON,
    DONE,
    DONE_LATE,
    DUE,
    EXCUSED,
    GONE,
    LABELS,
    LATE,
    SOON,
)

ESCALATED = [("yes", _("已转"))]


def kinds() -> list[tuple[str, str]]:
    """Every duty that a room declares."""
    return [(kind, str(duty.label)) for kind, duty in DUTIES.items()]


def standing(timing: str, on: dt.date) -> Q:
    """The rows of which `timing_of` says this."""
    is_open = Q(state=ObligationState.OPEN)
    begun = Q(opens_on=None) | Q(opens_on__lte=on)
    soon = on + dt.timedelta(days=DAYS_CALLED_SOON)
    met_late = Q(closed_on__gt=F("due_on"))
    found: dict[str, Q] = {
        LATE: is_open & Q(due_on__lt=on),
        SOON: is_open & begun & Q(due_on__gte=on, due_on__lte=soon),
        DUE: is_open & begun & Q(due_on__gt=soon),
        AHEAD: is_open & Q(opens_on__gt=on, due_on__gte=on),
        DONE: Q(state=ObligationState.MET) & (~met_late | Q(closed_on=None)),
        DONE_LATE: Q(state=ObligationState.MET) & met_late,
        EXCUSED: Q(state=ObligationState.EXCUSED),
        GONE: Q(state=ObligationState.WAIVED),
    }
    return found[timing]


class DutyFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By unit, by what is owed, by how it stands, and whether the next office sees to it."""

    unit = django_filters.CharFilter(field_name="unit__name", lookup_expr="icontains", label=_("责任单位"))
    kind = django_filters.ChoiceFilter(choices=kinds, label=_("事项"), empty_label=_("全部"))
    timing = django_filters.ChoiceFilter(
        method="by_timing", choices=list(LABELS.items()), label=_("状态"), empty_label=_("全部")
    )
    escalated = django_filters.ChoiceFilter(
        method="by_escalation", choices=ESCALATED, label=_("转主办组织部门"), empty_label=_("全部")
    )

    class Meta:
        model = Obligation
        fields: tuple[str, ...] = ()

    def by_timing(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """How it stands today."""
        return rows.filter(standing(value, timezone.localdate()))  # noqa: TID251 -- a filter is part of a page

    def by_escalation(self, rows: QuerySet[Any], _name: str, _value: str) -> QuerySet[Any]:
        """What the next office sees to."""
        return rows.exclude(escalated_on=None)
