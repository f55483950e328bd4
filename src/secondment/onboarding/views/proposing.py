"""The proposal: which account is made for each chosen row, and why not for some."""

from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting
from secondment.common.attempts import attempt
from secondment.common.listing.selection import selected_keys
from secondment.directory.queries import visible_to as units_visible_to
from secondment.onboarding.candidates import Candidate, unit_candidates
from secondment.onboarding.forms import ProposalForm
from secondment.onboarding.lists import UNITS
from secondment.onboarding.queries import units_to_choose
from secondment.onboarding.rules import may_ask_somewhere, require
from secondment.onboarding.services import MOST_LINES, ask_batch

SENT = "sent"  # the proposal itself, not only the chosen rows, was sent


def unit_list(request: SignedInRequest) -> HttpResponse:
    """Units of the directory, to be chosen from."""
    require(may_ask_somewhere(request.user))
    return UNITS.respond(request, units_to_choose(request.user), "onboarding/unit_list.html")


@require_POST
def units_ask(request: SignedInRequest, roles: Sequence[Role]) -> HttpResponse:
    """Accounts for the chosen units."""
    require(may_ask_somewhere(request.user))
    keys = selected_keys(request)
    units = list(units_visible_to(request.user).filter(pk__in=keys).select_related("parent").order_by("path"))
    if len(units) != len(set(keys)):
        raise Http404
    candidates = unit_candidates(units, roles)
    return propose(request, candidates, roles=roles, back=reverse("onboarding:unit_list"))


def propose(
    request: SignedInRequest, candidates: Sequence[Candidate], *, roles: Sequence[Role], back: str
) -> HttpResponse:
    """Show the proposal for the chosen rows of a list, and ask for the accounts once it is sent."""
    ready = [one for one in candidates if not one.refusal]
    form = ProposalForm(request.POST if SENT in request.POST else None, candidates=ready)
    if form.is_bound and form.is_valid():
        batch = attempt(form, lambda: ask_batch(form.asked(), roles=roles, **acting(request)))
        if batch is not None:
            return redirect("onboarding:batch_detail", pk=batch.pk)
    context = {
        "form": form,
        "ready": ready,
        "left_out": [one for one in candidates if one.refusal],
        "roles": [role.label for role in roles],
        "is_for_units": any(one.person is None for one in ready),
        "most": MOST_LINES,
        "is_too_long": len(ready) > MOST_LINES,
        "crumb": _("单位目录") if back == reverse("onboarding:unit_list") else _("挂职干部"),
        "back": back,
    }
    return render(request, "onboarding/batch_ask.html", context)
