"""What rooms above read of computations: assessments, appeals, growth, signals; never the tables."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from secondment.appraisals.choices import AppraisalState
from secondment.measurement.choices import RunState
from secondment.measurement.models import Measure, Run
from secondment.standards.models import StandardVersion
from secondment.units.models import Unit

if TYPE_CHECKING:
    from secondment.measurement.posteriors import RunPosterior

HEAVY = ("inputs", "posterior")


def runs() -> QuerySet[Run]:
    """Computations without what is heavy in them."""
    return Run.objects.defer(*HEAVY).select_related(
        "owner_unit", "standard_version__standard", "requested_by"
    )


def latest_run(owner_unit: Unit, year: int, standard_version: StandardVersion) -> Run | None:
    """The last finished computation of the year under the standard; a later one replaces it for all who read."""
    done = runs().filter(
        owner_unit=owner_unit, year=year, standard_version=standard_version, state=RunState.DONE
    )
    return done.order_by("-finished_at", "-pk").first()


def measures_of(run: Run) -> QuerySet[Measure]:
    """What it says of every candidate, with the names."""
    return run.measures.select_related(
        "candidate__placement__person", "candidate__placement__host_unit", "candidate__placement__home_unit"
    )


def measures_about(placements: Collection[int], first: dt.date, last: dt.date) -> list[Measure]:
    """What the last computation says of everybody whose appraisal closed on these days, with the run; two queries for any number."""
    rows = Measure.objects.filter(
        candidate__placement__in=placements,
        candidate__is_void=False,
        candidate__appraisal__state=AppraisalState.CLOSED,
        candidate__appraisal__closes_on__range=(first, last),
        run__state=RunState.DONE,
    )
    named = rows.select_related("candidate__appraisal").order_by("run__finished_at", "run")
    newest = {one.candidate_id: one for one in named}
    known = runs().in_bulk({one.run_id for one in newest.values()})
    for one in newest.values():
        one.run = known[one.run_id]
    return list(newest.values())


def posterior_of(run: Run) -> "RunPosterior | None":
    """The distribution behind the fair scores; none where nothing was measured."""
    from secondment.measurement.posteriors import unpack

    kept = Run.objects.values_list("posterior", flat=True).get(pk=run.pk)
    return unpack(kept) if kept else None


def flags_of(run: Run) -> list[dict[str, Any]]:
    """What a person should look at, as `flags.packed`; no flag changes a score."""
    found: list[dict[str, Any]] = run.results.get("flags", [])
    return found
