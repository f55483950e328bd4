"""The list of task books, the one of a placement, and its versions."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting, exporting, own_row
from secondment.accounts.scopes import has_role
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.documents.papers import slots_for
from secondment.task_books import view_models
from secondment.task_books.lists import books_for
from secondment.task_books.papers import TASK_BOOK
from secondment.task_books.queries import for_list, visible_to
from secondment.task_books.rules import READERS, may_write_some
from secondment.task_books.sheets import TASK_BOOK_FORM, task_book_sheet
from secondment.task_books.views.finding import found, found_book


def book_list(request: SignedInRequest) -> HttpResponse:
    """Everyone whose task book the reader may read, with where it stands today; a secondee's own is opened at once."""
    require(has_role(request.user, *READERS))
    own = own_row(request, visible_to(request.user))
    if own is not None:
        return redirect("task_books:book_detail", own.pk)
    return books_for(request.user).respond(
        request,
        for_list(visible_to(request.user), timezone.localdate()),
        "task_books/book_list.html",
        {"may_write": may_write_some(request.user)},
        on_export=exporting(request, "task_books.export", request.user),
    )


def book_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The task book that is in force, what is being changed, division of work, history."""
    placement = found(request, pk)
    page = view_models.book_page(request.user, placement, timezone.localdate())
    papers = [(TASK_BOOK, one) for one in (page.draft, page.book) if one is not None]
    slots = slots_for(request.user, papers)
    return render(
        request, "task_books/book_detail.html", {"page": page, "placement": placement, "slots": slots}
    )


def version_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version as it was agreed."""
    book = found_book(request, pk)
    on = timezone.localdate()
    division = view_models.current_division(book.placement)
    tasks = list(book.tasks.all())
    for one in tasks:
        one.book = book
    context = {
        "book": book,
        "placement": book.placement,
        "facts": view_models.signature_facts(book),
        "lines": [view_models.task_line(one, division, (), (), on) for one in tasks],
    }
    return render(request, "task_books/version_detail.html", context)


@require_GET
def book_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Form F6 as a Word file."""
    book = found_book(request, pk)
    division = view_models.current_division(book.placement)
    record_export("task_book.print_form", book, **acting(request))
    sheet = task_book_sheet(book, list(book.tasks.all()), division.not_given if division else "")
    name = f"目标任务书（{book.placement.person.name}，第{book.number}版）.docx"
    return download(TASK_BOOK_FORM.fill(sheet), name)
