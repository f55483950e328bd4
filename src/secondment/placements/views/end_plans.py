"""Say what is intended for the end of terms, for one person or for many."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting_today
from secondment.common.attempts import attempt
from secondment.placements import services
from secondment.placements.forms import EndPlanForm
from secondment.placements.models import Placement
from secondment.placements.rules import require_may_manage
from secondment.placements.views.endings import SENT, act_page, back_to
from secondment.placements.views.finding import chosen, found


def placement_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """One term."""
    return _plan(request, [found(request, pk)], is_sent=request.method == "POST")


@require_POST
def placements_plan(request: SignedInRequest) -> HttpResponse:
    """The terms of the chosen rows."""
    return _plan(request, chosen(request), is_sent=SENT in request.POST)


def _plan(request: SignedInRequest, placements: Sequence[Placement], *, is_sent: bool) -> HttpResponse:
    for one in placements:
        require_may_manage(request.user, one)
    known = placements[0].end_plans.filter(ends_on=placements[0].ends_on).first()
    is_known = known is not None and len(placements) == 1
    initial = {"intention": known.intention, "note": known.note} if known and is_known else {}
    form = EndPlanForm(request.POST if is_sent else None, initial=initial)
    if is_sent and form.is_valid():
        done = attempt(
            form, lambda: services.plan_ends(placements, **form.cleaned_data, **acting_today(request))
        )
        if done is not None:
            n = len(placements)
            words = ngettext("已登记 %(n)d 人的期满安排。", "已登记 %(n)d 人的期满安排。", n)
            messages.success(request, words % {"n": n})
            return redirect(back_to(placements))
    return act_page(
        request, form, placements, _("期满安排"), _("登记"), reader=_("查阅范围：派出单位、组织部门")
    )
