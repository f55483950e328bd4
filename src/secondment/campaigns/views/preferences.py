"""Wishes of a nominee; made for a phone first."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting_today
from secondment.campaigns.forms.campaigns import PreferencesForm
from secondment.campaigns.models import Nomination
from secondment.campaigns.offered import offered_posts
from secondment.campaigns.parameter_readers import most_preferences
from secondment.campaigns.ports import result_page
from secondment.campaigns.queries import preferences_open_to
from secondment.campaigns.rules import (
    may_read_nomination,
    may_state_preferences,
    require_may_state_preferences,
)
from secondment.campaigns.services.preferences import (
    Wishes,
    keep_unsent_wishes,
    state_preferences,
    unsent_wishes,
)
from secondment.common.components import Fact
from secondment.common.keys import number_in

MOST_CHARACTERS = 500
MOVES = {"up": -1, "down": 1}


def my_nominations(request: SignedInRequest) -> HttpResponse:
    """Campaigns the signed-in person was nominated for."""
    rows = (
        preferences_open_to(request.user)
        .filter(person__account=request.user)
        .select_related("campaign__owner_unit", "person", "home_unit")
        .prefetch_related("preferences__campaign_post__post__host_unit__parent")
    )
    items = [(one, may_state_preferences(request.user, one), result_page(one)) for one in rows]
    return render(request, "campaigns/my_nominations.html", {"items": items})


def preferences(request: SignedInRequest, pk: int) -> HttpResponse:
    """State wishes: add, order, take out, then submit. Every button works without script."""
    visible = preferences_open_to(request.user).select_related("campaign__owner_unit", "person", "home_unit")
    nomination = get_object_or_404(visible, pk=pk)
    offered = offered_posts(nomination.campaign)
    labels = {one.pk: one.label for one in offered}
    wishes = unsent_wishes(nomination, by=request.user) if request.method == "GET" else None
    is_unsent = wishes is not None
    wishes = wishes or _submitted(nomination)
    form = PreferencesForm(
        _with_added(request, labels),
        offered=list(labels.items()),
        initial={
            "hardship_text": wishes.hardship_text,
            "prefers_near": wishes.prefers_near,
            "version": nomination.version,
        },
    )
    chosen = [one for one in wishes.campaign_post_ids if one in labels]
    if request.method == "POST":
        require_may_state_preferences(request.user, nomination)
        chosen = _arranged(request, labels)
        if "submit" in request.POST and form.is_valid():
            return _save(request, nomination, form)
        _put_aside(request, nomination, chosen)
        is_unsent = True
    by_id = {one.pk: one for one in offered}
    context = {
        "nomination": nomination,
        "campaign": nomination.campaign,
        "form": form,
        "chosen": [by_id[one] for one in chosen],
        "offered": [one for one in offered if one.pk not in chosen],
        "is_unsent": is_unsent,
        "focus": _focus(request, chosen) if "submit" not in request.POST and request.POST else (),
        "most": most_preferences(nomination.campaign),
        "is_full": len(chosen) >= most_preferences(nomination.campaign),
        "may_state": may_state_preferences(request.user, nomination),
        "answers": [
            Fact(_("希望就近安排"), nomination.prefers_near),
            Fact(_("困难及需关照事项"), nomination.hardship_text, is_wide=True),
        ],
        "is_own": nomination.person.account_id == request.user.pk,
    }
    return render(request, "campaigns/preferences.html", context)


def _submitted(nomination: Nomination) -> Wishes:
    posts = list(nomination.preferences.values_list("campaign_post", flat=True))
    return Wishes(posts, nomination.hardship_text, nomination.prefers_near)


def _put_aside(request: SignedInRequest, nomination: Nomination, chosen: list[int]) -> None:
    """Whichever button was pressed, the choices on the page are kept and shown again when it is reopened."""
    text = request.POST.get("hardship_text", "")[:MOST_CHARACTERS]
    is_near = "prefers_near" in request.POST
    keep_unsent_wishes(nomination, Wishes(chosen, text, is_near), by=request.user)


def _arranged(request: SignedInRequest, labels: dict[int, str]) -> list[int]:
    """The order on the page after the button that was pressed: up-ID, down-ID, remove-ID or add."""
    chosen = [number for one in request.POST.getlist("posts") if (number := number_in(one)) in labels]
    if "add-post" in request.POST or "submit" in request.POST:  # all at once, whichever button follows
        chosen += [number for one in request.POST.getlist("add") if (number := number_in(one)) in labels]
    word, _dash, text = request.POST.get("move", "").partition("-")
    if (moved := number_in(text)) in chosen:
        at = chosen.index(moved)
        if word == "remove":
            chosen.pop(at)
        elif word in MOVES and 0 <= at + MOVES[word] < len(chosen):
            other = at + MOVES[word]
            chosen[at], chosen[other] = chosen[other], chosen[at]
    return list(dict.fromkeys(chosen))


def _with_added(request: SignedInRequest, labels: dict[int, str]) -> QueryDict | None:
    """What was posted, with the posts that are chosen in the list and were not added before."""
    if request.method != "POST":
        return None
    data = request.POST.copy()
    if request.POST.getlist("add"):
        data.setlist("posts", [str(one) for one in _arranged(request, labels)])
    return data


def _focus(request: SignedInRequest, chosen: list[int]) -> tuple[str, int]:
    """Which button of which post to go on with when the page comes back: the same move again, where it can be made."""
    word, _dash, text = request.POST.get("move", "").partition("-")
    moved = number_in(text)
    if moved not in chosen:
        return "add", 0
    if word == "up":
        return ("down" if moved == chosen[0] else "up"), moved
    return ("up" if moved == chosen[-1] else "down"), moved


def _save(request: SignedInRequest, nomination: Nomination, form: PreferencesForm) -> HttpResponse:
    data = form.cleaned_data
    state_preferences(
        nomination,
        Wishes(data["posts"], data["hardship_text"], data["prefers_near"]),
        version=data["version"],
        **acting_today(request),
    )
    messages.success(request, _("志愿已提交，截止前可以修改。"))
    if may_read_nomination(request.user, nomination):
        return redirect("campaigns:nomination_detail", pk=nomination.pk)
    return redirect("campaigns:my_nominations")
