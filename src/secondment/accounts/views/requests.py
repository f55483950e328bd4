"""What two administrators do together: ask on the page of an account, confirm on the list of requests."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.choices import ADMINISTRATOR_ROLES, Deed
from secondment.accounts.forms import ReasonForm
from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.models import AccountRequest, User
from secondment.accounts.queries import requests_of, visible_to, with_roles
from secondment.accounts.rules import may_ask, may_confirm, may_decline, require
from secondment.accounts.scopes import has_role
from secondment.accounts.two_persons import ask, confirm, decline, open_requests
from secondment.common.attempts import attempt

SHOWN = 50


def request_list(request: SignedInRequest) -> HttpResponse:
    """What waits for a second administrator, and what was done lately."""
    require(has_role(request.user, *ADMINISTRATOR_ROLES))
    rows, now = requests_of(request.user), timezone.now()
    waiting = [_waiting(row, request.user) for row in rows & open_requests(at=now)]
    done = rows.exclude(closed_at=None)[:SHOWN]
    return render(request, "accounts/request_list.html", {"waiting": waiting, "done": done})


def request_new(request: SignedInRequest, pk: int, deed: str) -> HttpResponse:
    """Ask for what one administrator may not do alone; the own half of a password is shown once."""
    account = get_object_or_404(with_roles(visible_to(request.user)), pk=pk)
    if deed not in Deed:
        raise Http404
    require(may_ask(request.user, account, Deed(deed)))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        made = attempt(form, lambda: ask(account, Deed(deed), reason=reason, **acting(request)))
        if made is not None:
            return _half(request, account, made[1], 1, _("申请已提出，请另一名管理员在 24 小时内确认。"))
    context = {"form": form, "account": account, "deed": Deed(deed).label}
    return render(request, "accounts/request_new.html", context)


@require_POST
def request_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Do it; the own half of a password is shown once."""
    row = get_object_or_404(requests_of(request.user), pk=pk)
    half = confirm(row, **acting(request))
    return _half(request, row.account, half, 2, _("已办理，本人、申请人和审计管理员都收到了消息。"))


@require_POST
def request_decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Refuse it, or take it back."""
    decline(get_object_or_404(requests_of(request.user), pk=pk), **acting(request))
    messages.success(request, _("申请已退回，账号没有任何改动。"))
    return redirect("accounts:request_list")


def _waiting(row: AccountRequest, user: User) -> dict[str, Any]:
    """A request with the buttons it offers this administrator."""
    return {
        "row": row,
        "may_confirm": may_confirm(user, row),
        "confirm_key": f"confirm-{row.pk}",
        "confirm_url": reverse("accounts:request_confirm", args=[row.pk]),
        "may_decline": may_decline(user, row),
        "decline_key": f"decline-{row.pk}",
        "decline_url": reverse("accounts:request_decline", args=[row.pk]),
    }


def _half(request: SignedInRequest, account: User, half: str, part: int, done: str) -> HttpResponse:
    if not half:
        messages.success(request, done)
        return redirect("accounts:request_list")
    context = {"account": account, "half": half, "is_first": part == 1}
    return render(request, "accounts/password_half.html", context)
