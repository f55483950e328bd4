"""Write a finding by ticking facts; correct it; take it back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.findings import services
from secondment.findings.choices import FindingState
from secondment.findings.forms import FindingForm, WithdrawForm
from secondment.findings.models import Finding
from secondment.findings.queries import placements_of, visible_to, with_names
from secondment.findings.rules import may_change, may_write, sources_of, years_of
from secondment.placements.models import Placement


def finding_write(request: SignedInRequest, pk: int, year: int) -> HttpResponse:
    """A new finding about a year."""
    placement = get_object_or_404(placements_of(request.user), pk=pk)
    if year not in years_of(placement, timezone.localdate()):
        raise Http404
    require(may_write(request.user, placement))
    return _written(request, placement, year, None)


def finding_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """A finding is written anew; the one before is kept."""
    finding = _found(request, pk)
    return _written(request, finding.placement, finding.year, finding)


def finding_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """A finding was wrong."""
    finding = _found(request, pk)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["words"]
        if attempt(form, lambda: services.withdraw_finding(finding, words, **acting(request))):
            messages.success(request, _("已撤回评语，原文保留备查。"))
            return redirect("findings:year", finding.placement_id, finding.year)
    return render(request, "findings/finding_withdraw.html", {"finding": finding, "form": form})


def _found(request: SignedInRequest, pk: int) -> Finding:
    rows = with_names(visible_to(request.user).filter(state=FindingState.STANDING))
    finding = get_object_or_404(rows, pk=pk)
    require(may_change(request.user, finding))
    return finding


def _written(
    request: SignedInRequest, placement: Placement, year: int, corrects: Finding | None
) -> HttpResponse:
    user, on = request.user, timezone.localdate()
    sides = list(sources_of(user, placement))
    initial: dict[str, Any] = {"signed_on": on, "side": request.GET.get("side", sides[0].value)}
    if corrects is not None:
        initial |= FindingForm.initial_of(corrects)
    form = FindingForm(
        request.POST or None,
        placement=placement,
        year=year,
        sides=sides,
        available=services.citable(user, placement, year, on),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        saved = attempt(
            form, lambda: services.write_finding(form.new, corrects=corrects, **acting_today(request))
        )
        if saved is not None:
            messages.success(request, _("已保存评语。"))
            return redirect("findings:year", placement.pk, year)
    context = {"form": form, "placement": placement, "year": year, "corrects": corrects}
    return render(request, "findings/finding_write.html", context)
