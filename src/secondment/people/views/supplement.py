"""补充信息表: what is missing of a unit's people, and the workbook that asks for it."""

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.people.files.supplement import supplement_workbook
from secondment.people.gaps import count_gaps, gap_label, with_gaps
from secondment.people.lists import UNITS_WITH_GAPS, UnitGaps
from secondment.people.queries import clerk_units, kept_by
from secondment.people.rules import may_create_somewhere
from secondment.people.services.exports import allow_supplement
from secondment.units.models import Unit
from secondment.units.queries import units_below

ROWS = ("annual_grades", "specialties", "abilities")


@require_GET
def supplement(request: SignedInRequest) -> HttpResponse:
    """How many of a unit's people lack what, and which units below have such people."""
    unit = _unit(request)
    lacking = with_gaps(kept_by(request.user).filter(unit__path__startswith=unit.path))
    names = {one.pk: one for one in units_below(unit)}
    per_unit = Counter(lacking.values_list("unit_id", flat=True))
    below = [UnitGaps(key, names[key].name, n) for key, n in per_unit.items() if key != unit.pk]
    context = {
        "unit": unit,
        "n_people": per_unit.total(),
        "gaps": [(gap_label(key), n) for key, n in count_gaps(lacking).items()],
        "upload_url": reverse("people:import_create"),
    }
    return UNITS_WITH_GAPS.respond(request, below, "people/supplement.html", context)


@require_GET
def supplement_download(request: SignedInRequest) -> HttpResponse:
    """The workbook of the unit and those below."""
    unit = _unit(request)
    lacking = with_gaps(kept_by(request.user).filter(unit__path__startswith=unit.path))
    allow_supplement(unit, lacking.count(), **acting(request))
    people = (
        lacking.select_related("unit__parent")
        .prefetch_related(*ROWS)
        .order_by("unit__path", "name_key", "pk")
    )
    return download(
        supplement_workbook(list(people)), _("%(unit)s补充信息表") % {"unit": unit.name} + ".xlsx"
    )


def _unit(request: SignedInRequest) -> Unit:
    """The unit that is asked about, else the first whose files the account keeps."""
    require(may_create_somewhere(request.user))
    units = clerk_units(request.user).order_by("path")
    asked = request.GET.get("unit")
    return get_object_or_404(units, pk=number_in(asked) or 0) if asked else units[0]
