"""Pages that enter and edit a person, one part at a time."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.common.attempts import attempt
from secondment.common.components import Tab
from secondment.common.dependents import DependentsError
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.people.choices import Ability, AbilitySource
from secondment.people.errors import LikelySameError
from secondment.people.forms.others import AbilityForm
from secondment.people.forms.person import PARTS, PersonPartForm, part_form, writable_of
from secondment.people.forms.rows import FORMS, RowFormSet, row_formset, with_more_rows
from secondment.people.models import Person
from secondment.people.queries import visible_to
from secondment.people.rules import may_create_somewhere, may_edit_person, sections_of
from secondment.people.sections import Section, section_of
from secondment.people.services.looks import note_looks
from secondment.people.services.persons import add_ability, create_person, edit_person

TAB_OF_PART = {"career": "career", "assessment": "assessment", "family": "family"}


def person_create(request: SignedInRequest) -> HttpResponse:
    """Enter a new person: the basics first, the other parts afterwards."""
    require(may_create_somewhere(request.user))
    form = part_form(PARTS["basics"], Person(), request.user, request.POST or None, request.FILES or None)
    likely: list[Person] = []
    if request.method == "POST" and form.is_valid():
        person = attempt(form, lambda: _create(request, form, likely))
        if person is not None:
            messages.success(request, _("已录入。可以继续补充职务、学历、简历等。"))
            return redirect("people:person_edit", pk=person.pk, part="post")
    return render(request, "people/person_create.html", {"form": form, "likely": likely})


def _create(request: SignedInRequest, form: PersonPartForm, likely: list[Person]) -> Person | None:
    """The new person; or none, with those in `likely` who may be the same and whom the clerk has not denied."""
    others = frozenset(map(number_in, request.POST.getlist("others")))
    try:
        return create_person(form.changes(None, {}), others=others, **acting(request))
    except LikelySameError as question:
        likely += question.people
        return None


def person_edit(request: SignedInRequest, pk: int, part: str) -> HttpResponse:
    """Edit one part of a person."""
    person = get_object_or_404(visible_to(request.user).select_related("unit"), pk=pk)
    if part not in PARTS or not PARTS[part].sections & sections_of(request.user, person):
        raise Http404
    require(may_edit_person(request.user, person))
    more = request.POST.get("more", "")
    data: QueryDict | None = with_more_rows(request.POST, more) if more in FORMS else request.POST or None
    form = part_form(PARTS[part], person, request.user, data, request.FILES or None)
    writable = writable_of(request.user, person)
    formsets = {
        kind: row_formset(kind, person, data) for kind in PARTS[part].rows if section_of(kind) in writable
    }
    shown = (PARTS[part].sections & writable) - {Section.PHOTO}
    note_looks(person, shown, **acting(request))
    is_sent = data is not None and not more
    context = _edit_context(person, part, form, formsets)
    if is_sent and form.is_valid() and all(formset.is_valid() for formset in formsets.values()):
        try:
            edited = attempt(form, lambda: _edit(request, person, form, formsets))
        except DependentsError as question:
            context["hanging"] = question.dependents
            edited = None
        if edited is not None:
            messages.success(request, _("已保存。"))
            url = reverse("people:person_detail", args=[pk])
            return redirect(f"{url}?tab={TAB_OF_PART.get(part, 'basics')}")
    context["tabs"] = _part_tabs(person, part, writable)
    return render(request, "people/person_edit.html", context)


def _edit(
    request: SignedInRequest, person: Person, form: PersonPartForm, formsets: dict[str, RowFormSet]
) -> Person:
    return edit_person(
        person,
        form.changes(person, formsets),
        version=number_in(request.POST.get("version", "")),
        **acting(request),
        is_confirmed=request.POST.get("is_confirmed") == "1",
    )


@require_POST
def ability_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Add one value of an ability."""
    person = get_object_or_404(visible_to(request.user).select_related("unit"), pk=pk)
    require(may_edit_person(request.user, person))
    form = AbilityForm(request.POST)
    if form.is_valid():
        add_ability(
            person,
            ability=Ability(form.cleaned_data["ability"]),
            value=form.cleaned_data["value"],
            source=AbilitySource(form.cleaned_data["source"]),
            as_of=form.cleaned_data["as_of"],
            **acting(request),
        )
        messages.success(request, _("已增加一条能力评价。"))
    else:
        messages.error(request, _("没有增加：评分须为0—100的整数，并填写评价日期。"))
    return redirect(f"{reverse('people:person_detail', args=[pk])}?tab=abilities")


def _edit_context(
    person: Person, part: str, form: PersonPartForm, formsets: dict[str, RowFormSet]
) -> dict[str, object]:
    return {
        "person": person,
        "part": part,
        "title": PARTS[part].title,
        "form": form,
        "formsets": formsets,
        "version": form.data.get("version") or person.version,
    }


def _part_tabs(person: Person, part: str, writable: frozenset[Section]) -> list[Tab]:
    """The parts this writer may edit."""
    return [
        Tab(one.title, reverse("people:person_edit", args=[person.pk, key]), is_current=key == part)
        for key, one in PARTS.items()
        if one.sections & writable
    ]
