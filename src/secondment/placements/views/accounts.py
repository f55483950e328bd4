"""Accounts for the people of chosen rows."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest
from secondment.onboarding.candidates import people_candidates
from secondment.onboarding.rules import may_ask_somewhere, require
from secondment.onboarding.views.proposing import propose
from secondment.placements.choices import PlacementState
from secondment.placements.models import Placement
from secondment.placements.views.finding import chosen

OVER = (PlacementState.ENDED, PlacementState.CANCELLED)


@require_POST
def accounts_ask(request: SignedInRequest) -> HttpResponse:
    """Propose an account for everyone whose placement is not over."""
    require(may_ask_somewhere(request.user))
    rows = [(one.pk, one.person, _why_not(one)) for one in chosen(request)]
    candidates = people_candidates(rows, by=request.user)
    return propose(request, candidates, roles=(Role.SECONDEE,), back=reverse("placements:placement_list"))


def _why_not(placement: Placement) -> str:
    return _("挂职%(state)s") % {"state": placement.get_state_display()} if placement.state in OVER else ""
