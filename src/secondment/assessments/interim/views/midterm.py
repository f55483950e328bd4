"""Mid-term assessments: the list, and what both sides propose about one person."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting_today, exporting
from secondment.accounts.scopes import has_role
from secondment.assessments.interim import services
from secondment.assessments.interim.choices import Proposal
from secondment.assessments.interim.duties import is_midterm_asked
from secondment.assessments.interim.forms import MidtermForm
from secondment.assessments.interim.halves import due_on, half_day_of, may_be_said_from
from secondment.assessments.interim.lists import MIDTERMS, PROPOSAL_STATUS
from secondment.assessments.interim.models import MidtermOpinion
from secondment.assessments.interim.queries import midterms_of, midterms_visible_to, read_by
from secondment.assessments.interim.rules import OVERSEERS, sides_of
from secondment.assessments.interim.views.routine import READERS
from secondment.common.attempts import attempt
from secondment.common.components import Fact
from secondment.common.errors import require
from secondment.placements.duties import BEGAN
from secondment.placements.models import Placement
from secondment.placements.queries import with_names
from secondment.placements.rules import actions_for


def midterm_list(request: SignedInRequest) -> HttpResponse:
    """Every mid-term assessment that has begun."""
    require(has_role(request.user, *READERS))
    rows = midterms_visible_to(request.user)
    exported = exporting(request, "assessment.export_midterm", request.user)
    context = {"oversees": has_role(request.user, *OVERSEERS)}
    return MIDTERMS.respond(request, rows, "assessments/midterm_list.html", context, on_export=exported)


def midterm_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """What host unit and department propose, and the form of whoever may still say something."""
    placement, on = _found(request, pk), timezone.localdate()
    opinions = list(midterms_of(placement))
    sides = sides_of(request.user, placement)
    may_say = bool(sides) and is_midterm_asked(placement) and on >= may_be_said_from(placement)
    form = MidtermForm(request.POST or None, sides=sides) if may_say else None
    if request.method == "POST":
        require(form is not None, _("现在不能填写中期评估。"))
        assert form is not None  # noqa: S101 -- for the type checker: refused above
        if form.is_valid():
            side, who = form.cleaned_data["side"], acting_today(request)
            if attempt(form, lambda: services.give_midterm(placement, side, form.said, **who)):
                messages.success(request, _("已保存中期评估建议。"))
                return redirect("assessments:midterm_detail", pk)
    context = {
        "placement": placement,
        "facts": _facts(placement),
        "opinions": [(one, PROPOSAL_STATUS[one.proposal]) for one in opinions],
        "form": form,
        "term_page": _term_page(request, placement) if _is_recall(opinions) else "",
    }
    return render(request, "assessments/midterm_detail.html", context)


def _found(request: SignedInRequest, pk: int) -> Placement:
    rows = with_names(read_by(request.user).filter(state__in=BEGAN)).select_related("person__account")
    return get_object_or_404(rows, pk=pk)


def _facts(placement: Placement) -> list[Fact]:
    days = {"first": placement.starts_on, "last": placement.last_day}
    return [
        Fact(_("接收单位"), placement.host_unit.name),
        Fact(_("挂任职务"), placement.post.title),
        Fact(_("挂职时间"), _("%(first)s 至 %(last)s") % days),
        Fact(_("任期过半"), half_day_of(placement)),
        Fact(_("接收单位提出期限"), due_on(placement)),
    ]


def _is_recall(opinions: Sequence[MidtermOpinion]) -> bool:
    return any(one.proposal == Proposal.RECALL for one in opinions)


def _term_page(request: SignedInRequest, placement: Placement) -> str:
    """Where the department changes the term, if it takes the proposal up."""
    offered = "change_term" in actions_for(request.user, placement)
    return reverse("placements:placement_change", args=[placement.pk]) if offered else ""
