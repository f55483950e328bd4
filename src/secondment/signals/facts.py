"""What several signs ask of a case, and the pages that facts lead to."""

import datetime as dt

from django.urls import reverse

from secondment.placements.choices import WorkMode
from secondment.placements.duties import first_day_of
from secondment.placements.models import Placement
from secondment.signals.readers import Appraised, Book, Division, appraisals, books, divisions
from secondment.signals.sign import Case
from secondment.task_books.choices import TaskKind

YEAR = dt.timedelta(days=366)


def book_on(case: Case) -> Book | None:
    """The task book that was in force on the day."""
    signed: list[Book] = [one for one in case.of(books) if one.signed_on <= case.on]
    return signed[-1] if signed else None


def appraisal_on(case: Case) -> Appraised | None:
    """The last appraisal of the year up to the day."""
    closed: list[Appraised] = [one for one in case.of(appraisals) if case.is_recent(one.day, YEAR)]
    return closed[-1] if closed else None


def days_at(case: Case, day: dt.date) -> int:
    """Days in post on some other day."""
    return (day - first_day_of(case.placement)).days


def division_on(case: Case) -> Division | None:
    """The written division of work of the day."""
    written: list[Division] = [one for one in case.of(divisions) if one.day <= case.on]
    return written[-1] if written else None


def has_own_tasks(book: Book) -> bool:
    """Whether the secondee is in charge of anything (分管)."""
    return any(one.kind == TaskKind.OWN for one in book.tasks)


def worked_beside(placement: Placement) -> bool:
    """Whether the home unit keeps part of the person's time, as agreed."""
    return placement.work_mode != WorkMode.FULL


def months(n: int) -> dt.timedelta:
    """So many months of 365/12 days."""
    return dt.timedelta(days=round(n * 365 / 12))


def page_of_placement(placement: Placement) -> str:
    """Where reports, presence and division of work stand."""
    return reverse("placements:placement_detail", args=[placement.pk])


def page_of_tasks(placement: Placement) -> str:
    """The task book."""
    return reverse("task_books:book_detail", args=[placement.pk])


def page_of_leave(placement: Placement) -> str:
    """The leave ledger."""
    return reverse("leave:placement_leave", args=[placement.pk])
