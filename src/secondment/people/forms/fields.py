"""Fields that several forms of this room share."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.units.models import Region


class RegionField(forms.CharField):
    """A region by its code or its full name."""

    default_error_messages = {"unknown": _("没有找到这个区划。请填写6位区划代码或全称。")}

    def prepare_value(self, value: Any) -> Any:
        """A stored code reads as the full name."""
        if isinstance(value, str) and value.isdigit():
            return Region.objects.filter(pk=value).values_list("full_name", flat=True).first() or value
        return value

    def clean(self, value: Any) -> Any:
        """The region, or None."""
        text = super().clean(value)
        if not text:
            return None
        found = Region.objects.filter(pk=text).first() or Region.objects.filter(full_name=text).first()
        if found is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return found


def kept_day(known: dt.date | None, month: dt.date | None) -> dt.date | None:
    """The day already known when it lies in the month given; a month must not erase a day."""
    is_same = known is not None and month is not None and known.replace(day=1) == month.replace(day=1)
    return known if is_same else month
