"""Begin a standard and edit its draft in the browser."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from secondment.accounts.http import SignedInRequest, acting
from secondment.campaigns.queries import programmes_visible_to
from secondment.common.attempts import attempt, attempt_button
from secondment.common.errors import require
from secondment.common.keys import number_in
from secondment.standards import services
from secondment.standards.choices import IndicatorKind, Part, VersionState
from secondment.standards.content import FULL, is_scored
from secondment.standards.editing import edit_parts, faults_told, groups_initial, levels_initial, sum_of
from secondment.standards.forms import (
    GroupsForm,
    IndicatorForm,
    LevelsForm,
    StandardForm,
    WeightsForm,
    initial_of,
)
from secondment.standards.models import StandardVersion
from secondment.standards.presets import GROUP_PRESETS, TEMPLATES
from secondment.standards.queries import departments_of, signed_versions
from secondment.standards.rules import may_write_some
from secondment.standards.services.locking import NOT_WRITER
from secondment.standards.views.finding import found_own

WEIGHTS = "weights-form"


def standard_new(request: SignedInRequest) -> HttpResponse:
    """A standard from a template, from another one, or empty."""
    require(may_write_some(request.user), NOT_WRITER)
    owners = departments_of(request.user)
    template = next((one for one in TEMPLATES if one.code == request.GET.get("template")), None)
    initial: dict[str, Any] = {"owner": owners.first()}
    if template is not None:
        initial |= {
            "name": template.name,
            "category": template.category,
            "beginning": f"template:{template.code}",
        }
    form = StandardForm(
        request.POST or None,
        owners=owners,
        programmes=programmes_visible_to(request.user),
        versions=signed_versions(request.user),
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        given = {name: data[name] for name in ("owner", "name", "category", "programme")}
        version = attempt(
            form,
            lambda: services.create_standard(**given, beginning=form.beginning_chosen(), **acting(request)),
        )
        if version is not None:
            messages.success(request, _("草稿已建立，请核对修改后送签。"))
            return redirect("standards:version_edit", version.pk)
    return render(request, "standards/standard_new.html", {"form": form})


def version_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft: what is missing, indicators with weights, groups, levels; each part is saved by itself."""
    version = found_own(request, pk)
    if version.state != VersionState.DRAFT:
        messages.info(request, _("只有草稿可以修改。"))
        return redirect("standards:version_detail", pk)
    asked = request.POST.get("part", "")
    posted = {name: request.POST if name == asked else None for name in ("weights", "groups", "levels")}
    indicators = list(version.indicators.all())
    seen = {"version": version.version}
    weights = WeightsForm(posted["weights"], indicators=indicators, form_id=WEIGHTS, initial=seen)
    groups = GroupsForm(posted["groups"], initial=groups_initial(version) | seen)
    levels = LevelsForm(posted["levels"], initial=levels_initial(version) | seen)
    saves = {
        "weights": (weights, lambda: _save_weights(request, version, weights)),
        "groups": (groups, lambda: _save_groups(request, version, groups)),
        "levels": (levels, lambda: _save_levels(request, version, levels)),
    }
    if asked in saves:
        form, save = saves[asked]
        if form.is_valid() and attempt(form, save) is not None:
            messages.success(request, _("已保存。"))
            return redirect(f"{reverse('standards:version_edit', args=[pk])}#{asked}")
    context = {
        "version": version,
        "parts": edit_parts(indicators, weights),
        "missing": faults_told(version),
        "sum": sum_of(indicators),
        "weights": weights,
        "groups": groups,
        "levels": levels,
        "presets": GROUP_PRESETS.values(),
        "weights_form": WEIGHTS,
    }
    return render(request, "standards/version_edit.html", context)


@require_GET
def weights_sum(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the weights that are being typed sum to, part by part."""
    version = found_own(request, pk)
    scored = [one for one in version.indicators.all() if is_scored(one)]
    for one in scored:
        one.weight = min(number_in(request.GET.get(f"w_{one.code}", "")) or 0, FULL)
    return render(request, "standards/_sum.html", {"sum": sum_of(scored)})


def indicator_add(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new indicator of the draft."""
    part = request.GET.get("part", "")
    kind = request.GET.get("kind", "")
    initial = {
        "part": part if part in Part.values else Part.VIRTUE,
        "kind": kind if kind in IndicatorKind.values else IndicatorKind.RATED,
    }
    return _indicator(request, found_own(request, pk), "", initial)


def indicator_edit(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """An indicator of the draft."""
    version = found_own(request, pk)
    indicator = get_object_or_404(version.indicators, code=code)
    return _indicator(request, version, code, initial_of(indicator))


def indicator_remove(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Show what would be lost, and take it out once that is confirmed."""
    version = found_own(request, pk)
    if request.method != "POST":
        indicator = get_object_or_404(version.indicators, code=code)
        return render(request, "standards/indicator_remove.html", {"version": version, "one": indicator})
    seen = number_in(request.POST.get("version", ""))
    done = attempt_button(
        request, lambda: services.remove_indicator(version, code, seen=seen, **acting(request))
    )
    if done is not None:
        messages.success(request, _("已移除。"))
    return _to_indicators(pk)


@require_POST
def indicator_move(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Up or down within its part."""
    version, seen = found_own(request, pk), number_in(request.POST.get("version", ""))
    by_places = -1 if request.POST.get("to") == "up" else 1
    attempt_button(
        request,
        lambda: services.move_indicator(version, code, by_places=by_places, seen=seen, **acting(request)),
    )
    return _to_indicators(pk, code)


@require_POST
def groups_preset(request: SignedInRequest, pk: int, code: str) -> HttpResponse:
    """Weights of groups by a preset, with its basis."""
    version, seen = found_own(request, pk), number_in(request.POST.get("version", ""))
    preset = GROUP_PRESETS.get(code)
    if preset is None:
        raise Http404
    done = attempt_button(
        request,
        lambda: services.set_groups(
            version, preset.weights, basis=preset.basis, seen=seen, **acting(request)
        ),
    )
    if done is not None:
        messages.success(request, _("已套用 %(name)s。") % {"name": preset.label})
    return redirect(f"{reverse('standards:version_edit', args=[pk])}#groups")


def _indicator(
    request: SignedInRequest, version: StandardVersion, code: str, initial: dict[str, Any]
) -> HttpResponse:
    if version.state != VersionState.DRAFT:
        messages.info(request, _("只有草稿可以修改。"))
        return redirect("standards:version_detail", version.pk)
    given = request.POST if request.method == "POST" else request.GET
    kind = given.get("kind", initial["kind"])
    kind = kind if kind in IndicatorKind.values else IndicatorKind.RATED
    if request.method == "GET":
        initial |= {name: given[name] for name in given}
    initial["version"] = version.version
    form = IndicatorForm(request.POST or None, kind=kind, level_names=version.level_names, initial=initial)
    if request.method == "POST" and form.is_valid():
        written = attempt(
            form,
            lambda: services.write_indicator(
                version, form.indicator(code), seen=form.cleaned_data["version"], **acting(request)
            ),
        )
        if written is not None:
            messages.success(request, _("“%(title)s”已保存。") % {"title": written.title})
            return _to_indicators(version.pk, written.code)
    return render(request, "standards/indicator_form.html", {"form": form, "version": version, "code": code})


def _to_indicators(pk: int, code: str = "") -> HttpResponse:
    place = f"indicator-{code}" if code else "weights"
    return redirect(f"{reverse('standards:version_edit', args=[pk])}#{place}")


def _save_weights(request: SignedInRequest, version: StandardVersion, form: WeightsForm) -> StandardVersion:
    seen = form.cleaned_data["version"]
    return services.set_weights(version, form.weights(), seen=seen, **acting(request))


def _save_groups(request: SignedInRequest, version: StandardVersion, form: GroupsForm) -> StandardVersion:
    data = form.cleaned_data
    return services.set_groups(
        version, form.weights(), basis=data["group_basis"], seen=data["version"], **acting(request)
    )


def _save_levels(request: SignedInRequest, version: StandardVersion, form: LevelsForm) -> StandardVersion:
    names, scores = form.levels()
    return services.set_levels(version, names, scores, seen=form.cleaned_data["version"], **acting(request))
