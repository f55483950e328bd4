"""What a user sees of task books."""

import datetime as dt
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from secondment.accounts.choices import Role
from secondment.accounts.models import User
from secondment.accounts.scopes import paths_of, under
from secondment.placements.choices import UNDER_WAY, PlacementState
from secondment.placements.models import Placement
from secondment.placements.queries import visible_to as placements_visible_to
from secondment.task_books.choices import UNDER_WRITING, BookState, ProposalState, Proposer, Stage
from secondment.task_books.models import Task, TaskBook, TaskProposal

KEPT = (*UNDER_WAY, PlacementState.ENDED)


def visible_to(user: User) -> QuerySet[Placement]:
    """Placements whose task book the user reads: all that they see, from the notice on."""
    return placements_visible_to(user).filter(state__in=KEPT)


def books_visible_to(user: User) -> QuerySet[TaskBook]:
    """Every version of the task books that the reader sees."""
    return TaskBook.objects.filter(placement__in=visible_to(user).order_by().values("pk"))


def tasks_visible_to(user: User) -> QuerySet[Task]:
    """Tasks of any version of the task books that the reader sees."""
    keys = visible_to(user).order_by().values("pk")
    return Task.objects.filter(book__placement__in=keys).select_related("book")


def proposals_visible_to(user: User) -> QuerySet[TaskProposal]:
    """What was proposed for the task books that the reader sees."""
    return TaskProposal.objects.filter(placement__in=visible_to(user).order_by().values("pk"))


def lines_of(placement: Placement) -> set[int]:
    """The numbers that tasks of any version have."""
    return set(Task.objects.filter(book__placement=placement).values_list("line", flat=True))


def tasks_in_force(placements: QuerySet[Placement]) -> QuerySet[Task]:
    """The tasks that are agreed now."""
    keys = placements.order_by().values("pk")
    return Task.objects.filter(book__state=BookState.IN_FORCE, book__placement__in=keys)


def written_for(user: User) -> QuerySet[Placement]:
    """Placements under way for which the account writes task books."""
    mine = under("host_unit__path", paths_of(user, Role.HOST_UNIT))
    mine |= under("owner_unit__path", paths_of(user, Role.ORGANISATION_DEPARTMENT))
    return Placement.objects.filter(mine, state__in=UNDER_WAY)


def without_book(placements: QuerySet[Placement]) -> QuerySet[Placement]:
    """Those of whom no version was signed or sent to be signed."""
    begun = TaskBook.objects.filter(state__in=(BookState.IN_FORCE, BookState.SENT))
    return placements.exclude(pk__in=begun.order_by().values("placement"))


def open_due(placements: QuerySet[Placement], on: dt.date) -> QuerySet[Task]:
    """Tasks whose day has come and that wait to be accepted."""
    return tasks_in_force(placements).filter(accepted_on=None, due_on__lte=on)


def open_proposals(placements: QuerySet[Placement]) -> QuerySet[TaskProposal]:
    """What secondees proposed and nobody answered."""
    keys = placements.order_by().values("pk")
    return TaskProposal.objects.filter(state=ProposalState.OPEN, placement__in=keys)


def for_list(placements: QuerySet[Placement], on: dt.date) -> QuerySet[Any]:
    """Placements with the figures of their task books on this day; `stage_now` is a `Stage`."""
    accepted, late = ~Q(accepted_on=None), Q(accepted_on=None, due_on__lt=on)
    figures = {
        "n_tasks": _figure(Count("pk")),
        "n_accepted": _figure(Count("pk", filter=accepted)),
        "n_due": _figure(Count("pk", filter=Q(accepted_on=None, due_on__lte=on))),
        "n_late": _figure(Count("pk", filter=late)),
        "weight_accepted": _figure(Sum("weight", filter=accepted)),
        "weight_own": _figure(Sum("weight", filter=Q(proposer=Proposer.SECONDEE))),
    }
    in_hand = TaskBook.objects.filter(placement=OuterRef("pk"), state__in=UNDER_WRITING)
    rows = placements.select_related("person", "post", "host_unit__parent", "home_unit").annotate(
        **figures,
        next_due_on=Subquery(_of_one().annotate(n=Min("due_on", filter=~accepted)).values("n")),
        in_hand=Coalesce(Subquery(in_hand.values("state")[:1]), Value("")),
    )
    stage = Case(
        When(n_tasks=0, then=Value(Stage.NONE)),
        When(n_accepted=F("n_tasks"), then=Value(Stage.DONE)),
        When(n_due__gt=0, then=Value(Stage.DUE)),
        default=Value(Stage.SIGNED),
        output_field=CharField(),
    )
    return rows.annotate(stage_now=stage)


def _of_one() -> QuerySet[Any]:
    rows = Task.objects.filter(book__placement=OuterRef("pk"), book__state=BookState.IN_FORCE)
    return rows.order_by().values("book__placement")


def _figure(expression: Any) -> Coalesce:
    return Coalesce(Subquery(_of_one().annotate(n=expression).values("n"), output_field=IntegerField()), 0)
