"""What a page is about: a placement, a version, a task, a proposal that the reader sees."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from secondment.accounts.http import SignedInRequest
from secondment.common.errors import require
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.task_books.choices import SIGNED
from secondment.task_books.models import Task, TaskBook, TaskProposal
from secondment.task_books.queries import books_visible_to, proposals_visible_to, tasks_visible_to, visible_to
from secondment.task_books.rules import may_read_draft


def found(request: SignedInRequest, pk: int) -> Placement:
    """A placement whose task book the reader sees."""
    rows = with_names(visible_to(request.user)).select_related("person__account")
    return get_object_or_404(rows, pk=pk)


def found_book(request: SignedInRequest, pk: int) -> TaskBook:
    """A version; one that is not signed is between host and secondee."""
    book = get_object_or_404(books_visible_to(request.user), pk=pk)
    book.placement = found(request, book.placement_id)
    require(book.state in SIGNED or may_read_draft(request.user, book.placement))
    return book


def found_task(request: SignedInRequest, pk: int) -> Task:
    """A task of any version."""
    task = get_object_or_404(tasks_visible_to(request.user), pk=pk)
    task.book.placement = found(request, task.book.placement_id)
    return task


def found_proposal(request: SignedInRequest, pk: int) -> TaskProposal:
    """A proposal of the secondee."""
    proposal = get_object_or_404(proposals_visible_to(request.user), pk=pk)
    proposal.placement = found(request, proposal.placement_id)
    return proposal


def to_book(placement_id: int) -> HttpResponse:
    """Back to the task book."""
    return redirect("task_books:book_detail", placement_id)
