"""Pages of the personal summaries: one's own, the list of an office, one text."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting, acting_today, exporting
from secondment.accounts.scopes import has_role
from secondment.assessments import services
from secondment.assessments.forms import ReasonForm, SummaryForm
from secondment.assessments.models import Summary
from secondment.assessments.parameters import most_characters
from secondment.assessments.rules import is_reader, may_write_summary
from secondment.assessments.sheets import SUMMARY_FORM, summary_sheet
from secondment.assessments.summary_lists import SUMMARIES
from secondment.assessments.summary_queries import concerned, for_writing, summaries_of
from secondment.assessments.summary_view_models import known_facts, lines_of, summary_facts
from secondment.assessments.summary_workbooks import written_about
from secondment.assessments.writing import Asked, asked_of
from secondment.audit.services import record_export
from secondment.common.attempts import attempt
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.people.rules import is_self

OFFICES = (Role.HOST_UNIT, Role.HOME_UNIT, Role.ORGANISATION_DEPARTMENT)


def my_summaries(request: SignedInRequest) -> HttpResponse:
    """All that I write: what is asked for, what I handed in, who has read it."""
    require(has_role(request.user, Role.SECONDEE))
    own = list(for_writing(concerned(request.user).filter(person__account=request.user)))
    lines = lines_of(request.user, own, timezone.localdate())
    return render(request, "assessments/my_summaries.html", {"lines": lines})


def summary_list(request: SignedInRequest) -> HttpResponse:
    """What was handed in to the offices of the account."""
    require(has_role(request.user, *OFFICES))
    return SUMMARIES.respond(
        request,
        summaries_of(request.user).exclude(placement__person__account=request.user),
        "assessments/summary_list.html",
        on_export=exporting(request, "summary.export", request.user),
    )


def summary_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One text; the first of those it is for who opens it is noted down, and from then on it stands."""
    summary = _found(request, pk)
    services.read_summary(summary, **acting(request))
    user, placement = request.user, summary.placement
    context = {
        "summary": summary,
        "facts": summary_facts(summary),
        "known": known_facts(placement, summary.year, timezone.localdate()),
        "is_own": is_self(user, placement.person),
        "may_return": summary.read_at is not None and is_reader(user, placement),
        "may_write": summary.read_at is None and may_write_summary(user, placement, summary),
    }
    return render(request, "assessments/summary_detail.html", context)


def summary_write(request: SignedInRequest, placement: int, year: int) -> HttpResponse:
    """Write the text of a year, or correct one that nobody has read."""
    asked = _asked(request, placement, year)
    before = written_about([asked.placement]).get((placement, year))
    require(may_write_summary(request.user, asked.placement, before), _("本人已经填写，由本人更正。"))
    most = most_characters(asked.placement)
    form = SummaryForm(request.POST or None, most=most, before=before)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        written = attempt(
            form,
            lambda: services.write_summary(
                asked, data["text"], version=data["version"], **acting_today(request)
            ),
        )
        if written is not None:
            words = _("已提交，编号 %(n)d。没有单位查阅以前，可以更正。") % {"n": written.pk}
            messages.success(request, words)
            return redirect("assessments:summary_detail", written.pk)
    context = {
        "asked": asked,
        "before": before,
        "form": form,
        "known": known_facts(asked.placement, year, timezone.localdate()),
        "is_own": is_self(request.user, asked.placement.person),
    }
    return render(request, "assessments/summary_write.html", context)


def summary_return(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let the text be corrected once more."""
    summary = _found(request, pk)
    require(is_reader(request.user, summary.placement), _("由接收单位、派出单位或组织部门退回更正。"))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        done = attempt(form, lambda: services.return_summary(summary, reason=reason, **acting(request)))
        if done is not None:
            messages.success(request, _("已退回，本人可以更正。"))
            return redirect("assessments:summary_list")
    return render(request, "assessments/summary_return.html", {"summary": summary, "form": form})


@require_GET
def summary_print(request: SignedInRequest, pk: int) -> HttpResponse:
    """The text as a Word file."""
    summary = _found(request, pk)
    services.read_summary(summary, **acting(request))
    record_export("summary.print", summary, **acting(request))
    name = f"{summary.placement.person.name}{summary.year}{summary.get_kind_display()}.docx"
    return download(SUMMARY_FORM.fill(summary_sheet(summary)), name)


def _found(request: SignedInRequest, pk: int) -> Summary:
    found: Summary = get_object_or_404(summaries_of(request.user), pk=pk)
    return found


def _asked(request: SignedInRequest, placement: int, year: int) -> Asked:
    """The text of this year, where the term asks for one by now."""
    found = get_object_or_404(for_writing(concerned(request.user)), pk=placement)
    asked = next((one for one in asked_of(found, timezone.localdate()) if one.year == year), None)
    if asked is None:
        raise Http404
    return asked
