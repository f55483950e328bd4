"""The secondee proposes a task, the host answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.common.attempts import attempt, attempt_button
from secondment.common.errors import require
from secondment.task_books import services
from secondment.task_books.forms import ProposalForm, proposal_of
from secondment.task_books.models import TaskProposal
from secondment.task_books.rules import is_own, may_write
from secondment.task_books.views.finding import found, found_proposal, to_book
from secondment.task_books.views.reasons import Asked, reasoned

DECLINE = Asked(
    title=gettext_lazy("暂不采纳任务建议"),
    label=gettext_lazy("未采纳的理由"),
    button=gettext_lazy("不采纳"),
    done=gettext_lazy("已答复本人。"),
    help_text=gettext_lazy("本人可以看到。"),
)


def task_propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """A task that the secondee would like to do."""
    placement = found(request, pk)
    require(is_own(request.user, placement))
    form = ProposalForm(request.POST or None, instance=TaskProposal(placement=placement))
    if request.method == "POST" and form.is_valid():
        proposal = proposal_of(form, placement)
        if attempt(form, lambda: services.propose_task(proposal, **acting(request))) is not None:
            messages.success(request, _("已提出，接收单位将收到消息。"))
            return to_book(pk)
    return render(request, "task_books/task_propose.html", {"form": form, "placement": placement})


@require_POST
def proposal_take(request: SignedInRequest, pk: int) -> HttpResponse:
    """Into the draft; the host then weighs it and sends it to be signed."""
    proposal = found_proposal(request, pk)
    require(may_write(request.user, proposal.placement))
    if attempt_button(request, lambda: services.take_proposal(proposal, **acting(request))) is None:
        return to_book(proposal.placement_id)
    messages.success(request, _("已写入草稿。请补写权重和验收方式，再送本人签署。"))
    return redirect("task_books:book_edit", proposal.placement_id)


def proposal_decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Why it is not taken up."""
    proposal = found_proposal(request, pk)
    require(may_write(request.user, proposal.placement))
    return reasoned(
        request,
        proposal.placement,
        DECLINE,
        lambda reason, _version: services.decline_proposal(proposal, reason=reason, **acting(request)),
        subject=proposal.name,
    )
