"""What units reply about each person: their own table, and the whole of it for those who decide."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting_today, exporting
from secondment.campaigns.queries import visible_to
from secondment.common.attempts import attempt
from secondment.decision import services
from secondment.decision.heard import people_asked_about
from secondment.decision.lists import PEOPLE
from secondment.decision.models import Consultation
from secondment.decision.queries import (
    campaigns_visible_to,
    chosen_proposal,
    replies_open_to,
)
from secondment.decision.reply_forms import RepliesForm
from secondment.decision.rules import may_reply, require_may_reply


def replies(request: SignedInRequest, pk: int) -> HttpResponse:
    """All people about whom the account's units are asked in a campaign, answered in one submission; who decides reads all."""
    rows = list(replies_open_to(request.user, pk))
    if rows:
        return answer_page(request, rows)
    return people(request, pk)


def answer_page(request: SignedInRequest, rows: list[Consultation]) -> HttpResponse:
    """The table of these consultations of one plan; a POST answers those that are still open."""
    campaign = rows[0].proposal.run.campaign
    open_rows = [one for one in rows if may_reply(request.user, one)]
    if request.method == "POST":
        require_may_reply(request.user, open_rows[0] if open_rows else rows[0])
    form = RepliesForm(request.POST if request.method == "POST" else None, consultations=open_rows)
    if request.method == "POST" and form.is_valid():
        kept = attempt(form, lambda: services.reply_to_consultations(form.replies(), **acting_today(request)))
        if kept is not None:
            messages.success(request, _("%(n)d 个单位的答复已送组织部门。") % {"n": len(kept)})
            return redirect("decision:replies", campaign.pk)
    context = {
        "campaign": campaign,
        "sees_campaign": visible_to(request.user).filter(pk=campaign.pk).exists(),
        "form": form,
        "is_open": bool(open_rows),
        "rows": rows,
        "due_on": min((one.due_on for one in open_rows if one.due_on), default=None),
    }
    return render(request, "decision/replies.html", context)


def people(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everyone of the chosen plan with what both sides say."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    proposal = chosen_proposal(campaign)
    if proposal is None:
        raise Http404
    rows = people_asked_about(proposal)
    return PEOPLE.respond(
        request,
        rows,
        "decision/people.html",
        {"campaign": campaign},
        on_export=exporting(request, "consultation.export", campaign),
    )
