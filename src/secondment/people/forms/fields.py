"""Fields that several forms of this room share."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from secondment.common.file_faults import told_whole
from secondment.files.names import PrivateSignError, checked_name
from secondment.units.models import Region


class NameField(forms.CharField):
    """A person's name in its one spelling; a character that others cannot read is refused with its place."""

    def to_python(self, value: Any) -> str:
        """The clean name."""
        try:
            return checked_name(super().to_python(value) or "")
        except PrivateSignError as error:
            raise forms.ValidationError(told_whole(error.fault), code="private") from error


class RegionField(forms.CharField):
    """A region by its code or its full name."""

    default_error_messages = {"unknown": _("未找到该区划。请填写6位区划代码或全称。")}

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
