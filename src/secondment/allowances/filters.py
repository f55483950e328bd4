"""Ways to narrow the lists of allowances."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from secondment.allowances.choices import Standing
from secondment.allowances.models import PayList
from secondment.common.days import DayFilter
from secondment.common.listing.listing import FilterForm
from secondment.common.listing.rows import Rows
from secondment.files.names import clean_name

ANY = ("", _("全部"))


class LedgerFilter(FilterForm):
    """By name, unit, and how insurance and check stand."""

    name = forms.CharField(label=_("姓名"), required=False, max_length=40)
    unit = forms.CharField(label=_("单位"), required=False, max_length=60)
    insurance = forms.ChoiceField(label=_("保险"), required=False, choices=[ANY, *Standing.choices])
    check = forms.ChoiceField(label=_("体检"), required=False, choices=[ANY, *Standing.choices])

    def narrow(self, rows: Rows) -> Rows:
        """Rows that fit all of them."""
        asked = self.cleaned_data
        name, unit = clean_name(asked["name"]), asked["unit"].strip()
        return [
            one
            for one in rows
            if name in one.name
            and unit in one.offices
            and asked["insurance"] in ("", one.care.cover.standing)
            and asked["check"] in ("", one.care.checked.standing)
        ]


class PayListFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By paying office and period."""

    unit = django_filters.CharFilter(method="by_unit", label=_("承担单位"))
    since = DayFilter(field_name="ends_on", lookup_expr="gt", label=_("不早于"))

    class Meta:
        model = PayList
        fields: tuple[str, ...] = ()

    def by_unit(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        """Offices whose name contains the text."""
        return rows.filter(payer_unit__name__icontains=value.strip())
