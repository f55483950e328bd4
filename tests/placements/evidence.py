"""What tests of rooms ask about the facts that they offer."""

import datetime as dt

from django.db import connection
from django.test.utils import CaptureQueriesContext

from secondment.placements.evidence import EVIDENCE, Fact
from secondment.placements.models import Placement
from secondment.placements.queries import with_names

ALWAYS = (dt.date.min, dt.date.max)


def offered(kind: str, *placements: Placement, days: tuple[dt.date, dt.date] = ALWAYS) -> list[Fact]:
    """The facts of a kind in these days, in order."""
    rows = with_names(Placement.objects.filter(pk__in=[one.pk for one in placements]))
    found = EVIDENCE[kind].facts(list(rows.select_related("person__account").order_by("pk")), *days)
    return sorted(found, key=lambda one: (one.placement, one.on, one.key))


def told(kind: str, *placements: Placement) -> list[tuple[str, str]]:
    """(Day, words) of each."""
    return [(f"{one.on}", str(one.label)) for one in offered(kind, *placements)]


def n_queries(kind: str, *placements: Placement) -> int:
    """How many queries the kind asks for these placements."""
    rows = list(
        with_names(Placement.objects.filter(pk__in=[one.pk for one in placements])).select_related(
            "person__account"
        )
    )
    with CaptureQueriesContext(connection) as queries:
        list(EVIDENCE[kind].facts(rows, *ALWAYS))
    return len(queries)
