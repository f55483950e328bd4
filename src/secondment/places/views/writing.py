"""Write about a place."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from secondment.accounts.http import SignedInRequest, acting_today
from secondment.common.attempts import attempt
from secondment.common.errors import require
from secondment.places import services
from secondment.places.forms import CategoryForm, ContactForm, ExitForm, SurveyForm, TextsForm
from secondment.places.queries import categories_visible_to, contacts_visible_to, place_of
from secondment.places.rules import may_list, may_write
from secondment.places.views.finding import found_unit
from secondment.units.models import Unit


def place_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The six headings, all of them optional."""
    unit = _written(request, pk)
    place = place_of(unit)
    initial: dict[str, Any] = {"version": place.version if place else 0}
    if place:
        initial |= TextsForm.initial_of(list(place.texts.filter(is_current=True)))
    form = TextsForm(request.POST or None, initial=initial)
    return _page(
        request,
        unit,
        form,
        _("更新挂职地情况"),
        lambda: services.write_texts(
            unit, form.texts(), version=form.cleaned_data["version"], **acting_today(request)
        ),
    )


def file_keep(request: SignedInRequest, pk: int) -> HttpResponse:
    """Upload a survey."""
    unit = _written(request, pk)
    form = SurveyForm(request.POST or None, request.FILES or None)

    def keep() -> object:
        file = form.cleaned_data["file"]
        return services.keep_file(unit, file.name, file.read(), file.content_type, **acting_today(request))

    return _page(request, unit, form, _("上传村情或单位概况"), keep)


def contact_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody to ask."""
    unit = _written(request, pk)
    form = ContactForm(request.POST or None)
    return _page(
        request,
        unit,
        form,
        _("添加联系人"),
        lambda: services.add_contact(unit, **form.cleaned_data, **acting_today(request)),
    )


@require_POST
def contact_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody is no longer to be asked."""
    on = timezone.localdate()
    contact = get_object_or_404(contacts_visible_to(request.user, on), pk=pk)
    unit = contact.place.unit
    require(may_write(request.user, unit, on))
    services.end_contact(contact, **acting_today(request))
    messages.success(request, _("已移除联系人，原记录保留备查。"))
    return redirect("places:place_detail", unit.pk)


def category_enter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Listed as something."""
    unit = found_unit(request, pk)
    require(may_list(request.user, unit))
    form = CategoryForm(request.POST or None)
    return _page(
        request,
        unit,
        form,
        _("登记列入类别"),
        lambda: services.enter_category(unit, **form.cleaned_data, **acting_today(request)),
    )


def category_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Off the list."""
    category = get_object_or_404(categories_visible_to(request.user, timezone.localdate()), pk=pk)
    unit = category.place.unit
    require(may_list(request.user, unit))
    form = ExitForm(request.POST or None)
    title = _("登记退出：%(kind)s") % {"kind": category.get_kind_display()}
    return _page(
        request,
        unit,
        form,
        title,
        lambda: services.end_category(category, **form.cleaned_data, **acting_today(request)),
    )


def _written(request: SignedInRequest, pk: int) -> Unit:
    unit = found_unit(request, pk)
    require(may_write(request.user, unit, timezone.localdate()))
    return unit


def _page(
    request: SignedInRequest, unit: Unit, form: forms.Form, title: str, act: Callable[[], object]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and attempt(form, act) is not None:
        messages.success(request, _("已保存。"))
        return redirect("places:place_detail", unit.pk)
    return render(request, "places/place_form.html", {"form": form, "unit": unit, "title": title})
