"""What rooms above read of computations: assessments, appeals, growth, signals; never the tables."""

from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

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


def posterior_of(run: Run) -> "RunPosterior | None":
    """The distribution behind the fair scores; none where nothing was measured."""
    from secondment.measurement.posteriors import unpack

    kept = Run.objects.values_list("posterior", flat=True).get(pk=run.pk)
    return unpack(kept) if kept else None


def flags_of(run: Run) -> list[dict[str, Any]]:
    """What a person should look at, as `flags.packed`; no flag changes a score."""
    found: list[dict[str, Any]] = run.results.get("flags", [])
    return found
