"""The list of early signs, what each asks and how often, and the impact assessment."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.scopes import has_role
from secondment.audit.services import record_look
from secondment.common.errors import require
from secondment.signals.impact import risks
from secondment.signals.lists import LIST
from secondment.signals.queries import tallies_of, visible_to, with_names
from secondment.signals.rules import OFFICES, oversees
from secondment.signals.signs import SIGNS, WITH_DATA
from secondment.signals.view_models import counts_of


def sign_list(request: SignedInRequest) -> HttpResponse:
    """Questions of the reader's offices; to a department, how often each was raised and spared."""
    require(has_role(request.user, *OFFICES))
    record_look("sign.read_list", request.user, **acting(request))
    is_department = oversees(request.user)
    tallies = list(tallies_of(request.user)) if is_department else []
    rows = with_names(visible_to(request.user), timezone.localdate())
    context = {
        "is_department": is_department,
        "counts": counts_of(tallies) if is_department else (),
        "looked_on": max((one.looked_on for one in tallies), default=None),
    }
    return LIST.respond(request, rows, "signals/sign_list.html", context)


def sign_kinds(request: SignedInRequest) -> HttpResponse:
    """What each sign reads, its thresholds, its counter-reading and its question: open to every office."""
    require(has_role(request.user, *OFFICES))
    return render(request, "signals/sign_kinds.html", {"signs": SIGNS})


def impact(request: SignedInRequest) -> HttpResponse:
    """The impact assessment on the protection of personal information, filled from the signs themselves."""
    require(oversees(request.user), _("影响评估由组织部门掌握。"))
    context = {
        "signs": WITH_DATA,
        "later": [one.title for one in SIGNS if not one.has_data],
        "risks": risks(),
        "on": timezone.localdate(),
    }
    return render(request, "signals/impact.html", context)
