"""What a user sees of democratic appraisals."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, Manager, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under, units_held
from secondment.appraisals.choices import AppraisalState, Occasion, Standing
from secondment.appraisals.models import (
    Appraisal,
    BallotPaper,
    Candidate,
    RosterChange,
    RosterEntry,
    SignedMark,
)
from secondment.appraisals.rules import DEPARTMENT
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.standards.choices import IndicatorKind, RaterGroup
from secondment.standards.models import Indicator, StandardVersion
from secondment.standards.queries import in_force
from secondment.units.models import Unit

PEOPLE = (
    "placement__person__unit",
    "placement__post",
    "placement__home_unit",
    "placement__host_unit",
    "placement__owner_unit",
    "placement__programme_version__programme",
)


def visible_to(user: User) -> QuerySet[Appraisal]:
    """Those of the account's department, and those for which its unit was asked for lists of raters."""
    mine = Appraisal.objects.filter(under("owner_unit__path", paths_of(user, DEPARTMENT, Role.LEADER)))
    asked = papers_asked_of(user).order_by().values("appraisal")
    return Appraisal.objects.filter(Q(pk__in=mine.order_by().values("pk")) | Q(pk__in=asked))


def papers_asked_of(user: User) -> QuerySet[BallotPaper]:
    """Papers whose raters the account's units know, once they were asked."""
    rows = BallotPaper.objects.filter(asked_on__isnull=False).exclude(appraisal__state=AppraisalState.VOID)
    hosts = Q(under("unit__path", paths_of(user, Role.HOST_UNIT))) & ~Q(group=RaterGroup.HOME)
    homes = Q(under("unit__path", paths_of(user, Role.HOME_UNIT))) & Q(group=RaterGroup.HOME)
    return rows.filter(hosts | homes)


def papers_visible_to(user: User) -> QuerySet[BallotPaper]:
    """Papers of one's department, and those one was asked for."""
    mine = BallotPaper.objects.filter(
        under("appraisal__owner_unit__path", paths_of(user, DEPARTMENT, Role.LEADER))
    )
    asked = papers_asked_of(user).order_by().values("pk")
    rows = BallotPaper.objects.filter(Q(pk__in=mine.order_by().values("pk")) | Q(pk__in=asked))
    return rows.select_related("appraisal__owner_unit", "unit")


def candidates_visible_to(user: User) -> QuerySet[Candidate]:
    """Candidates of one's department, and those on papers one was asked for."""
    mine = Candidate.objects.filter(
        under("appraisal__owner_unit__path", paths_of(user, DEPARTMENT, Role.LEADER))
    )
    asked = Candidate.objects.filter(papers__in=papers_asked_of(user).order_by().values("pk"))
    keys = Q(pk__in=mine.order_by().values("pk")) | Q(pk__in=asked.order_by().values("pk"))
    return with_people(Candidate.objects.filter(keys))


def with_people(candidates: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Candidates with everything that pages name of them."""
    return candidates.select_related("appraisal__owner_unit", "standard__standard", *PEOPLE)


def for_list(appraisals: QuerySet[Appraisal]) -> QuerySet[Any]:
    """Appraisals with what the list names; counts are of all, for those who see all.

    One after the other: joined, a year of hundreds of candidates and papers would make a row for every pair.
    """
    rows: QuerySet[Any] = appraisals.select_related("owner_unit").annotate(
        n_candidates=_number_of(Candidate.objects), n_papers=_number_of(BallotPaper.objects)
    )
    return rows


def _number_of(rows: Manager[Any]) -> Coalesce:
    own = rows.filter(appraisal=OuterRef("pk")).order_by().values("appraisal")
    return Coalesce(Subquery(own.annotate(n=Count("pk")).values("n")), 0)


def papers_of(appraisal: Appraisal) -> QuerySet[Any]:
    """The papers with their numbers: on the list, voting, candidates."""
    rows: QuerySet[Any] = appraisal.papers.select_related("unit__parent", "appraisal__owner_unit")
    return with_counts(rows)


def with_counts(papers: QuerySet[BallotPaper]) -> QuerySet[Any]:
    """Papers with how many are on the list, how many vote, and on how many candidates."""
    here = Q(roster__standing__in=(Standing.LISTED, Standing.DRAWN))
    rows: QuerySet[Any] = papers.annotate(
        n_listed=Count("roster", filter=here, distinct=True),
        n_voting=Count("roster", filter=Q(roster__standing=Standing.DRAWN), distinct=True),
        n_candidates=Count("candidates", distinct=True),
    )
    return rows


def roster_of(paper: BallotPaper) -> QuerySet[RosterEntry]:
    """Everybody on the list, in its order."""
    return RosterEntry.objects.filter(paper=paper)


def departments_of(user: User) -> QuerySet[Unit]:
    """Units for whose department the account acts."""
    return units_held(user, DEPARTMENT)


def choosable(appraisal: Appraisal) -> QuerySet[Placement]:
    """Whom the department may appraise: who has begun, has a day in the year, and is not appraised for it yet."""
    taken = Candidate.objects.filter(placement=OuterRef("pk"), year=appraisal.year, is_void=False)
    rows = Placement.objects.filter(
        ~Exists(taken),
        owner_unit__path__startswith=appraisal.owner_unit.path,
        state__in=BEGAN,
        starts_on__lte=dt.date(appraisal.year, 12, 31),
        ends_on__gt=dt.date(appraisal.year, 1, 1),
    )
    if appraisal.occasion == Occasion.END_OF_TERM:
        # the last day lies in the year
        rows = rows.filter(ends_on__lte=dt.date(appraisal.year + 1, 1, 1))
        rows = rows.filter(ends_on__gt=dt.date(appraisal.year, 1, 1))
    return rows


def standards_for(placements: Sequence[Placement]) -> dict[int, StandardVersion]:
    """Placement → the signed standard in force for it; who has none is missing."""
    signed = in_force()
    found = {
        one.pk: signed.holds(one.person.category, one.programme_version.programme_id, one.owner_unit.path)
        for one in placements
    }
    return {key: version for key, version in found.items() if version is not None}


def rated_indicators(versions: Sequence[int]) -> dict[int, list[Indicator]]:
    """Version → its indicators that are voted on or marked, in order; one query."""
    rows = Indicator.objects.filter(version__in=versions, kind=IndicatorKind.RATED).order_by("position", "pk")
    found: dict[int, list[Indicator]] = {key: [] for key in versions}
    for row in rows:
        found[row.version_id].append(row)
    return found


def marks_of(appraisal: Appraisal) -> QuerySet[SignedMark]:
    """What the organisation group has marked."""
    return SignedMark.objects.filter(candidate__appraisal=appraisal)


def appraised_of(placement: Placement) -> QuerySet[Candidate]:
    """Where a placement is or was appraised, the newest first; what was voided aside."""
    rows = Candidate.objects.filter(placement=placement, is_void=False)
    return rows.select_related("appraisal__owner_unit", "standard__standard").order_by("-year", "-pk")


def units_for_papers(appraisal: Appraisal) -> QuerySet[Unit]:
    """Units whose people may vote: where candidates work and come from, and what lies above within the department's own
    tree."""
    placements = Placement.objects.filter(appraised__appraisal=appraisal).order_by()
    hosts = Unit.objects.filter(pk__in=placements.values("host_unit")).values_list("path", flat=True)
    above = {int(key) for path in hosts for key in path.strip("/").split("/")}
    within = Q(pk__in=above, path__startswith=appraisal.owner_unit.path)
    here = Q(pk__in=placements.values("host_unit")) | Q(pk__in=placements.values("home_unit"))
    return Unit.objects.filter(here | within)


def raters_visible_to(user: User) -> QuerySet[RosterEntry]:
    """People on lists of one's department."""
    rows = RosterEntry.objects.filter(paper__in=papers_visible_to(user).order_by().values("pk"))
    return rows.select_related("paper__unit", "paper__appraisal")


def changes_of(paper: BallotPaper) -> QuerySet[RosterChange]:
    """What changed after the lists were locked, the first first."""
    return paper.changes.select_related("left", "joined", "by").order_by("pk")


def rosters_of(papers: Sequence[BallotPaper]) -> QuerySet[RosterEntry]:
    """Everybody on these lists, in their order."""
    return RosterEntry.objects.filter(paper__in=[one.pk for one in papers]).order_by("paper", "position")


def appraised_with_numbers(placement: Placement) -> QuerySet[Any]:
    """Where a placement is or was appraised, with `n_voting`: how many are to vote."""
    drawn = Q(papers__roster__standing=Standing.DRAWN)
    rows: QuerySet[Any] = appraised_of(placement).annotate(
        n_voting=Count("papers__roster", filter=drawn, distinct=True)
    )
    return rows
