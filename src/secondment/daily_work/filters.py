"""Ways to narrow the lists of daily work."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.common.listing.listing import FilterForm
from secondment.common.listing.names import PersonFilter
from secondment.common.listing.rows import Rows
from secondment.daily_work.cycles import CYCLES
from secondment.daily_work.fulfilment import LATE, OPEN, STATES
from secondment.daily_work.models import HomeNotice

READ = [("read", _("已阅知")), ("unread", _("未阅知"))]


class NoticeFilter(django_filters.FilterSet):  # type: ignore[misc]
    """By name and whether it was read."""

    name = PersonFilter("placement__person", label=_("姓名"))
    receipt = django_filters.ChoiceFilter(
        method="by_receipt", choices=READ, label=_("阅知"), empty_label=_("全部")
    )

    class Meta:
        model = HomeNotice
        fields: tuple[str, ...] = ()

    def by_receipt(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Read or not yet read."""
        return rows.filter(read_at__isnull=value == "unread")


class OfficeFilter(FilterForm):
    """By the name of the unit."""

    unit = forms.CharField(label=_("单位"), required=False, max_length=60)

    def narrow(self, rows: Rows) -> Rows:
        """Units whose name contains the text."""
        text = self.cleaned_data["unit"].strip()
        return [one for one in rows if text in one.unit.name]


class FulfilmentFilter(FilterForm):
    """By unit, by what is owed, and by whether it is in."""

    unit = forms.CharField(label=_("责任单位"), required=False, max_length=60)
    kind = forms.ChoiceField(
        label=_("事项"), required=False, choices=[("", _("全部")), *((one.kind, one.label) for one in CYCLES)]
    )
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[("", _("全部")), *STATES])

    def narrow(self, rows: Rows) -> Rows:
        """Rows that fit all three; what is late is missing too."""
        asked = self.cleaned_data
        return [
            one
            for one in rows
            if asked["unit"].strip() in one.unit
            and asked["kind"] in ("", one.cycle.kind)
            and (asked["state"] in ("", one.state) or (asked["state"] == OPEN and one.state == LATE))
        ]


class UnitFilter(FilterForm):
    """By the name of the unit."""

    unit = forms.CharField(label=_("单位"), required=False, max_length=60)

    def narrow(self, rows: Rows) -> Rows:
        """Units whose name contains the text."""
        text = self.cleaned_data["unit"].strip()
        return [one for one in rows if text in one.unit]
