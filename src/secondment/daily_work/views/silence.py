"""Offices that have been silent too long."""

from dataclasses import replace

from django.http import HttpResponse
from django.utils import timezone

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, exporting
from secondment.accounts.scopes import has_role
from secondment.common.errors import require
from secondment.daily_work.fulfilment import OVERSEERS
from secondment.daily_work.queries import in_post_overseen
from secondment.daily_work.silence import silent_offices
from secondment.daily_work.silence_lists import SILENCE


def silence(request: SignedInRequest) -> HttpResponse:
    """Every line that is cut, by office; a row leads to where a department hands in for it."""
    require(has_role(request.user, *OVERSEERS))
    found = silent_offices(list(in_post_overseen(request.user)), timezone.localdate())
    is_clerk = has_role(request.user, Role.ORGANISATION_DEPARTMENT)
    table = SILENCE if is_clerk else replace(SILENCE, row_url=None)
    return table.respond(
        request,
        found,
        "daily_work/silence.html",
        {"n_cut": sum(one.n for one in found)},
        on_export=exporting(request, "daily_work.export_silence", request.user),
    )
