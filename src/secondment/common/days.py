"""Days as people type and read them, the same in every browser's language: 2026-11-29.

A browser writes `<input type="date">` in its own order of day and month; so days are typed as text, and a
button next to the field opens the browser's calendar.
"""

import datetime as dt
from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from django_filters import DateFilter

from secondment.files.dates import DateFault, Month, parse_day, parse_month

ONE_DAY = dt.timedelta(days=1)


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month `months` later, or the last day of a shorter month."""
    at = day.year * 12 + day.month - 1 + months
    first_of_next = dt.date((at + 1) // 12, (at + 1) % 12 + 1, 1)
    last = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(at // 12, at % 12 + 1, min(day.day, last))


class DayInput(forms.DateInput):
    """A day as text, with a calendar next to it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {
            "data-day": _("打开日历"),
            "placeholder": _("如 2026-11-29"),
            "maxlength": 20,
            "autocomplete": "off",
        }
        super().__init__(attrs=usual | (attrs or {}), format="%Y-%m-%d")

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the address of the icon, which depends on how files are served."""
        icon = {"data-icon": f"{static('common/dist/icons.svg')}#calendar"}
        return super().get_context(name, value, {**icon, **(attrs or {})})


class DayField(forms.DateField):
    """A day; 20261129, 2026.11.29 and 2026年11月29日 are understood as well."""

    widget = DayInput
    default_error_messages = {
        "invalid": _("请填写完整日期，例如 2026-11-29。"),
        "no_such_day": _("这一天不存在，请改正日期。"),
    }

    def to_python(self, value: Any) -> dt.date | None:
        """The day typed."""
        if value in self.empty_values:
            return None
        if isinstance(value, dt.date):
            return value
        day = parse_day(str(value))
        if isinstance(day, DateFault):
            code = "no_such_day" if day.code == "no_such_day" else "invalid"
            raise forms.ValidationError(self.error_messages[code], code=code)
        return day


class LastDayField(DayField):
    """The last day of a half-open period is typed and shown; the value is the first day after it."""

    def to_python(self, value: Any) -> dt.date | None:
        """The first day after what was typed."""
        day = super().to_python(value)
        return day if day is None or isinstance(value, dt.date) else day + ONE_DAY

    def prepare_value(self, value: Any) -> Any:
        """What is stored reads as the last day; what was typed stays."""
        return value - ONE_DAY if isinstance(value, dt.date) else value


class MonthField(forms.DateField):
    """A month as text, such as 2026-11, stored as its first day."""

    default_error_messages = {"invalid": _("请填写年月，例如 2026-11。")}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"placeholder": _("如 2026-11"), "maxlength": 12, "autocomplete": "off"}
        super().__init__(widget=forms.DateInput(attrs=attrs, format="%Y-%m"), **kwargs)

    def to_python(self, value: Any) -> dt.date | None:
        """The first day of the month typed."""
        if value in self.empty_values or isinstance(value, dt.date):
            return value or None
        month = parse_month(str(value))
        if not isinstance(month, Month):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return dt.date(month.year, month.month, 1)


class DayFilter(DateFilter):  # type: ignore[misc]  # django-filter has no types
    """A filter by a day."""

    field_class = DayField


class LastDayFilter(DateFilter):  # type: ignore[misc]  # django-filter has no types
    """A filter by the last day of a half-open period."""

    field_class = LastDayField
