"""The list of findings, and one year of a placement with its facts, on the page and in Word."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting, exporting
from secondment.audit.services import record_export
from secondment.common.components import Tab
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.findings.lists import FINDINGS
from secondment.findings.queries import for_list, placements_of, visible_to
from secondment.findings.rules import may_list, reads_units, years_of
from secondment.findings.sheets import FINDINGS_FORM, findings_sheet
from secondment.findings.view_models import YearReport, year_report
from secondment.people.rules import is_self


def finding_list(request: SignedInRequest) -> HttpResponse:
    """Every finding that the account reads."""
    require(may_list(request.user))
    rows = for_list(visible_to(request.user))
    exported = exporting(request, "findings.export", request.user)
    return FINDINGS.respond(request, rows, "findings/finding_list.html", on_export=exported)


def year(request: SignedInRequest, pk: int, year: int) -> HttpResponse:
    """Both units side by side, and the facts by number."""
    report = found_report(request, pk, year)
    tabs = [
        Tab(f"{one}", reverse("findings:year", args=[pk, one]), is_current=one == year)
        for one in years_of(report.placement, timezone.localdate())
    ]
    return render(request, "findings/year.html", {"report": report, "tabs": tabs})


@require_GET
def year_print(request: SignedInRequest, pk: int, year: int) -> HttpResponse:
    """The same as a Word file."""
    report = found_report(request, pk, year)
    record_export("findings.print", report.placement, **acting(request))
    name = report.placement.person.name
    return download(FINDINGS_FORM.fill(findings_sheet(report)), f"评语依据（{name}，{year}）.docx")


def found_report(request: SignedInRequest, pk: int, year: int) -> YearReport:
    """The year of a placement for a reader of findings; a secondee's own page is there once something may be read."""
    user, on = request.user, timezone.localdate()
    placement = get_object_or_404(placements_of(user), pk=pk)
    if year not in years_of(placement, on):
        raise Http404
    report = year_report(user, placement, year, on)
    is_own = is_self(user, placement.person)
    if (is_own and report.is_empty) or not (is_own or reads_units(user, placement)):
        raise Http404
    return report
