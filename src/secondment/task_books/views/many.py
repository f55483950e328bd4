"""The same tasks for several people at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.http import SignedInRequest, acting
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.common.listing.selection import selected_keys
from secondment.common.sentences import listed
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.task_books import services
from secondment.task_books.forms import DraftForm, task_formset
from secondment.task_books.models import MOST_TASKS
from secondment.task_books.queries import written_for
from secondment.task_books.rules import may_write_some
from secondment.task_books.view_models import tasks_of_post

MOST_NAMED = 5


def books_write(request: SignedInRequest) -> HttpResponse:
    """First drafts for the chosen people: shown with the tasks of the first one's post, then written for all."""
    require(may_write_some(request.user))
    if request.method != "POST":  # the choice of people came with a form that is gone
        return redirect("task_books:book_list")
    keys = selected_keys(request)
    rows = with_names(written_for(request.user).filter(pk__in=keys)).select_related("person__account")
    placements = list(rows.order_by("host_unit__path", "pk"))
    require(len(placements) == len(set(keys)), _("选中的人中，有的不由您的单位填写任务书。请返回重选。"))
    is_sent = "tasks-TOTAL_FORMS" in request.POST
    if not is_sent:
        placements = _still_to_write(request, placements)
        if not placements:
            return redirect("task_books:book_list")
    form = DraftForm(request.POST if is_sent else None, initial={"version": 0})
    tasks = task_formset(
        request.POST if is_sent else None, tasks=tasks_of_post(placements[0]), placements=placements
    )
    if is_sent and form.is_valid() and tasks.is_valid():
        books = attempt(form, lambda: services.write_for_many(placements, tasks.tasks(), **acting(request)))
        if books is not None:
            n = len(books)
            words = ngettext("已为 %(n)d 人起草任务书。", "已为 %(n)d 人起草任务书。", n) % {"n": n}
            messages.success(request, words)
            return redirect("task_books:book_list")
    context = {"form": form, "tasks": tasks, "placements": placements, "most_tasks": MOST_TASKS}
    return render(request, "task_books/books_write.html", context)


def _still_to_write(request: SignedInRequest, placements: list[Placement]) -> list[Placement]:
    """The chosen people without those whose task book is begun; said before anything is typed."""
    begun = services.already_begun(placements)
    if begun:
        n = len(begun)
        words = ngettext(
            "已略去 %(n)d 人：已有草稿或已签订任务书（%(names)s）。请在本人的任务书上修改或办理变更。",
            "已略去 %(n)d 人：已有草稿或已签订任务书（%(names)s）。请在本人的任务书上修改或办理变更。",
            n,
        )
        names = listed([one.person.name for one in begun[:MOST_NAMED]])
        messages.warning(request, words % {"n": n, "names": names})
    return [one for one in placements if one not in begun]
