"""The home page of every role, search across all rooms, and the audit trail."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.missed import record_missed
from secondment.accounts.scopes import has_role
from secondment.audit.ends import current_end
from secondment.portal.homes.roles import sections_for
from secondment.portal.search import search
from secondment.portal.trail.lists import TRAIL
from secondment.portal.trail.queries import last_check, require_trail_reader, trail_of
from secondment.portal.trail.services import note_export, start_check


def home(request: SignedInRequest) -> HttpResponse:
    """What needs this account today, one section a role."""
    on = timezone.localdate()
    context = {
        "sections": sections_for(request.user, on),
        "on": on,
        "is_printable": has_role(request.user, Role.LEADER),
    }
    return render(request, "portal/home.html", context)


def search_page(request: SignedInRequest) -> HttpResponse:
    """People, secondments, posts, campaigns and accounts that the account may see."""
    words = request.GET.get("q", "").strip()
    return render(request, "portal/search.html", {"words": words, "groups": search(request.user, words)})


def trail(request: SignedInRequest) -> HttpResponse:
    """The audit trail, for audit administrators."""
    require_trail_reader(request.user)
    record_missed(at=timezone.now())
    return TRAIL.respond(
        request,
        trail_of(request.user),
        "portal/trail.html",
        {"checked": last_check()},
        on_export=lambda n: note_export(n, **acting(request)),
    )


def trail_end(request: SignedInRequest) -> HttpResponse:
    """The end of the trail on one sheet, to be printed, signed and kept away from the server."""
    require_trail_reader(request.user)
    end = current_end()
    parts = [end.fingerprint[at : at + 8] for at in range(0, len(end.fingerprint), 8)]
    context = {"end": end, "parts": parts, "now": timezone.now(), "checked": last_check()}
    return render(request, "portal/trail_end.html", context)


@require_POST
def trail_check(request: SignedInRequest) -> HttpResponse:
    """Have the entire trail checked in the background."""
    job = start_check(**acting(request))
    return redirect("jobs:job_detail", pk=job.pk)
