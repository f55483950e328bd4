"""单人挂职: one page from the person to the placement, with what the rules find."""

from typing import cast

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.campaigns.choices import Result
from secondment.campaigns.lists import RESULT_STATUS
from secondment.campaigns.shown_findings import ShownFinding
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.people.choices import PersonState
from secondment.people.queries import kept_by
from secondment.placements.imports import owner_of
from secondment.placements.models import Placement
from secondment.placements.rules import may_record_placements
from secondment.placements.services.incoming import bring_in
from secondment.placements.services.single import findings_of, place_single
from secondment.placements.single_forms import SingleForm, person_label
from secondment.units.models import Unit

MOST_SUGGESTED = 20


def single_new(request: SignedInRequest) -> HttpResponse:
    """Send one person without a campaign; what the rules warn of is shown first and confirmed."""
    owner = owner_of(request.user)
    require(may_record_placements(request.user) and owner is not None)
    form = SingleForm(request.POST or None, user=request.user)
    findings: list[ShownFinding] = []
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            placement, findings = _place(request, form, cast("Unit", owner))
            if placement is None:  # whoever was brought in goes with what was not written
                transaction.set_rollback(True)
        if placement is not None:
            messages.success(request, _("已登记，可以印发挂职通知。"))
            return redirect("placements:placement_detail", placement.pk)
    context = {"form": form, "rows": [(one, RESULT_STATUS[one.result]) for one in findings]}
    return render(request, "placements/single_new.html", context)


def _place(
    request: SignedInRequest, form: SingleForm, owner: Unit
) -> tuple[Placement | None, list[ShownFinding]]:
    """The placement, or nothing while something is still to be read or put right."""
    single = attempt(
        form, lambda: form.single(lambda name, home: bring_in(name, home, owner, **acting(request)))
    )
    if single is None:
        return None, []
    findings = findings_of(single, on=timezone.localdate())
    if "confirmed" not in request.POST and any(one.result == Result.WARN for one in findings):
        return None, findings
    return attempt(form, lambda: place_single(single, owner, **acting_today(request))), findings


@require_GET
def person_names(request: SignedInRequest) -> HttpResponse:
    """Suggestions for the person; the typed text is the only parameter, whatever its name."""
    require(may_record_placements(request.user))
    text = str(next(iter(request.GET.values()), "")).strip()
    people = kept_by(request.user).filter(name__icontains=text, state=PersonState.ACTIVE) if text else []
    found = people.select_related("unit").order_by("name_key", "pk")[:MOST_SUGGESTED] if text else []  # type: ignore[attr-defined]
    return render(request, "placements/_person_names.html", {"labels": map(person_label, found)})
