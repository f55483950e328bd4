"""What a user sees of computations: the organisation department in charge, and leaders; units and secondees nothing."""

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.appraisals.choices import AppraisalState, Standing
from secondment.appraisals.models import Appraisal, BallotPaper, Candidate
from secondment.measurement.models import Forecast, Measure, Run
from secondment.measurement.reading import measures_of, runs
from secondment.standards.choices import IndicatorKind, RaterGroup
from secondment.standards.models import StandardVersion
from secondment.units.models import Unit

READERS = (Role.ORGANISATION_DEPARTMENT, Role.LEADER)


def visible_to(user: User) -> QuerySet[Run]:
    """Computations of the user's department or of those below it."""
    return runs().filter(under("owner_unit__path", paths_of(user, *READERS)))


def with_sizes(rows: QuerySet[Run]) -> QuerySet[Run]:
    """With how many people each is about."""
    return rows.annotate(n_people=Count("measures"))


def appraisals_visible_to(user: User) -> QuerySet[Appraisal]:
    """Appraisals whose planning the user may read."""
    rows = Appraisal.objects.exclude(state=AppraisalState.VOID)
    return rows.filter(under("owner_unit__path", paths_of(user, *READERS))).select_related("owner_unit")


def forecasts_visible_to(user: User) -> QuerySet[Forecast]:
    """Forecasts of these appraisals."""
    return Forecast.objects.filter(appraisal__in=appraisals_visible_to(user)).select_related(
        "appraisal__owner_unit", "requested_by"
    )


def measurable(user: User) -> list[tuple[Unit, int, StandardVersion]]:
    """Department, year and standard of closed appraisals that the user may compute, the newest year first."""
    rows = Candidate.objects.filter(
        under("appraisal__owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT)),
        appraisal__state=AppraisalState.CLOSED,
        is_void=False,
    )
    keys = sorted(
        set(rows.order_by().values_list("appraisal__owner_unit", "appraisal__year", "standard")),
        key=lambda key: (-key[1], key[0], key[2]),
    )
    owners = Unit.objects.in_bulk({unit for unit, _year, _standard in keys})
    versions = StandardVersion.objects.select_related("standard__owner_unit").in_bulk(
        {standard for _unit, _year, standard in keys}
    )
    return [(owners[unit], year, versions[standard]) for unit, year, standard in keys]


def measures_visible_to(user: User, run: Run) -> QuerySet[Measure]:
    """What a computation says, for whoever sees it."""
    return measures_of(run).filter(run__in=visible_to(user))


def later_run(run: Run) -> Run | None:
    """The computation that has replaced it, if one has."""
    newer = runs().filter(
        owner_unit=run.owner_unit_id, year=run.year, standard_version=run.standard_version_id, state="done"
    )
    return (
        newer.filter(Q(finished_at__gt=run.finished_at)).order_by("-finished_at").first()
        if run.finished_at
        else None
    )


def units_named(keys: Collection[int]) -> dict[int, str]:
    """Names of units by key."""
    return dict(Unit.objects.filter(pk__in=keys).values_list("pk", "name"))


def names_of(measures: Collection[Measure]) -> dict[int, str]:
    """Names of candidates by key."""
    return {one.candidate_id: one.candidate.placement.person.name for one in measures}


def sizes_of(appraisal: Appraisal) -> dict[str, int]:
    """People, raters for each of them, items and levels, as the papers say; three queries."""
    candidates = Candidate.objects.filter(appraisal=appraisal, is_void=False)
    n_people = candidates.count()
    drawn = Count("roster", filter=Q(roster__standing=Standing.DRAWN))
    papers = BallotPaper.objects.filter(appraisal=appraisal).exclude(group=RaterGroup.ORGANISATION)
    rows = papers.order_by().annotate(n_drawn=drawn).values_list("pk", "n_wanted", "n_drawn")
    voting = {pk: n_drawn or n_wanted or 0 for pk, n_wanted, n_drawn in rows}
    on_paper = BallotPaper.candidates.through.objects.filter(
        ballotpaper__in=list(voting), candidate__is_void=False
    )
    sheets = sum(voting[paper] for paper in on_paper.values_list("ballotpaper", flat=True))
    first = candidates.select_related("standard").first()
    items = first.standard.indicators.filter(kind=IndicatorKind.RATED).count() if first else 0
    return {
        "people": n_people,
        "host_raters": round(sheets / n_people) if n_people else 0,
        "items": items,
        "levels": len(first.standard.level_names) if first else 4,
    }


def run_of(appraisal: Appraisal) -> Run | None:
    """The last finished computation that this appraisal went into."""
    rows = runs().filter(
        Exists(Run.appraisals.through.objects.filter(run=OuterRef("pk"), appraisal=appraisal))
    )
    return rows.filter(state="done").order_by("-finished_at").first()
