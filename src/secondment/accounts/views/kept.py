"""After a session has ended: what was typed is sent again; before it ends: going on working."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure as plain_csrf_failure
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest
from secondment.accounts.kept import RETURNED, kept_forms, typed_of
from secondment.accounts.limits import seconds_left
from secondment.accounts.middleware import answer_with_kept
from secondment.common.own_pages import page_of_form
from secondment.common.submissions import KEY, account_of_key


@require_GET
def kept_list(request: SignedInRequest) -> HttpResponse:
    """The forms that came too late, each with the button that sends it again."""
    found = kept_forms(request.user, at=timezone.now())
    rows = [(kept, typed_of(kept), page_of_form(request, kept.url)) for kept in found]
    return render(request, "accounts/kept_list.html", {"rows": rows, "returned": RETURNED})


@require_POST
def kept_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Give up what was kept."""
    get_object_or_404(kept_forms(request.user, at=timezone.now()), pk=pk).delete()
    messages.success(request, _("已删除保留的内容。"))
    return redirect("accounts:kept_list")


@require_POST
def session_renew(request: SignedInRequest) -> HttpResponse:
    """Note that the account is in use; the line on the page is rendered again."""
    now = int(timezone.now().timestamp())
    request.session["last_used_at"] = now
    request.session_left = seconds_left(request.session, now=now)
    return render(request, "accounts/_session_line.html")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was opened before the account signed in again is kept; any other is refused."""
    owner = account_of_key(request.POST.get(KEY, ""))
    if owner is not None and request.user.pk in (None, owner):
        kept = answer_with_kept(request, at=timezone.now())
        if kept is not None:
            return kept
    answer: HttpResponse = plain_csrf_failure(request, reason)
    return answer
