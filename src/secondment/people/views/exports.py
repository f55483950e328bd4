"""Files that leave: appointment forms and lists with identity numbers, each for a reason."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.common.listing.selection import selected_keys
from secondment.people.files.approval_form import approval_form
from secondment.people.files.filled_form import file_stem, lrmx_archive, lrmx_of
from secondment.people.files.old_format import lrm_archive
from secondment.people.files.roster_workbook import MOST_IDENTITIES, roster_workbook
from secondment.people.filters import PersonFilter
from secondment.people.forms.others import ReasonForm
from secondment.people.models import Person
from secondment.people.queries import kept_by, visible_to
from secondment.people.rules import may_create_somewhere, may_export_identities, sections_of
from secondment.people.services.exports import allow_forms, allow_identities

KINDS = ("lrmx", "lrm", "docx")
ROWS = ("career", "family", "annual_grades", "specialties")


@require_POST
def person_export(request: SignedInRequest, pk: int) -> HttpResponse:
    """One appointment form, as .lrmx, as .lrm with a note of what that leaves out, or Word."""
    people = visible_to(request.user).select_related("unit", "photo").prefetch_related(*ROWS)
    person = get_object_or_404(people, pk=pk)
    kind = request.POST.get("kind", "")
    if kind not in KINDS:
        raise Http404
    allow_forms([person], kind=kind, reason=request.POST.get("reason", ""), **acting(request))
    readable = sections_of(request.user, person)
    if kind == "docx":
        content = approval_form(person, readable, on=timezone.localdate())
        return download(content, file_stem(person) + "_" + _("干部任免审批表") + ".docx")
    if kind == "lrm":
        return download(lrm_archive(person, readable), f"{file_stem(person)}_lrm.zip")
    return download(lrmx_of(person, readable), f"{file_stem(person)}.lrmx")


@require_POST
def forms_export(request: SignedInRequest) -> HttpResponse:
    """The appointment forms of chosen persons as a zip: first the reason, then the file."""
    require(may_create_somewhere(request.user))
    keys = selected_keys(request)
    people = visible_to(request.user).filter(pk__in=keys).select_related("unit", "photo")
    if not people.exists():
        raise Http404
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if not form.is_valid():
        return render(request, "people/forms_export.html", {"form": form, "keys": keys, "n": people.count()})
    allowed: Sequence[Person] = allow_forms(
        list(people.prefetch_related(*ROWS)),
        kind="zip",
        reason=form.cleaned_data["reason"],
        **acting(request),
    )
    forms = ((person, sections_of(request.user, person)) for person in allowed)
    return download(lrmx_archive(forms), _("干部任免审批表") + ".zip")


def identities_export(request: SignedInRequest) -> HttpResponse:
    """The filtered list with identity numbers: first the reason, then the file."""
    require(may_export_identities(request.user))
    query = QueryDict(request.META.get("QUERY_STRING", ""))
    day = timezone.localdate()
    make = type("PersonFilterOn", (PersonFilter,), {"on": day})
    filtered = make(query, queryset=kept_by(request.user).select_related("unit__parent"), request=request)
    people = filtered.qs if filtered.form.is_valid() else filtered.queryset.none()
    n = people.count()
    form = ReasonForm(request.POST or None)
    if request.method != "POST" or not form.is_valid() or n > MOST_IDENTITIES:
        context = {"form": form, "n": n, "most": MOST_IDENTITIES, "query": query.urlencode()}
        return render(request, "people/identities_export.html", context)
    filters = urlencode([(key, value) for key, value in query.items() if value and key in filtered.filters])
    allow_identities(n, reason=form.cleaned_data["reason"], filters=filters, **acting(request))
    rows = people.prefetch_related("specialties", "annual_grades", "career", "abilities").order_by(
        "name_key", "pk"
    )
    return download(roster_workbook(rows), _("干部名册") + ".xlsx")
