"""List and page of a person."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.files.person_search.conditions import LONGEST
from secondment.people import view_models
from secondment.people.files.filled_form import photo_of
from secondment.people.forms.others import AbilityForm, IdentityForm, ReasonForm
from secondment.people.lists import people_table
from secondment.people.models import Person
from secondment.people.queries import (
    emergency_open_to,
    linkable_accounts,
    open_pairs,
    pairs_visible_to,
    placements_of,
    survivor_of,
    visible_to,
    with_whereabouts,
)
from secondment.people.rules import (
    actions_for,
    is_self,
    may_create_somewhere,
    may_decide_pairs,
    may_export_identities,
    sections_of,
)
from secondment.people.sections import Section
from secondment.people.sentences import led_to
from secondment.people.services.exports import note_list_export
from secondment.people.services.looks import note_looks
from secondment.people.services.numbers import find_person
from secondment.people.services.own_account import link_account, unlink_account
from secondment.people.services.protected import reveal_health, reveal_identity


def person_list(request: SignedInRequest) -> HttpResponse:
    """The persons this reader may see, filtered, sorted, in pages, or as Excel."""
    if "find" in request.GET:
        return searched(request)
    rows = with_whereabouts(visible_to(request.user).select_related("unit"))
    table = people_table(request.user, timezone.localdate())
    context = {
        "is_clerk": may_create_somewhere(request.user),
        "may_export_identities": may_export_identities(request.user),
        "identity_form": IdentityForm(),
        "n_pairs": _n_pairs(request),
    }
    return table.respond(
        request,
        rows,
        "people/person_list.html",
        context,
        on_export=lambda n: note_list_export(n, **acting(request)),
    )


def searched(request: SignedInRequest) -> HttpResponse:
    """From a sentence to the address of its conditions, which links, files and the form then share."""
    text = " ".join(request.GET["find"].split())
    if len(text) > LONGEST:
        told = _("只读了前%(n)s字，其余部分未读，请缩短后再查。")
        messages.warning(request, told % {"n": LONGEST})
    query = led_to(request.user, request.GET, text[:LONGEST])
    return redirect(f"{request.path}?{query.urlencode()}" if query else request.path)


@require_POST
def identity_find(request: SignedInRequest) -> HttpResponse:
    """Open the person with this identity number; sent in the body, so that no address holds the number."""
    require(may_create_somewhere(request.user))
    person = find_person(request.POST.get("number", ""), **acting(request))
    if person is None:
        messages.warning(request, _("在您管理的范围内没有该身份证号的干部。请核对号码。"))
        return redirect("people:person_list")
    return redirect("people:person_detail", pk=person.pk)


def person_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One person: header, and the tab asked for."""
    survivor = survivor_of(pk)
    if survivor is not None:  # the record was merged: its address leads to the one that was kept
        return redirect("people:person_detail", pk=_person(request, survivor).pk)
    person = _person(request, pk)
    sections = sections_of(request.user, person)
    tab = request.GET.get("tab", "basics")
    if tab not in view_models.TABS or view_models.TABS[tab][1] not in sections:
        raise Http404
    actions = actions_for(request.user, person)
    today = timezone.localdate()
    shown = view_models.sections_of_tab(tab) & sections
    note_looks(person, shown, **acting(request))
    context = {
        "person": person,
        "tab": tab,
        "part": view_models.TABS[tab][2],
        "tabs": view_models.tabs_of(person, sections, tab),
        "headline": view_models.headline(person, today),
        "actions": actions,
        "reason_form": ReasonForm(),
        "reads_family": Section.FAMILY in sections,
        "opens_emergency": tab == "basics" and emergency_open_to(request.user).filter(pk=pk).exists(),
        "is_self": is_self(request.user, person),
        "has_photo": person.photo_id is not None and Section.PHOTO in sections,
        **_tab_context(tab, person, sections, today),
        **_account_context(tab, person, actions),
    }
    return render(request, "people/person_detail.html", context)


@require_POST
def account_link(request: SignedInRequest, pk: int) -> HttpResponse:
    """Make an account the person's own."""
    person = _person(request, pk)
    account = number_in(request.POST.get("account", ""))
    link_account(person, account, **acting(request))
    messages.success(request, _("已关联。本人登录后可以查看自己的档案、填报志愿、确认报到。"))
    return redirect("people:person_detail", pk=pk)


@require_POST
def account_unlink(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take the account from the person."""
    unlink_account(_person(request, pk), **acting(request))
    messages.success(request, _("已解除关联，该账号不能再查看本人的档案。"))
    return redirect("people:person_detail", pk=pk)


def person_photo(request: SignedInRequest, pk: int) -> HttpResponse:
    """The photo, for those who may read the file."""
    person = _person(request, pk)
    if person.photo is None or Section.PHOTO not in sections_of(request.user, person):
        raise Http404
    note_looks(person, frozenset({Section.PHOTO}), **acting(request))
    headers = {
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "Cache-Control": "private, max-age=300",
    }
    return HttpResponse(photo_of(person), content_type=person.photo.content_type, headers=headers)


@require_POST
def person_reveal(request: SignedInRequest, pk: int) -> HttpResponse:
    """Identity number or health notes in clear, once, for a reason."""
    person = _person(request, pk)
    reveal = reveal_health if request.POST.get("what") == "health" else reveal_identity
    text = reveal(person, reason=request.POST.get("reason", ""), **acting(request))
    return render(request, "people/person_reveal.html", {"person": person, "text": text})


def _n_pairs(request: SignedInRequest) -> int | None:
    """How many pairs await this reader's decision; None for those who do not decide."""
    if not may_decide_pairs(request.user):
        return None
    return open_pairs().filter(pk__in=pairs_visible_to(request.user).values("pk")).count()


def _person(request: SignedInRequest, pk: int) -> Person:
    people = with_whereabouts(visible_to(request.user).select_related("unit", "photo", "growth_region"))
    return get_object_or_404(people, pk=pk)


def _tab_context(tab: str, person: Person, sections: frozenset[Section], today: Any) -> dict[str, Any]:
    if tab == "career":
        return {
            "career": view_models.career_lines(person),
            "grassroots": view_models.grassroots_facts(person, today),
        }
    if tab == "assessment":
        return {"shows_penalties": Section.PENALTIES in sections}
    if tab == "abilities":
        return {"abilities": view_models.ability_lines(person), "ability_form": AbilityForm()}
    if tab == "placements":
        return {"placements": placements_of(person)}
    if tab == "record":
        return {"entries": view_models.record_entries(person)}
    return {"groups": view_models.basic_groups(person, sections)} if tab == "basics" else {}


def _account_context(tab: str, person: Person, actions: frozenset[str]) -> dict[str, Any]:
    """The person's own account, or those that may become it, for those who may link them."""
    if tab != "basics" or "link_account" not in actions:
        return {}
    return {"account": person.account, "accounts": [] if person.account else linkable_accounts(person)}
