"""Write the task book of one person, and begin a change of one that is signed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.placements.models import Placement
from secondment.task_books import services
from secondment.task_books.choices import UNDER_WRITING, BookState
from secondment.task_books.forms import DraftForm, TaskForm, task_formset
from secondment.task_books.models import MOST_TASKS, Task, TaskBook
from secondment.task_books.queries import lines_of
from secondment.task_books.rules import may_write, may_write_some
from secondment.task_books.services.placing import book_of
from secondment.task_books.view_models import tasks_of_post
from secondment.task_books.views.finding import found, to_book
from secondment.task_books.views.reasons import Asked, reasoned

CHANGE = Asked(
    title=gettext_lazy("任务书变更"),
    label=gettext_lazy("变更理由"),
    button=gettext_lazy("开始变更"),
    done=gettext_lazy("已复制现行任务书，请修改后送本人签署。签署之前，现行任务书继续有效。"),
    help_text=gettext_lazy("变更后由双方重新签署；已通过验收的任务保持原样。"),
)


def book_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The tasks of the draft; saved, or signed by the host and sent in the same act."""
    placement = found(request, pk)
    require(may_write(request.user, placement))
    draft = book_of(placement, *UNDER_WRITING)
    if draft is None and book_of(placement, BookState.IN_FORCE) is not None:
        messages.info(request, _("任务书已签订。需要修改的，请办理变更，写明理由。"))
        return to_book(pk)
    tasks = list(draft.tasks.all()) if draft else tasks_of_post(placement)
    posted = request.POST or None
    form = DraftForm(posted, initial={"version": draft.version if draft else 0})
    rows = task_formset(posted, tasks=tasks, placements=[placement], lines=lines_of(placement))
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        is_sent = "send" in request.POST
        if attempt(form, lambda: _save(request, placement, rows.tasks(), form, is_sent=is_sent)):
            messages.success(request, _told(placement) if is_sent else _("草稿已保存。"))
            return to_book(pk)
    context = {"form": form, "tasks": rows, "placement": placement, "draft": draft, "most_tasks": MOST_TASKS}
    return render(request, "task_books/book_edit.html", context)


def book_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Begin the next version for a written reason."""
    placement = found(request, pk)
    require(may_write(request.user, placement))
    return reasoned(
        request,
        placement,
        CHANGE,
        lambda reason, _version: services.start_change(placement, reason=reason, **acting(request)),
    )


@require_GET
def task_row(request: SignedInRequest) -> HttpResponse:
    """One more empty task row for the form, with the new number of rows."""
    require(may_write_some(request.user))
    number = min(number_in(request.GET.get("tasks-TOTAL_FORMS", "0")) or 0, MOST_TASKS)
    form = None
    if number < MOST_TASKS:
        form = TaskForm(prefix=f"tasks-{number}", empty_permitted=True, use_required_attribute=False)
        task_formset().add_fields(form, number)
    context = {"form": form, "n_rows": min(number + 1, MOST_TASKS), "most": MOST_TASKS}
    return render(request, "task_books/_task_row_added.html", context)


def _save(
    request: SignedInRequest, placement: Placement, tasks: list[Task], form: Any, *, is_sent: bool
) -> TaskBook:
    version = form.cleaned_data["version"]
    if is_sent:
        return services.write_and_send(placement, tasks, version=version, **acting_today(request))
    return services.write_draft(placement, tasks, version=version, by=request.user, at=timezone.now())


def _told(placement: Placement) -> str:
    if placement.person.account_id:
        return _("已签署并送本人签署。")
    return _("已签署。本人没有账号：请打印任务书，双方签字盖章后上传扫描件，再登记签署。")
