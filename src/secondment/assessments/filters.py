"""Ways to narrow the register of a year."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.assessments.choices import STAGES, PoolKind, Side, SummaryKind
from secondment.assessments.models import Evaluation, Summary
from secondment.assessments.waiting import IS_CHANGED
from secondment.common.listing.names import PersonFilter, UnitsFilter


class EvaluationFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By name, unit, pool, stage, missing opinion and what has to be looked at again."""

    name = PersonFilter("person", label=_("姓名"))
    unit = UnitsFilter("placement__home_unit", "placement__host_unit", label=_("派出或接收单位"))
    pool = django_filters.ChoiceFilter(label=_("名额分组"), empty_label=_("全部"))
    stage = django_filters.ChoiceFilter(choices=STAGES, label=_("状态"), empty_label=_("全部"))
    missing = django_filters.ChoiceFilter(
        method="by_missing", choices=Side.choices, label=_("缺哪方意见"), empty_label=_("全部")
    )
    changed = django_filters.ChoiceFilter(
        method="by_changed",
        choices=[("yes", _("需重新核对"))],
        label=_("核对"),
        empty_label=_("全部"),
    )

    class Meta:
        model = Evaluation
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        found = self.queryset.order_by("pool").values_list(
            "pool", "pool__programme_version__programme__name", "pool__kind"
        )
        self.filters["pool"].extra["choices"] = [
            (str(pk), f"{programme} · {PoolKind(kind).label}") for pk, programme, kind in found.distinct()
        ]

    def by_missing(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """About whom that side has said nothing."""
        return rows.filter(**{f"{value}_grade": ""})

    def by_changed(self, rows: QuerySet[Evaluation], _name: str, _value: str) -> QuerySet[Evaluation]:
        """Whose facts have changed since they were kept."""
        return rows.filter(IS_CHANGED)


class UnitFilter(EvaluationFilter):
    """For units: that something changed would tell of an investigation or a penalty that they may not read about."""

    changed = None


class SummaryFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By name, unit, year, kind, and whether somebody has read it."""

    name = PersonFilter("placement__person", label=_("姓名"))
    unit = UnitsFilter("placement__home_unit", "placement__host_unit", label=_("派出或接收单位"))
    year = django_filters.NumberFilter(label=_("年度"))
    kind = django_filters.ChoiceFilter(choices=SummaryKind, label=_("类型"), empty_label=_("全部"))
    read = django_filters.ChoiceFilter(
        method="by_read",
        choices=[("yes", _("已查阅")), ("no", _("未查阅"))],
        label=_("查阅"),
        empty_label=_("全部"),
    )

    class Meta:
        model = Summary
        fields: tuple[str, ...] = ()

    def by_read(self, rows: QuerySet[Summary], _name: str, value: str) -> QuerySet[Summary]:
        """Opened by one of those it is for, or by nobody."""
        return rows.filter(read_at__isnull=value == "no")
