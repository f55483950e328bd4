"""What counties set differently: the differences in one table, one version, and the form of a county."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting_today, exporting
from secondment.campaigns.forms.variants import VariantForm
from secondment.campaigns.queries import coming_of, programmes_visible_to, variant_units, variants_visible_to
from secondment.campaigns.rules import may_publish_variant
from secondment.campaigns.services.programmes import latest_version
from secondment.campaigns.services.variants import publish_variant
from secondment.campaigns.variant_lines import variant_lines
from secondment.campaigns.variant_lists import VARIANTS
from secondment.common.attempts import attempt
from secondment.units.queries import units_in_use


def variant_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every parameter that some county has otherwise, beside the programme's own value."""
    programme = get_object_or_404(programmes_visible_to(request.user), pk=pk)
    variants = variants_visible_to(request.user).filter(programme=programme)
    in_force = list(variants.filter(is_in_force=True))
    context = {
        "programme": programme,
        "units": variant_units(request.user),
        "coming": coming_of(variants, timezone.localdate()),
    }
    rows = variant_lines(latest_version(programme), in_force)
    return VARIANTS.respond(
        request,
        rows,
        "campaigns/variant_list.html",
        context,
        on_export=exporting(request, "programme.export_variants", request.user),
    )


def variant_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version of a county, and its other versions."""
    variant = get_object_or_404(variants_visible_to(request.user), pk=pk)
    context = {
        "variant": variant,
        "lines": variant_lines(latest_version(variant.programme), [variant]),
        "versions": variants_visible_to(request.user).filter(programme=variant.programme, unit=variant.unit),
        "may_publish": may_publish_variant(request.user, variant.unit),
    }
    return render(request, "campaigns/variant_detail.html", context)


def variant_edit(request: SignedInRequest, pk: int, unit: int) -> HttpResponse:
    """Publish the county's next version."""
    programme = get_object_or_404(programmes_visible_to(request.user), pk=pk)
    county = get_object_or_404(units_in_use(), pk=unit)
    if not may_publish_variant(request.user, county):
        raise Http404
    current = programme.variants.filter(unit=county).order_by("-number").first()
    version = latest_version(programme)
    form = VariantForm(
        request.POST or None,
        version=version,
        current=current,
        initial={"since": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("since", "note", "based_on")}
        done = attempt(
            form,
            lambda: publish_variant(programme, county, form.settings, **given, **acting_today(request)),
        )
        if done is not None:
            words = _("已发布第 %(n)d 版，自 %(day)s 起施行。") % {"n": done.number, "day": done.since}
            messages.success(request, words)
            return redirect("campaigns:variant_detail", pk=done.pk)
    context = {"programme": programme, "version": version, "unit": county, "current": current, "form": form}
    return render(request, "campaigns/variant_edit.html", context)
