"""The register of reviews and appeals, and the page of one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting, exporting
from secondment.accounts.scopes import has_role
from secondment.appeals.choices import AppealState
from secondment.appeals.documents import decision_letter
from secondment.appeals.errors import AppealStateError
from secondment.appeals.lists import APPEALS, is_late
from secondment.appeals.queries import PROVERS, READERS, results_visible_to, shown_on, visible_to
from secondment.appeals.rules import actions_for, is_own, may_handle
from secondment.appeals.view_models import appeal_facts, appeal_steps, outcome_facts
from secondment.audit.services import record_export
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.documents.official import letter_bytes


def appeal_list(request: SignedInRequest) -> HttpResponse:
    """The register of the department."""
    require(has_role(request.user, *READERS))
    return APPEALS.respond(
        request,
        shown_on(visible_to(request.user), timezone.localdate()),
        "appeals/appeal_list.html",
        {"proves": has_role(request.user, *PROVERS)},
        on_export=exporting(request, "appeal.export", request.user),
    )


def appeal_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One review or appeal: what was asked, by when it is decided, what was decided."""
    appeal = found(request, pk)
    handles = may_handle(request.user, appeal)
    actions = actions_for(request.user, appeal)
    context = {
        "appeal": appeal,
        "facts": appeal_facts(appeal),
        "outcome": outcome_facts(appeal),
        "steps": appeal_steps(appeal),
        "actions": actions,
        "is_own": is_own(request.user, appeal.grade),
        "is_late": is_late(appeal),
        # a grade that was corrected or withdrawn is no longer in force
        "has_result": results_visible_to(request.user).filter(pk=appeal.grade_id).exists(),
        # somebody else of the office has to decide
        "must_pass_on": handles and appeal.state == AppealState.OPEN and "decide_appeal" not in actions,
    }
    return render(request, "appeals/appeal_detail.html", context)


@require_GET
def letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """The decision as a Word document."""
    appeal = found(request, pk)
    if appeal.decided_on is None:
        raise AppealStateError(str(appeal.get_state_display()))
    made = decision_letter(appeal, appeal.decided_on)
    record_export("appeal.export_letter", appeal, **acting(request))
    return download(letter_bytes(made), f"{made.title}.docx")


def found(request: SignedInRequest, pk: int) -> Any:
    """The review or appeal, if the reader may see it."""
    return get_object_or_404(shown_on(visible_to(request.user), timezone.localdate()), pk=pk)
