"""Pages that end, extend or shorten terms, for one person or for many."""

from collections.abc import Sequence

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting, acting_today
from secondment.common.attempts import attempt
from secondment.placements import services
from secondment.placements.forms import ChangeForm, ClosingForm, ReopenForm
from secondment.placements.models import Placement
from secondment.placements.ports import unsettled
from secondment.placements.rules import require_may_manage
from secondment.placements.services import Change
from secondment.placements.views.finding import chosen, found
from secondment.placements.views.sheets import change_draft

SENT = "sent"  # the form itself, not only the chosen rows, was sent
DRAFT = "draft"  # nothing is recorded yet: the form is wanted on paper


def placement_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close one term."""
    return _end(request, [found(request, pk)], is_sent=request.method == "POST")


@require_POST
def placements_end(request: SignedInRequest) -> HttpResponse:
    """Close the terms of the chosen rows."""
    return _end(request, chosen(request), is_sent=SENT in request.POST)


def placement_change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Extend or shorten one term."""
    return _change(request, [found(request, pk)], is_sent=request.method == "POST")


@require_POST
def placements_change(request: SignedInRequest) -> HttpResponse:
    """Extend or shorten the terms of the chosen rows."""
    return _change(request, chosen(request), is_sent=SENT in request.POST)


def placement_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take back an end that was recorded by mistake."""
    placement = found(request, pk)
    require_may_manage(request.user, placement)
    form = ReopenForm(request.POST or None, initial={"version": placement.version})
    if request.method == "POST" and form.is_valid():
        done = attempt(
            form,
            lambda: services.reopen_placement(placement, **form.cleaned_data, **acting(request)),
        )
        if done is not None:
            messages.success(request, _("已撤销办结，恢复为在挂。"))
            return redirect("placements:placement_detail", pk)
    return render(request, "placements/placement_reopen.html", {"form": form, "placement": placement})


def _end(request: SignedInRequest, placements: Sequence[Placement], *, is_sent: bool) -> HttpResponse:
    for one in placements:
        require_may_manage(request.user, one)
    form = ClosingForm(request.POST if is_sent else None, initial={"version": _version(placements)})
    if is_sent and form.is_valid():
        done = attempt(form, lambda: _end_now(request, placements, form))
        if done is not None:
            n = len(placements)
            messages.success(
                request, ngettext("已办结 %(n)d 人的挂职。", "已办结 %(n)d 人的挂职。", n) % {"n": n}
            )
            return redirect(back_to(placements))
    return act_page(request, form, placements, _("期满办结"), _("办结"))


def _end_now(request: SignedInRequest, placements: Sequence[Placement], form: ClosingForm) -> object:
    if len(placements) == 1:
        version = form.cleaned_data["version"]
        return services.end_placement(placements[0], form.closing(), version=version, **acting_today(request))
    return services.end_placements(placements, form.closing(), **acting_today(request))


def _change(request: SignedInRequest, placements: Sequence[Placement], *, is_sent: bool) -> HttpResponse:
    for one in placements:
        require_may_manage(request.user, one)
    is_draft = is_sent and DRAFT in request.POST
    form = ChangeForm(
        request.POST if is_sent else None, initial={"version": _version(placements)}, is_draft=is_draft
    )
    if is_draft and form.is_valid():
        change = attempt(form, lambda: _check_draft(request, placements, form))
        if change is not None:
            return change_draft(request, placements, change)
    elif is_sent and form.is_valid():
        done = attempt(form, lambda: _change_now(request, placements, form))
        if done is not None:
            n = len(placements)
            messages.success(
                request, ngettext("已变更 %(n)d 人的挂职期限。", "已变更 %(n)d 人的挂职期限。", n) % {"n": n}
            )
            return redirect(back_to(placements))
    title, submit = _("延期或提前结束"), _("登记期限变更")
    return act_page(request, form, placements, title, submit, draft=_("下载审批表（Word）"))


def _change_now(request: SignedInRequest, placements: Sequence[Placement], form: ChangeForm) -> object:
    if len(placements) == 1:
        version = form.cleaned_data["version"]
        return services.change_term(
            placements[0], form.change(), closing=form.closing(), version=version, **acting_today(request)
        )
    return services.change_terms(placements, form.change(), closing=form.closing(), **acting_today(request))


def _check_draft(request: SignedInRequest, placements: Sequence[Placement], form: ChangeForm) -> Change:
    """What would be refused after the approval is refused before anybody signs it."""
    on = timezone.localdate()
    change = form.change(decided_on=on)
    for one in placements:
        services.check_change(one, change, by=request.user, on=on)
    return change


def _version(placements: Sequence[Placement]) -> int | None:
    return placements[0].version if len(placements) == 1 else None


def back_to(placements: Sequence[Placement]) -> str:
    """The page that the act began from."""
    if len(placements) == 1:
        return reverse("placements:placement_detail", args=[placements[0].pk])
    return reverse("placements:placement_list")


def act_page(
    request: SignedInRequest,
    form: Form,
    placements: Sequence[Placement],
    title: str,
    submit: str,
    *,
    draft: str = "",
    reader: str = "",
) -> HttpResponse:
    """The people concerned and the form, for either act."""
    context = {
        "form": form,
        "placements": placements,
        "placement": placements[0],
        "back": back_to(placements),
        "title": title,
        "submit": submit,
        "draft": draft,
        "reader": reader or _("查阅范围：派出单位、接收单位、本人"),
        "unsettled": [(one, found) for one in placements for found in unsettled(one)],
    }
    return render(request, "placements/placements_act.html", context)
