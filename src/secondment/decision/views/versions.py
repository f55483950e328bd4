"""Pages of one decision, in force or taken back, and of taking it back."""

from dataclasses import replace

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting_today, exporting
from secondment.campaigns.rules import may_manage
from secondment.campaigns.steps import Blocker, StepKey
from secondment.common.attempts import attempt
from secondment.decision import forms, services
from secondment.decision.models import Decision
from secondment.decision.queries import decisions_visible_to, items_of
from secondment.decision.result_lists import ITEMS
from secondment.decision.rules import require_owner
from secondment.decision.view_models import decision_facts, withdrawal_facts
from secondment.decision.withdrawal import withdrawal_summary
from secondment.placements.services import obstacle_to_cancelling


def decision_version(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was decided, person by person; readable and printable whatever became of the decision."""
    decision = _found(request, pk)
    campaign = decision.campaign
    context = {
        "campaign": campaign,
        "decision": decision,
        "facts": [*decision_facts(decision), *withdrawal_facts(decision)],
        "may_withdraw": decision.withdrawn_on is None and may_manage(request.user, campaign),
    }
    on_export = exporting(request, "campaign.export_decision", campaign)
    return ITEMS.respond(
        request, items_of(decision), "decision/decision_version.html", context, on_export=on_export
    )


def decision_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a decision back, once the page has said what that does."""
    decision = _found(request, pk)
    require_owner(request.user, decision.campaign)
    if decision.withdrawn_on is not None:
        messages.info(request, _("该决定已于%(day)s撤回。") % {"day": decision.withdrawn_on})
        return redirect("decision:decision_version", pk)
    form = forms.DecisionWithdrawalForm(request.POST or None, initial={"withdrawn_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form, lambda: services.withdraw_decision(decision, form.answer(), **acting_today(request))
        )
        if done is not None:
            messages.success(
                request, _("集体决定已撤回，原决定保留在“以前的决定”中。请重新研究后再登记决定。")
            )
            return redirect("decision:decision_detail", decision.campaign_id)
    obstacle = obstacle_to_cancelling(decision.campaign)
    context = {
        "campaign": decision.campaign,
        "decision": decision,
        "form": form,
        "summary": withdrawal_summary(decision),
        "blockers": [replace(Blocker.of(obstacle), step=StepKey.NOTICES)] if obstacle else [],
    }
    return render(request, "decision/decision_withdraw.html", context)


def _found(request: SignedInRequest, pk: int) -> Decision:
    return get_object_or_404(decisions_visible_to(request.user), pk=pk)
