"""Read and keep units."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.choices import Role
from secondment.accounts.http import SignedInRequest, acting
from secondment.accounts.scopes import has_role
from secondment.common.components import Fact
from secondment.common.dependents import DependentsError
from secondment.directory.forms import MoveForm, UnitForm
from secondment.directory.queries import (
    children_of,
    named_by,
    roots_of,
    visible_to,
    weight_of,
)
from secondment.directory.rules import may_move_unit, may_read_directory, require
from secondment.directory.services import add_unit, change_unit, close_unit, move_unit, reopen_unit
from secondment.units.choices import UnitKind, UnitLevel
from secondment.units.models import Unit
from secondment.units.official_names import official_name
from secondment.units.queries import ancestors_of, picker_label, suggest_regions, suggest_units

MOST_FOUND = 100


def unit_tree(request: SignedInRequest) -> HttpResponse:
    """The tree of the scope; children are fetched when a branch is opened. `q` searches."""
    require(may_read_directory(request.user))
    query = request.GET.get("q", "").strip()[:60]
    found = visible_to(request.user).filter(name__icontains=query).select_related("parent") if query else None
    nodes = list(roots_of(request.user)) if found is None else []
    context = {
        "query": query,
        "found": found.order_by("path")[:MOST_FOUND] if found is not None else None,
        "nodes": nodes,
        "is_open": len(nodes) == 1,
    }
    return render(request, "directory/unit_tree.html", context)


@require_GET
def unit_children(request: SignedInRequest, pk: int) -> HttpResponse:
    """The children of one unit, as a fragment of the tree."""
    unit = get_object_or_404(visible_to(request.user), pk=pk)
    return render(request, "directory/_nodes.html", {"nodes": children_of(unit)})


@require_GET
def unit_names(request: SignedInRequest) -> HttpResponse:
    """Suggestions for a unit field; the typed text is the only parameter, whatever its name."""
    labels = [picker_label(one) for one in suggest_units(_typed(request), named_by(request.user))]
    return render(request, "directory/_unit_names.html", {"labels": labels})


@require_GET
def region_names(request: SignedInRequest) -> HttpResponse:
    """Suggestions for a region field."""
    return render(request, "directory/_region_names.html", {"regions": suggest_regions(_typed(request))})


def unit_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One unit: facts, dependents, children and history."""
    unit = get_object_or_404(visible_to(request.user).select_related("region", "parent"), pk=pk)
    above = ancestors_of(unit)
    readable = set(
        visible_to(request.user).filter(pk__in=[one.pk for one in above]).values_list("pk", flat=True)
    )
    context = {
        "unit": unit,
        "above": [(one, one.pk in readable) for one in above],
        "facts": _facts(unit),
        "weight": weight_of(unit),
        "children": children_of(unit),
        "periods": unit.periods.select_related("parent").order_by("-starts_on"),
        "may_move": may_move_unit(request.user, unit),
        "reads_posts": has_role(request.user, Role.ORGANISATION_DEPARTMENT),
    }
    return render(request, "directory/unit_detail.html", context)


def unit_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new unit below this one."""
    parent = get_object_or_404(visible_to(request.user), pk=pk)
    unit = Unit(
        parent=parent, kind=UnitKind.GOVERNMENT_ORGAN, level=UnitLevel(parent.level), region=parent.region
    )
    form = UnitForm(request.POST or None, instance=unit, parent=parent)
    if request.method == "POST" and form.is_valid():
        made = add_unit(form.save(commit=False), **acting(request))
        messages.success(request, _("单位已建立。"))
        return redirect("directory:unit_detail", pk=made.pk)
    return render(request, "directory/unit_form.html", {"form": form, "parent": parent})


def unit_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Change name and facts."""
    unit = get_object_or_404(visible_to(request.user).select_related("parent"), pk=pk)
    form = UnitForm(request.POST or None, instance=unit, parent=unit.parent)
    if request.method == "POST" and form.is_valid():
        change_unit(
            form.save(commit=False),
            **acting(request),
            version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        )
        messages.success(request, _("修改已保存。"))
        return redirect("directory:unit_detail", pk=pk)
    return render(request, "directory/unit_form.html", {"form": form, "unit": unit})


def unit_move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Move a unit: first what goes along is shown, then it is confirmed."""
    unit = get_object_or_404(visible_to(request.user).select_related("parent"), pk=pk)
    require(may_move_unit(request.user, unit))
    units = visible_to(request.user).filter(is_active=True)
    form = MoveForm(request.POST or None, units=units)
    context: dict[str, Any] = {"unit": unit, "form": form, "weight": weight_of(unit)}
    if request.method == "POST" and form.is_valid():
        parent = form.cleaned_data["parent"]
        if request.POST.get("is_confirmed") != "1":
            return render(request, "directory/unit_move.html", {**context, "target": parent})
        move_unit(unit, parent=parent, reason=form.cleaned_data["reason"], **acting(request))
        messages.success(request, _("单位已划转。"))
        return redirect("directory:unit_detail", pk=pk)
    return render(request, "directory/unit_move.html", context)


@require_POST
def unit_close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Take a unit out of use: its dependents are listed first, then it is confirmed."""
    unit = get_object_or_404(visible_to(request.user), pk=pk)
    reason, is_confirmed = request.POST.get("reason", "")[:200], request.POST.get("is_confirmed") == "1"
    try:
        close_unit(unit, reason=reason, **acting(request), is_confirmed=is_confirmed)
    except DependentsError as question:
        context = {"unit": unit, "reason": reason, "hanging": question.dependents}
        return render(request, "directory/unit_close.html", context)
    messages.success(request, _("单位已停用，历史数据不受影响。"))
    return redirect("directory:unit_detail", pk=pk)


@require_POST
def unit_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put a unit back into use."""
    unit = get_object_or_404(visible_to(request.user), pk=pk)
    reopen_unit(unit, **acting(request))
    messages.success(request, _("单位已恢复使用。"))
    return redirect("directory:unit_detail", pk=pk)


def _typed(request: SignedInRequest) -> str:
    name = next(iter(request.GET), "")
    return request.GET.get(name, "")[:60]


def _signs(unit: Unit) -> bool:
    """Whether the unit issues documents under a name of its own."""
    return bool(unit.official_name) or unit.kind == UnitKind.ORGANISATION_DEPARTMENT


def _facts(unit: Unit) -> list[Fact]:
    return [
        Fact(_("单位名称"), unit.name),
        Fact(_("简称"), unit.short_name),
        *([Fact(_("公文落款全称"), official_name(unit), is_wide=True)] if _signs(unit) else []),
        Fact(_("单位类别"), unit.get_kind_display()),
        Fact(_("单位层级"), unit.get_level_display()),
        Fact(_("所在区划"), unit.region.full_name if unit.region else "", is_wide=True),
        Fact(_("统一社会信用代码"), unit.credit_code, is_wide=True),
    ]
