"""Send, take back, return, sign, drop."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.accounts.models import User
from secondment.common.attempts import attempt_button
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.placements.models import Placement
from secondment.task_books import services
from secondment.task_books.models import TaskBook
from secondment.task_books.rules import is_own, may_write
from secondment.task_books.views.finding import found_book, to_book
from secondment.task_books.views.reasons import Asked, reasoned

RETURN = Asked(
    title=gettext_lazy("退回任务书"),
    label=gettext_lazy("希望怎样修改"),
    button=gettext_lazy("退回"),
    done=gettext_lazy("已退回，接收单位将收到消息。"),
)


@require_POST
def book_send(request: SignedInRequest, pk: int) -> HttpResponse:
    """The host signs."""
    return _act(request, pk, services.send_book, _("已签署并送本人签署。"), acting_today(request), may_write)


@require_POST
def book_recall(request: SignedInRequest, pk: int) -> HttpResponse:
    """The host takes it back."""
    return _act(request, pk, services.recall_book, _("已收回，可以修改。"), acting(request), may_write)


@require_POST
def book_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    """The secondee signs."""
    return _act(request, pk, services.sign_book, _("已签署，任务书生效。"), acting(request), is_own)


@require_POST
def book_sign_on_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office notes a signature by hand."""
    return _act(
        request, pk, services.sign_on_paper, _("已登记纸质签署，任务书生效。"), acting(request), may_write
    )


@require_POST
def book_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give up a draft."""
    return _act(request, pk, services.drop_draft, _("草稿已作废，留存备查。"), acting(request), may_write)


def book_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """The secondee wants something changed before signing."""
    book = found_book(request, pk)
    require(is_own(request.user, book.placement))
    return reasoned(
        request,
        book.placement,
        RETURN,
        lambda reason, version: services.return_book(book, remark=reason, version=version, **acting(request)),
        version=book.version,
    )


def _act(
    request: SignedInRequest,
    pk: int,
    service: Callable[..., TaskBook],
    done: str,
    who: Any,
    may: Callable[[User, Placement], bool],
) -> HttpResponse:
    book = found_book(request, pk)
    require(may(request.user, book.placement))
    version = number_in(request.POST.get("version", ""))
    if attempt_button(request, lambda: service(book, version=version, **who)) is not None:
        messages.success(request, done)
    return to_book(book.placement_id)
