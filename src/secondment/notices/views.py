"""Messages to the signed-in account."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest
from secondment.notices.lists import NOTICES
from secondment.notices.queries import n_unread, visible_to
from secondment.notices.services import read_notices


def notice_list(request: SignedInRequest) -> HttpResponse:
    """All messages, newest first."""
    rows = visible_to(request.user)
    return NOTICES.respond(request, rows, "notices/notice_list.html", {"n_unread": n_unread(request.user)})


def notice_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One message; opening it marks it as read."""
    notice = get_object_or_404(visible_to(request.user), pk=pk)
    read_notices(request.user, at=timezone.now(), notice=notice)
    return render(request, "notices/notice_detail.html", {"notice": notice})


@require_POST
def notices_read(request: SignedInRequest) -> HttpResponse:
    """Mark all messages as read."""
    read_notices(request.user, at=timezone.now())
    return redirect("notices:notice_list")
