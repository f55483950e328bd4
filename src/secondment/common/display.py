"""How values read on a page and on paper."""

from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

NOTHING = "—"


def display(value: object, decimals: int | None = None) -> str:
    """Text for a person: a dash for nothing, 是/否, ISO dates, local time to the minute, numbers to `decimals` places."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if decimals is not None and isinstance(value, int | float | Decimal):
        return f"{value:.{decimals}f}"
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)
