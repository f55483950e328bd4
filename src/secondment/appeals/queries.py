"""What a user sees of reviews, appeals, and results that can be complained about."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import DateField, QuerySet, Value

from secondment.accounts.choices import Role
from secondment.accounts.models import RoleAssignment, User
from secondment.accounts.scopes import in_units, paths_of, under
from secondment.appeals.choices import AppealKind, AppealState
from secondment.appeals.models import Appeal, Proof, Recomputation
from secondment.appraisals.models import BallotPaper
from secondment.assessments.choices import DecisionState
from secondment.assessments.models import CommitteeTable, Grade
from secondment.measurement.choices import RunState
from secondment.measurement.models import Run
from secondment.measurement.reading import runs
from secondment.units.models import Unit

PROVERS = (Role.ORGANISATION_DEPARTMENT, Role.INSPECTOR)
READERS = (Role.ORGANISATION_DEPARTMENT, Role.LEADER)


def visible_to(user: User) -> QuerySet[Appeal]:
    """One's own, those of the user's department and those that went to it; units of either side learn nothing of it."""
    paths = paths_of(user, *READERS)
    own = Appeal.objects.filter(grade__evaluation__person__account=user)
    return own | Appeal.objects.filter(
        in_units("office", paths) | in_units("grade__decision__register__owner_unit", paths)
    )


def shown_on(rows: QuerySet[Appeal], on: dt.date) -> QuerySet[Any]:
    """Reviews and appeals as a page of this day shows them."""
    shown: QuerySet[Any] = with_names(rows).annotate(today=Value(on, DateField()))
    return shown


def with_names(rows: QuerySet[Appeal]) -> QuerySet[Appeal]:
    """Reviews and appeals with everything their pages name."""
    return rows.select_related(
        "office",
        "previous",
        "correction",
        "decided_by",
        "grade__decision__register__owner_unit",
        "grade__evaluation__register__owner_unit",
        "grade__evaluation__person__unit",
        "grade__evaluation__placement__home_unit",
        "grade__evaluation__placement__host_unit",
        "grade__evaluation__placement__post",
        "grade__evaluation__placement__programme_version__programme",
    )


def results_visible_to(user: User) -> QuerySet[Grade]:
    """Grades in force: one's own, and those of registers of the user's department."""
    paths = paths_of(user, *READERS)
    own = Grade.objects.filter(evaluation__person__account=user)
    seen = own | Grade.objects.filter(in_units("decision__register__owner_unit", paths))
    return seen.filter(decision__state=DecisionState.IN_FORCE).select_related(
        "decision__register__owner_unit__parent",
        "table",
        "evaluation__register__owner_unit",
        "evaluation__person__unit",
        "evaluation__person__account",
        "evaluation__placement__home_unit",
        "evaluation__placement__host_unit",
        "evaluation__placement__post",
        "evaluation__placement__programme_version__programme",
    )


def filed_against(grades: Iterable[Grade]) -> dict[int, dict[str, Appeal]]:
    """By grade and kind, what was filed and not withdrawn."""
    rows = Appeal.objects.filter(grade__in=list(grades)).exclude(state=AppealState.WITHDRAWN)
    found: dict[int, dict[str, Appeal]] = {}
    for one in rows:
        found.setdefault(one.grade_id, {})[one.kind] = one
    return found


def office_for(kind: str, owner: Unit) -> Unit:
    """A review goes to the department that decided, an appeal to the next one above it at which somebody is."""
    if kind == AppealKind.REVIEW:
        return owner
    keys = [int(key) for key in owner.path.split("/")[:-2]]
    departments = RoleAssignment.objects.filter(role=Role.ORGANISATION_DEPARTMENT, unit__in=keys)
    above = Unit.objects.filter(pk__in=departments.values("unit")).order_by("-path")
    return above.first() or owner


def is_current(grade: Grade) -> bool:
    """Whether no later decision in force or on its way is about the same year of the same person."""
    later = Grade.objects.filter(evaluation=grade.evaluation_id, pk__gt=grade.pk)
    return not later.exclude(decision__state=DecisionState.RETURNED).exists()


def recomputed_of(user: User, grade: Grade) -> QuerySet[Recomputation]:
    """Everything that was computed again about a result that the user sees; the person sees it too."""
    return Recomputation.objects.filter(grade__in=results_visible_to(user).filter(pk=grade.pk).values("pk"))


def recomputations_visible_to(user: User) -> QuerySet[Recomputation]:
    """What was computed again about results that the user sees."""
    rows = Recomputation.objects.filter(grade__in=results_visible_to(user).values("pk"))
    return rows.select_related(
        "run__standard_version__standard",
        "run__owner_unit",
        "grade__evaluation__person",
        "requested_by",
        "appeal",
    )


def papers_left_out(row: Recomputation) -> QuerySet[BallotPaper]:
    """The ballot papers whose roster was wrong."""
    return BallotPaper.objects.filter(pk__in=row.excluded).select_related("unit")


def runs_to_prove(user: User) -> QuerySet[Run]:
    """Finished computations of the user's departments."""
    mine = under("owner_unit__path", paths_of(user, *PROVERS))
    return runs().filter(mine, state=RunState.DONE)


def proofs_visible_to(user: User) -> QuerySet[Proof]:
    """Open proofs of the user's departments."""
    rows = Proof.objects.filter(under("run__owner_unit__path", paths_of(user, *PROVERS)))
    return rows.defer("run__inputs", "run__posterior").select_related(
        "run__owner_unit", "run__standard_version__standard", "asked_by", "opened_by"
    )


def tables_of(run: Run) -> list[CommitteeTable]:
    """Tables that a decision in force rests on, and the newest of each pool, as far as they were made of this computation."""
    decided = Grade.objects.filter(decision__state=DecisionState.IN_FORCE, table__isnull=False)
    rows = CommitteeTable.objects.filter(
        pool__register__owner_unit=run.owner_unit_id, pool__register__year=run.year
    ).order_by("pool", "pk")
    newest = {one.pool_id: one.pk for one in rows}
    kept = set(newest.values()) | set(decided.values_list("table", flat=True))
    return [one for one in rows if one.pk in kept and run.pk in one.inputs["runs"].values()]
