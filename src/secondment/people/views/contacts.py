"""Whom to call, and the page on which a person corrects the own number."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.common.attempts import attempt
from secondment.common.navigation import url_or_nothing
from secondment.people.forms.others import OwnContactsForm
from secondment.people.queries import emergency_open_to, person_of, visible_to
from secondment.people.sections import Section
from secondment.people.services.contacts import correct_own_contacts, open_emergency
from secondment.people.services.looks import note_looks
from secondment.people.view_models import emergency_facts


@require_POST
def person_emergency(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whom to call about somebody who is out, once; the look is on record."""
    seen = visible_to(request.user).select_related("unit")
    open_to = emergency_open_to(request.user).select_related("unit")
    person = open_to.filter(pk=pk).first() or get_object_or_404(seen, pk=pk)
    open_emergency(person, **acting(request))
    context = {"person": person, "facts": emergency_facts(person), "may_return": seen.filter(pk=pk).exists()}
    return render(request, "people/person_emergency.html", context)


def own_contacts(request: SignedInRequest) -> HttpResponse:
    """My number and whom to call: corrected by myself."""
    person = person_of(request.user)
    if person is None:
        raise Http404
    form = OwnContactsForm(request.POST or None, instance=person)
    note_looks(person, frozenset({Section.EMERGENCY}), **acting(request))
    back = url_or_nothing("placements:my_placement") or reverse("people:person_detail", args=[person.pk])
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        saved = attempt(
            form, lambda: correct_own_contacts(person, values, version=version, **acting(request))
        )
        if saved is not None:
            messages.success(request, _("联系方式已更新，各方看到的通讯录同时更新。"))
            return redirect(back)
    return render(request, "people/own_contacts.html", {"form": form, "person": person, "back": back})
