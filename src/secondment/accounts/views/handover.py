"""What an account holds, and the one act that passes it on."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.forms import HandoverForm
from secondment.accounts.handover import Outcome, fates_of, hand_over, items_of, successors_of
from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.queries import handed_over_by, with_roles
from secondment.accounts.rules import may_grant_roles, may_hand_over, require


def own_hand_over(request: SignedInRequest) -> HttpResponse:
    """The same for the own account."""
    return account_hand_over(request, request.user.pk)


def account_hand_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """What would become of each item with a successor, then the act."""
    account = get_object_or_404(with_roles(handed_over_by(request.user)), pk=pk)
    require(may_hand_over(request.user, account))
    may_end = may_grant_roles(request.user, account)
    form = HandoverForm(request.POST or None, successors=successors_of(account), may_end=may_end)
    is_sound = form.is_valid()
    if is_sound and "shown" in request.POST:
        fates = hand_over(
            account,
            form.cleaned_data["successor"],
            is_over=bool(form.cleaned_data.get("is_over")),
            reason=form.cleaned_data["reason"],
            **acting(request),
        )
        n = sum(fate.outcome == Outcome.PASSED for fate in fates)
        messages.success(request, _("已移交 %(n)s 项，并通知接任人。") % {"n": n})
        return redirect("accounts:account_hand_over", pk=pk)
    items = items_of(account, at=timezone.now())
    successor = form.cleaned_data["successor"] if is_sound else None
    context = {
        "account": account,
        "form": form,
        "items": items,
        "fates": fates_of(items, successor) if successor else [],
        "successor": successor,
        "is_own": account.pk == request.user.pk,
    }
    return render(request, "accounts/account_hand_over.html", context)
