"""Anonymous letters: the page that takes one answers with the code itself, and leaves nothing in session or messages."""

from django.http import HttpResponse
from django.shortcuts import render

from secondment.accounts.choices import BUSINESS_ROLES
from secondment.accounts.http import SignedInRequest
from secondment.accounts.scopes import has_role
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.talks import services
from secondment.talks.desks import desks_for, open_desks
from secondment.talks.services.anonymous import FEWEST_ACCOUNTS
from secondment.talks.suggestion_forms import AnonymousForm, CodeForm


def anonymous_new(request: SignedInRequest) -> HttpResponse:
    """Put a letter into the box; the code is shown in the answer, and nowhere else."""
    require(has_role(request.user, *BUSINESS_ROLES))
    form = AnonymousForm(
        request.POST or None,
        desks=open_desks(desks_for(request.user)),
        initial={"receipt": services.new_receipt()},
    )
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("category", "text", "receipt")}
        code = attempt(
            form,
            lambda: services.suggest_anonymously(form.chosen, **given, allowed_to=request.user),
        )
        if code is not None:
            return render(request, "talks/anonymous_sent.html", {"code": code})
    return render(request, "talks/anonymous_new.html", {"form": form, "n_accounts": FEWEST_ACCOUNTS})


def anonymous_answer(request: SignedInRequest) -> HttpResponse:
    """What became of the letter of a code."""
    require(has_role(request.user, *BUSINESS_ROLES))
    form = CodeForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = attempt(form, lambda: services.fetch(form.cleaned_data["code"]))
    return render(request, "talks/anonymous_answer.html", {"form": form, "found": found})
