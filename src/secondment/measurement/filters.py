"""Ways to narrow the lists of measurement."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.common.listing.listing import FilterForm
from secondment.common.listing.rows import Rows
from secondment.files.names import clean_name
from secondment.measurement.choices import RunState
from secondment.measurement.models import Run


class RunFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter has no types
    """By year and state."""

    year = django_filters.NumberFilter(label=_("考核年度"))
    state = django_filters.ChoiceFilter(choices=RunState.choices, label=_("状态"))

    class Meta:
        model = Run
        fields: tuple[str, ...] = ()


class MeasureFilter(FilterForm):
    """By name and unit."""

    name = forms.CharField(label=_("姓名"), required=False, max_length=40)
    unit = forms.CharField(label=_("接收单位"), required=False, max_length=60)

    def narrow(self, rows: Rows) -> Rows:
        """Rows that fit both."""
        name, unit = clean_name(self.cleaned_data["name"]), self.cleaned_data["unit"].strip()
        return [
            one
            for one in rows
            if name in one.person.name and unit in one.measure.candidate.placement.host_unit.name
        ]
