"""Which period a page is about."""

import datetime as dt
from contextlib import suppress

from django.http import Http404, HttpRequest

from secondment.files.dates import FIRST_YEAR, LAST_YEAR


def until_of(request: HttpRequest, usual: dt.date) -> dt.date:
    """The first day after the period, from the address; it is the first of a month in years that people type."""
    text = request.GET.get("until", "")
    if not text:
        return usual
    with suppress(ValueError):
        until = dt.date.fromisoformat(text)
        if until.day == 1 and FIRST_YEAR <= until.year <= LAST_YEAR:
            return until
    raise Http404
