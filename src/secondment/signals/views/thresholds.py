"""What each threshold would have raised last year."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.scopes import units_held
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.signals import services
from secondment.signals.queries import rehearsals_of
from secondment.signals.rules import oversees
from secondment.signals.view_models import trials_of


def thresholds(request: SignedInRequest) -> HttpResponse:
    """The latest trial of each of the reader's departments."""
    require(oversees(request.user), _("阈值由组织部门掌握。"))
    units = list(units_held(request.user, Role.ORGANISATION_DEPARTMENT))
    done = list(rehearsals_of(request.user).filter(until__isnull=False, unit__in=units))
    latest = {one.unit_id: one for one in reversed(done)}
    parts = [
        (one, latest.get(one.pk), trials_of(latest[one.pk]) if one.pk in latest else ()) for one in units
    ]
    return render(request, "signals/thresholds.html", {"parts": parts, "on": timezone.localdate()})


@require_POST
def thresholds_try(request: SignedInRequest) -> HttpResponse:
    """Have it counted."""
    require(oversees(request.user), _("阈值由组织部门掌握。"))
    unit = get_object_or_404(
        units_held(request.user, Role.ORGANISATION_DEPARTMENT),
        pk=number_in(request.POST.get("unit", "")),
    )
    job = services.start_rehearsal(unit, **acting(request))
    return redirect("jobs:job_detail", pk=job.pk)
