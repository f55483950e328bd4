"""Accept a task, refuse it, take an acceptance back, note down progress."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.common.attempts import attempt_button
from secondment.common.errors import require
from secondment.task_books import services
from secondment.task_books.rules import may_note_progress, may_write
from secondment.task_books.views.finding import found_task, to_book
from secondment.task_books.views.reasons import Asked, reasoned

REFUSE = Asked(
    title=gettext_lazy("验收不通过"),
    label=gettext_lazy("不通过的理由"),
    button=gettext_lazy("不通过"),
    done=gettext_lazy("已登记验收不通过，任务继续办理。"),
    help_text=gettext_lazy("本人可以看到：写明差在哪里、怎样算完成。"),
)
TAKE_BACK = Asked(
    title=gettext_lazy("撤销验收"),
    label=gettext_lazy("撤销的理由"),
    button=gettext_lazy("撤销验收"),
    done=gettext_lazy("已撤销验收，原记录保留备查。"),
)
NOTE = Asked(
    title=gettext_lazy("填写进展"),
    label=gettext_lazy("进展"),
    button=gettext_lazy("保存"),
    done=gettext_lazy("进展已保存。"),
    help_text=gettext_lazy("自愿填写，不作要求。"),
)
ADOPTED = {"yes": True, "no": False}


@require_POST
def task_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """One click."""
    task = found_task(request, pk)
    is_adopted = ADOPTED.get(request.POST.get("adopted", ""))
    require(may_write(request.user, task.book.placement))
    done = attempt_button(
        request, lambda: services.accept_task(task, is_adopted=is_adopted, **acting_today(request))
    )
    if done is not None:
        messages.success(request, _("“%(task)s”已通过验收。") % {"task": task.name})
    return to_book(task.book.placement_id)


def task_refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """It does not pass, for a reason."""
    task = found_task(request, pk)
    require(may_write(request.user, task.book.placement))
    return reasoned(
        request,
        task.book.placement,
        REFUSE,
        lambda reason, _version: services.refuse_task(task, reason=reason, **acting_today(request)),
        subject=task.name,
    )


def task_take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """An acceptance was a mistake."""
    task = found_task(request, pk)
    require(may_write(request.user, task.book.placement))
    return reasoned(
        request,
        task.book.placement,
        TAKE_BACK,
        lambda reason, _version: services.take_acceptance_back(task, reason=reason, **acting_today(request)),
        subject=task.name,
    )


def task_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """How it goes, for whoever wants to write it."""
    task = found_task(request, pk)
    require(may_note_progress(request.user, task.book.placement))
    return reasoned(
        request,
        task.book.placement,
        NOTE,
        lambda text, _version: services.note_progress(task, text=text, **acting(request)),
        subject=task.name,
    )
