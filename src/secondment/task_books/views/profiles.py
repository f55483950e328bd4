"""挂职干部简介: one person, or everyone chosen, each on a page of paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.audit.services import record_export
from secondment.common.errors import DomainError
from secondment.common.listing.selection import selected_keys
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.task_books.profiles import profiles_of
from secondment.task_books.queries import visible_to
from secondment.task_books.views.finding import found

MOST_PRINTED = 300


class TooManyProfilesError(DomainError):
    """More pages than one would want on paper."""


@require_GET
def profile(request: SignedInRequest, pk: int) -> HttpResponse:
    """The page of one person."""
    return _shown(request, [found(request, pk)])


def profiles(request: SignedInRequest) -> HttpResponse:
    """The pages of everyone chosen in the list: a host unit's, a campaign's, whatever the filters show."""
    if request.method != "POST":  # the choice of people came with a form that is gone
        return redirect("task_books:book_list")
    keys = selected_keys(request)
    if len(keys) > MOST_PRINTED:
        text = _("一次最多打印 %(most)s 人的简介。请缩小筛选范围后分次打印。")
        raise TooManyProfilesError(text % {"most": MOST_PRINTED})
    rows = with_names(visible_to(request.user)).filter(pk__in=keys).order_by("host_unit__path", "pk")
    placements = list(rows)
    if len(placements) != len(set(keys)):
        raise Http404
    return _shown(request, placements)


def _shown(request: SignedInRequest, placements: list[Placement]) -> HttpResponse:
    record_export("profiles.print", request.user, n=len(placements), **acting(request))
    pages = profiles_of(request.user, placements)
    return render(request, "task_books/profiles.html", {"profiles": pages})
