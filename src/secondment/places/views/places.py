"""The list of places, one place, its history, its file and where it lies."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from secondment.accounts.http import SignedInRequest, acting, exporting, own_row
from secondment.accounts.scopes import has_role
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.places.choices import Heading
from secondment.places.lists import PLACES
from secondment.places.maps import map_of, region_of
from secondment.places.queries import files_visible_to, for_list, place_of, visible_to
from secondment.places.rules import READERS, may_list, may_write
from secondment.places.services import read_file
from secondment.places.views.finding import found_unit


def place_list(request: SignedInRequest) -> HttpResponse:
    """Every place the reader may read; a secondee's own is opened at once."""
    require(has_role(request.user, *READERS))
    seen = visible_to(request.user, timezone.localdate())
    own = own_row(request, seen)
    if own is not None:
        return redirect("places:place_detail", own.pk)
    rows = for_list(seen)
    exported = exporting(request, "places.export", request.user)
    return PLACES.respond(request, rows, "places/place_list.html", on_export=exported)


def place_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is known of the place today."""
    unit, on = found_unit(request, pk), timezone.localdate()
    place = place_of(unit)
    texts = (
        {one.heading: one for one in place.texts.filter(is_current=True).select_related("by")}
        if place
        else {}
    )
    context = {
        "unit": unit,
        "place": place,
        "texts": [(one.label, texts[one.value]) for one in Heading if one.value in texts],
        "files": place.files.select_related("file", "by") if place else (),
        "contacts": place.contacts.filter(is_current=True) if place else (),
        "categories": place.categories.all() if place else (),
        "writes": may_write(request.user, unit, on),
        "lists": may_list(request.user, unit),
    }
    return render(request, "places/place_detail.html", context)


def place_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who changed what; older versions stay readable."""
    unit = found_unit(request, pk)
    place = place_of(unit)
    texts = place.texts.select_related("by").order_by("-pk") if place else ()
    return render(request, "places/place_history.html", {"unit": unit, "texts": texts})


def place_map(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where the place lies: read when somebody asks for it."""
    region = region_of(found_unit(request, pk))
    context = {"region": region, "map": region and map_of(region), "number": settings.MAP_NUMBER}
    return render(request, "places/_place_map.html", context)


def file_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """The survey as it was uploaded."""
    kept = get_object_or_404(files_visible_to(request.user, timezone.localdate()), pk=pk)
    return download(read_file(kept, **acting(request)), kept.file.name)
