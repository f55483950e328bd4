"""Half-days and days in words."""

from django.utils.translation import gettext as _

from secondment.leave.spans import HALF_DAYS, HalfDay, Span


def span_words(span: Span) -> str:
    """From when to when: whole days without saying so."""
    first, last = span.starts, span.last
    if not first.is_pm and last.is_pm:
        return f"{first.day}" if first.day == last.day else _from_to(f"{first.day}", f"{last.day}")
    return half_words(first) if first == last else _from_to(half_words(first), half_words(last))


def _from_to(first: str, last: str) -> str:
    return _("%(first)s至%(last)s") % {"first": first, "last": last}


def half_words(moment: HalfDay) -> str:
    """A half-day."""
    words = _("%(day)s下午") if moment.is_pm else _("%(day)s上午")
    return words % {"day": moment.day}


def days_words(half_days: int) -> str:
    """Days with .5 where there is a half."""
    return f"{half_days / HALF_DAYS:g}"
