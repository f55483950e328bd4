"""The organisation group: its members, and one page for the marks of each."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from secondment.accounts.http import SignedInRequest, acting
from secondment.appraisals import services
from secondment.appraisals.forms import TeamForm
from secondment.appraisals.grid import PAGE, grids_of, read_grid
from secondment.appraisals.marks import scale_of
from secondment.appraisals.models import Appraisal
from secondment.appraisals.queries import marks_of, with_people
from secondment.appraisals.states import MARKS_OPEN, TEAM_OPEN
from secondment.appraisals.view_models import tabs_of
from secondment.appraisals.views.found import managed
from secondment.common.attempts import attempt, attempt_button
from secondment.common.components import Tab


def team_set(request: SignedInRequest, pk: int) -> HttpResponse:
    """Name the members."""
    appraisal = managed(request, pk)
    form = TeamForm(request.POST or None, initial=TeamForm.initial_of(appraisal))
    if request.method == "POST" and form.is_valid():
        done = attempt(form, lambda: services.set_team(appraisal, form.team, **acting(request)))
        if done is not None:
            messages.success(request, _("已保存考核组成员。"))
            return redirect("appraisals:marks_enter", pk)
    return render(request, "appraisals/team_set.html", {"form": form, "appraisal": appraisal})


def marks_enter(request: SignedInRequest, pk: int) -> HttpResponse:
    """The marks of one member on all candidates, page by page."""
    appraisal = managed(request, pk)
    names = [one["name"] for one in appraisal.team]
    asked = request.GET.get("rater", "")
    rater = asked if asked in names else next(iter(names), "")
    people = with_people(appraisal.candidates.all()).order_by("standard", "placement__host_unit__path", "pk")
    page = Paginator(people, PAGE).get_page(request.GET.get("page"))
    candidates, scale = list(page), scale_of(appraisal)
    if request.method == "POST":
        marks = list(read_grid(request.POST, rater, candidates, scale))
        n = attempt_button(request, lambda: services.write_marks(appraisal, marks, **acting(request)))
        if n is not None:
            words = ngettext("已保存，变动 %(n)d 项评分。", "已保存，变动 %(n)d 项评分。", n)
            messages.success(request, words % {"n": n})
        return redirect(_address(appraisal, rater, page.number))
    known = {
        (one.candidate_id, one.indicator): one.level
        for one in marks_of(appraisal).filter(rater=rater, candidate__in=candidates)
    }
    context = {
        "appraisal": appraisal,
        "tabs": tabs_of(request.user, appraisal, "marks"),
        "raters": [
            Tab(name, _address(appraisal, name, 1), is_current=name == rater, n=n)
            for name, n in _counts(appraisal, names)
        ],
        "rater": rater,
        "page": page,
        "previous": _address(appraisal, rater, page.number - 1) if page.has_previous() else "",
        "next": _address(appraisal, rater, page.number + 1) if page.has_next() else "",
        "grids": grids_of(candidates, scale, known),
        "may_mark": appraisal.state in MARKS_OPEN,
        "may_name": appraisal.state in TEAM_OPEN,
    }
    return render(request, "appraisals/marks_enter.html", context)


def _counts(appraisal: Appraisal, names: list[str]) -> list[tuple[str, int]]:
    """Each member with how many marks were entered."""
    raters = list(marks_of(appraisal).values_list("rater", flat=True))
    return [(name, raters.count(name)) for name in names]


def _address(appraisal: Appraisal, rater: str, page: int) -> str:
    query = urlencode({"rater": rater, "page": f"{page}"})
    return f"{reverse('appraisals:marks_enter', args=[appraisal.pk])}?{query}"
