"""Any cross of two or three dimensions, and the people behind a number."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, exporting
from secondment.algorithms.structure.counting import CountingError
from secondment.people.lists import people_table
from secondment.people.queries import with_whereabouts
from secondment.workforce.counting import parted
from secondment.workforce.cross_tables import cell_words, cross_blocks
from secondment.workforce.errors import CannotCountError
from secondment.workforce.forms import CrossForm
from secondment.workforce.lists import people_of_cells
from secondment.workforce.views.asked import framed, reference_of, scope_of

FIRST = {"rows": "rank", "columns": "age"}


def cross(request: SignedInRequest) -> HttpResponse:
    """The table that is asked for; rank by age where none is."""
    scope = scope_of(request)
    form = CrossForm(request.GET if "rows" in request.GET else FIRST)
    blocks, reference = [], reference_of(request, scope)
    if form.is_valid() and scope.is_valid:
        there = reference.scope if reference and not reference.is_everyone else None
        blocks = cross_blocks(scope, form.keys, there)
    context = {"form": form, "blocks": blocks, "reference": reference}
    return render(request, "workforce/cross.html", framed(request, scope, "cross", **context))


def people(request: SignedInRequest) -> HttpResponse:
    """The people behind a number."""
    scope = scope_of(request)
    try:
        cells = parted(request.GET.get("cells", ""))
        rows = scope.counted.within(cells)
    except CountingError as error:
        raise CannotCountError(_("这个链接中的类别已不存在。请从分析页面重新打开。")) from error
    listing = people_of_cells(people_table(request.user, scope.today))
    context = framed(request, scope, "people", cells=cell_words(scope, cells))
    return listing.respond(
        request,
        with_whereabouts(rows.select_related("unit")),
        "workforce/people.html",
        context,
        on_export=exporting(request, "workforce.export_people", request.user),
    )
