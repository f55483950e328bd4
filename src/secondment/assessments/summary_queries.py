"""What a user sees of the texts of a year, and whom they write for."""

from typing import Any

from django.db.models import Q, QuerySet

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import in_units, paths_of
from secondment.assessments.models import Evaluation, Summary
from secondment.assessments.rules import is_reader
from secondment.people.rules import is_self
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement

NAMES = (
    "placement__person__unit",
    "placement__post",
    "placement__host_unit__parent",
    "placement__home_unit",
    "placement__owner_unit",
    "placement__programme_version__programme",
)


def concerned(user: User) -> QuerySet[Placement]:
    """Placements under way or ended about which the account reads: its own, and those of its offices."""
    overseen = paths_of(user, Role.ORGANISATION_DEPARTMENT)
    seen = (
        in_units("host_unit", [*overseen, *paths_of(user, Role.HOST_UNIT)])
        | in_units("home_unit", [*overseen, *paths_of(user, Role.HOME_UNIT)])
        | in_units("owner_unit", overseen)
        | Q(person__account=user)
    )
    return Placement.objects.filter(seen, state__in=BEGAN)


def summaries_of(user: User) -> QuerySet[Any]:
    """Texts that the account reads, with everything that lists and pages name."""
    rows = Summary.objects.filter(placement__in=concerned(user).order_by().values("pk"))
    return rows.select_related(*NAMES, "written_by", "read_by")


def for_writing(rows: QuerySet[Placement]) -> QuerySet[Placement]:
    """Placements with everything that forms and workbooks name."""
    names = ("person__unit", "post", "host_unit__parent", "home_unit", "owner_unit")
    return rows.select_related(*names, "programme_version__programme")


def summary_of(evaluation: Evaluation) -> Summary | None:
    """What the person wrote about the year that is assessed."""
    return Summary.objects.filter(placement=evaluation.placement_id, year=evaluation.year).first()


def summary_read_by(user: User, evaluation: Evaluation) -> Summary | None:
    """The same, for who may read it."""
    is_read = is_self(user, evaluation.person) or is_reader(user, evaluation.placement)
    return summary_of(evaluation) if is_read else None
