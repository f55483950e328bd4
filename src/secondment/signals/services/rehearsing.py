"""Try thresholds: what each would have raised on the last day of each of twelve months, counted from records as they stood."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db import transaction

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import covers
from secondment.campaigns.eligibility_rules.rule import Figure
from secondment.common.errors import require
from secondment.jobs.models import Job
from secondment.jobs.services import start_job
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.signals.looking import BACK, cases_of, judged
from secondment.signals.models import Rehearsal
from secondment.signals.sign import Look, Sign
from secondment.signals.signs import WITH_DATA
from secondment.units.models import Unit

JOB = "signals.rehearse"
MONTHS = 12


@transaction.atomic
def start_rehearsal(unit: Unit, *, by: User, at: dt.datetime) -> Job:
    """Ask for it: it reads a year of everybody whom the department answers for."""
    require(covers(by, unit.path, Role.ORGANISATION_DEPARTMENT))
    row = Rehearsal.objects.create(unit=unit, by=by, asked_at=at)
    return start_job(JOB, {"rehearsal_id": row.pk}, by=by, at=at, once=f"unit {unit.pk}")


def execute_rehearsal(
    row: Rehearsal, *, on: dt.date, progress: Callable[[int, int], None] = lambda done, total: None
) -> Rehearsal:
    """Count, and keep numbers only: nobody is named."""
    days = month_ends(on)
    rows = Placement.objects.filter(
        state__in=BEGAN,
        owner_unit__path__startswith=row.unit.path,
        starts_on__lte=days[-1],
        ends_on__gt=days[0],
    ).select_related("programme_version", "host_unit", "home_unit", "owner_unit")
    look = Look(list(rows.order_by("pk")), first=days[0] - BACK, last=days[-1])
    lines = []
    for done, sign in enumerate(WITH_DATA):
        progress(done, len(WITH_DATA))
        lines += list(_lines_of(sign, look, days))
    row.until, row.n_people, row.lines = days[-1], len(look.keys), lines
    row.save(update_fields=["until", "n_people", "lines"])
    Rehearsal.objects.filter(unit=row.unit, pk__lt=row.pk).delete()
    return row


def month_ends(on: dt.date) -> list[dt.date]:
    """The last days of the twelve months before this one, the oldest first."""
    found, first = [], on.replace(day=1)
    for _at in range(MONTHS):
        found.append(first - dt.timedelta(days=1))
        first = found[-1].replace(day=1)
    return found[::-1]


def tried(figure: Figure, usual: int) -> tuple[int, ...]:
    """A quarter less, the figure, a quarter more; at least one, within its bounds."""
    step = max(1, usual // 4)
    around = (usual - step, usual, usual + step)
    return tuple(dict.fromkeys(max(figure.low, min(figure.high, one)) for one in around))


def _lines_of(sign: Sign, look: Look, days: list[dt.date]) -> Iterator[dict[str, Any]]:
    """One line as it is, and one for each figure that is tried; the others stay as programmes have them."""
    yield {"sign": sign.code, "figure": "", "value": None, "usual": None, **_count(sign, look, days, {})}
    for figure in sign.figures:
        for value in tried(figure, figure.default):
            counts = _count(sign, look, days, {figure.name: value})
            yield {
                "sign": sign.code,
                "figure": figure.name,
                "value": value,
                "usual": figure.default,
                **counts,
            }


def _count(sign: Sign, look: Look, days: list[dt.date], others: Mapping[str, int]) -> dict[str, int]:
    """How many people would have been asked about in the year, and how many spared and never asked about."""
    raised, spared = set[int](), set[int]()
    for on in days:
        for case in cases_of(sign, look, on, others):
            found = judged(sign, case)
            if found is not None:
                (spared if found.excuse else raised).add(case.placement.pk)
    return {"n_raised": len(raised), "n_spared": len(spared - raised)}
