"""The list of standards, one of them, and its versions."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from secondment.accounts.http import SignedInRequest, exporting
from secondment.accounts.scopes import has_role
from secondment.common.errors import require
from secondment.standards.lists import STANDARDS
from secondment.standards.models import StandardVersion
from secondment.standards.presets import TEMPLATES
from secondment.standards.queries import for_list, versions_visible_to, visible_to, with_all
from secondment.standards.rules import READERS, may_write_some
from secondment.standards.view_models import shown_first, version_page
from secondment.standards.views.finding import found


def standard_list(request: SignedInRequest) -> HttpResponse:
    """Every standard of which the reader sees a version."""
    require(has_role(request.user, *READERS))
    writes, rows = may_write_some(request.user), visible_to(request.user)
    offered = TEMPLATES if writes and not rows.exists() else ()
    return STANDARDS.respond(
        request,
        for_list(rows, versions_visible_to(request.user)),
        "standards/standard_list.html",
        {"may_write": writes, "offered": offered},
        on_export=exporting(request, "standards.export", request.user),
    )


def standard_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The version in force, else the one in hand, else the last."""
    standard = get_object_or_404(visible_to(request.user), pk=pk)
    versions = with_all(versions_visible_to(request.user).filter(standard=standard))
    first = shown_first(versions)
    if first is None:  # given up between the two questions
        raise Http404
    return _shown(request, first)


def version_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version, with what changed since the one before."""
    return _shown(request, found(request, pk))


def _shown(request: SignedInRequest, version: StandardVersion) -> HttpResponse:
    versions = versions_visible_to(request.user).filter(standard=version.standard_id)
    page = version_page(request.user, version, list(versions.select_related("signed_by")))
    return render(request, "standards/version_detail.html", {"page": page, "version": version})
