"""Weights by pairwise comparison: try, see how consistent it is, take over."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting
from secondment.common.attempts import attempt
from secondment.standards import services
from secondment.standards.choices import VersionState
from secondment.standards.editing import comparison_cards, known_judgements, resulting_weights
from secondment.standards.forms import ComparisonForm
from secondment.standards.models import StandardVersion
from secondment.standards.services.weighing import to_compare
from secondment.standards.views.finding import found_own


def weights_compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """All pairs on one page; what follows is shown after each change, and written on request."""
    version = found_own(request, pk)
    if version.state != VersionState.DRAFT:
        messages.info(request, _("只有草稿可以修改。"))
        return redirect("standards:version_detail", pk)
    indicators = list(version.indicators.all())
    form = ComparisonForm(
        request.POST or None,
        groups=to_compare(indicators),
        indicators=indicators,
        known=known_judgements(version),
        initial={"version": version.version},
    )
    is_asked = "take" in request.POST and form.is_valid()
    if is_asked and attempt(form, lambda: _take(request, version, form)) is not None:
        messages.success(request, _("权重已按比较结果写入。"))
        return redirect(f"{reverse('standards:version_edit', args=[pk])}#weights")
    context = {
        "version": version,
        "form": form,
        "cards": comparison_cards(form, indicators),
        "weights": resulting_weights(form, indicators),
    }
    return render(request, "standards/weights_compare.html", context)


def _take(request: SignedInRequest, version: StandardVersion, form: ComparisonForm) -> StandardVersion:
    seen = form.cleaned_data["version"]
    return services.weigh_by_comparison(version, form.comparisons(), seen=seen, **acting(request))
