"""Messages to the signed-in account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.scopes import has_role
from secondment.common.errors import require
from secondment.notices.channels import channels
from secondment.notices.forms import AddressForm, TrialForm
from secondment.notices.lists import CHANNELS, DELIVERIES, NOTICES
from secondment.notices.queries import address_of, deliveries, n_unread, visible_to
from secondment.notices.services import read_notices
from secondment.notices.trying import OFFICES, set_address, try_channels


def notice_list(request: SignedInRequest) -> HttpResponse:
    """All messages, newest first."""
    rows = visible_to(request.user)
    context = {"n_unread": n_unread(request.user), "has_address": has_role(request.user, *OFFICES)}
    return NOTICES.respond(request, rows, "notices/notice_list.html", context)


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


def office_address(request: SignedInRequest) -> HttpResponse:
    """Where the office reads its mail."""
    require(has_role(request.user, *OFFICES))
    row = address_of(request.user)
    form = AddressForm(request.POST or None, initial={"address": row.address if row else ""})
    if request.method == "POST" and form.is_valid():
        set_address(form.cleaned_data["address"], **acting(request))
        messages.success(request, _("已保存。"))
        return redirect("notices:notice_list")
    return render(request, "notices/office_address.html", {"form": form, "is_off": not channels()})


def channel_list(request: SignedInRequest) -> HttpResponse:
    """Which ways out there are, what went out, and a test of each."""
    require(has_role(request.user, Role.SYSTEM_ADMINISTRATOR))
    form, trials = TrialForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        trials = try_channels(form.cleaned_data["address"], **acting(request))
    named = channels()
    ways = [(label, name in named) for name, label in CHANNELS.items()]
    shown = None if trials is None else [(CHANNELS[one.channel], one.fault) for one in trials]
    context = {"ways": ways, "form": form, "trials": shown, "is_off": not named}
    return DELIVERIES.respond(request, deliveries(), "notices/channel_list.html", context)
