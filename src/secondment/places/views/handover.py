"""The handover of a placement, and the promises that go with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.common.attempts import attempt, attempt_button
from secondment.common.errors import require
from secondment.places import services
from secondment.places.forms import HandoverForm, OutcomeForm, PromiseForm
from secondment.places.handovers import handover_of, received_by
from secondment.places.queries import items_visible_to, promises_visible_to, successors_of
from secondment.places.rules import may_confirm, may_promise, may_settle
from secondment.places.views.finding import found_placement


def handover(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything open, and what became of each."""
    placement = found_placement(request, pk)
    found, settles = handover_of(placement), may_settle(request.user, placement)
    received = list(received_by(placement))
    form = HandoverForm(request.POST or None, items=found.waiting, successors=list(successors_of(placement)))
    if request.method == "POST":
        require(settles)
        if form.is_valid() and (settlings := form.settlings()):
            successor = form.successor_chosen
            n = attempt(
                form,
                lambda: services.settle_items(
                    placement, settlings, successor=successor, **acting_today(request)
                ),
            )
            if n is not None:
                words = ngettext("已办理 %(n)d 项交接。", "已办理 %(n)d 项交接。", n) % {"n": n}
                messages.success(request, words)
                return redirect("places:handover", pk)
        elif form.is_valid():
            form.add_error(None, _("没有选择任何一项的交接结果。请至少办理一项。"))
    context = {
        "placement": placement,
        "found": found,
        "form": form,
        "settles": settles,
        "received": received,
        "unconfirmed": any(one.confirmed_at is None for one in received),
        "confirms": may_confirm(request.user, placement),
        "promises_written": may_promise(request.user, placement),
        "promises": placement.promises.select_related("by"),
    }
    return render(request, "places/handover.html", context)


@require_POST
def item_take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """A decision was wrong."""
    item = get_object_or_404(items_visible_to(request.user), pk=pk)
    placement = found_placement(request, item.placement_id)
    require(may_settle(request.user, placement))
    if attempt_button(request, lambda: services.take_back(item, **acting(request))) is not None:
        messages.success(request, _("已撤回，该事项恢复待交接。"))
    return redirect("places:handover", placement.pk)


@require_POST
def handover_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The successor has seen what was handed over."""
    placement = found_placement(request, pk)
    require(may_confirm(request.user, placement))
    if attempt_button(request, lambda: services.confirm_received(placement, **acting(request))) is not None:
        messages.success(request, _("已确认接手。"))
    return redirect("places:handover", pk)


def promise_note(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was promised."""
    placement = found_placement(request, pk)
    require(may_promise(request.user, placement))
    form = PromiseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        noted = attempt(
            form, lambda: services.note_promise(placement, **form.cleaned_data, **acting(request))
        )
        if noted is not None:
            messages.success(request, _("已登记承诺事项。"))
            return redirect("places:handover", pk)
    context = {"form": form, "placement": placement, "title": _("登记承诺事项")}
    return render(request, "places/promise_form.html", context)


def promise_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """What became of it."""
    promise = get_object_or_404(promises_visible_to(request.user), pk=pk)
    placement = found_placement(request, promise.placement_id)
    require(may_promise(request.user, placement))
    promise.placement = placement
    form = OutcomeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form, lambda: services.close_promise(promise, **form.cleaned_data, **acting_today(request))
        )
        if done is not None:
            messages.success(request, _("承诺事项已了结。"))
            return redirect("places:handover", placement.pk)
    context = {"form": form, "placement": placement, "title": _("了结承诺事项"), "subject": promise.text}
    return render(request, "places/promise_form.html", context)
