"""单人挂职: one page from the person to the placement, with what the rules find."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting_today
from secondment.campaigns.choices import Result
from secondment.campaigns.lists import RESULT_STATUS
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.people.choices import PersonState
from secondment.people.queries import kept_by
from secondment.placements.forms import SingleForm, person_label
from secondment.placements.imports import owner_of
from secondment.placements.rules import may_record_placements
from secondment.placements.services.single import findings_of, place_single

MOST_SUGGESTED = 20


def single_new(request: SignedInRequest) -> HttpResponse:
    """Send one person without a campaign; what the rules warn of is shown first and confirmed."""
    owner = owner_of(request.user)
    require(may_record_placements(request.user) and owner is not None)
    form = SingleForm(request.POST or None, user=request.user)
    findings = []
    if request.method == "POST" and form.is_valid():
        single = form.single()
        findings = findings_of(single, on=timezone.localdate())
        warned = any(one.result == Result.WARN for one in findings)
        if "confirmed" in request.POST or not warned:
            placement = attempt(form, lambda: place_single(single, owner, **acting_today(request)))  # type: ignore[arg-type]
            if placement is not None:
                messages.success(request, _("已登记，可以印发挂职通知。"))
                return redirect("placements:placement_detail", placement.pk)
    context = {"form": form, "rows": [(one, RESULT_STATUS[one.result]) for one in findings]}
    return render(request, "placements/single_new.html", context)


@require_GET
def person_names(request: SignedInRequest) -> HttpResponse:
    """Suggestions for the person; the typed text is the only parameter, whatever its name."""
    require(may_record_placements(request.user))
    text = str(next(iter(request.GET.values()), "")).strip()
    people = kept_by(request.user).filter(name__icontains=text, state=PersonState.ACTIVE) if text else []
    found = people.select_related("unit").order_by("name_key", "pk")[:MOST_SUGGESTED] if text else []  # type: ignore[attr-defined]
    return render(request, "placements/_person_names.html", {"labels": map(person_label, found)})
