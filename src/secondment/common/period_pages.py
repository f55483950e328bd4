"""Which period a page is about."""

import datetime as dt
from contextlib import suppress

from django.http import Http404, HttpRequest


def until_of(request: HttpRequest, usual: dt.date) -> dt.date:
    """The first day after the period, from the address; it is the first of a month."""
    text = request.GET.get("until", "")
    if not text:
        return usual
    with suppress(ValueError):
        until = dt.date.fromisoformat(text)
        if until.day == 1:
            return until
    raise Http404
