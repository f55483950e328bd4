"""The upper level's own form: kept, filled for a period or from a report, and the names by which it asks."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, acting
from secondment.common.downloads import download
from secondment.common.errors import require
from secondment.placements.form_names import EXAMPLE, all_names
from secondment.placements.forms import UpperFormForm
from secondment.placements.imports import owner_of
from secondment.placements.queries import reports_visible_to
from secondment.placements.rules import may_read_statistics, may_record_placements
from secondment.placements.services.errors import UpperFormError
from secondment.placements.services.reporting import reported
from secondment.placements.services.upper_forms import fill_form, form_of, keep_form
from secondment.placements.statistics import BY_KEY, Measure, Period
from secondment.placements.views.statistics import counted_for, period_asked


def form_keep(request: SignedInRequest) -> HttpResponse:
    """Take a form, or name every fault of its names."""
    require(may_record_placements(request.user))
    unit = owner_of(request.user)
    require(unit is not None)
    form = UpperFormForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and unit is not None:
        file = form.cleaned_data["file"]
        try:
            keep_form(file.name, file.read(), unit, **acting(request))
        except UpperFormError as error:
            for sentence in dict.fromkeys((error.message, *error.reasons)):
                form.add_error("file", str(sentence))
        else:
            messages.success(request, _("表样已保存，下次统计继续使用。"))
            return redirect("placements:statistics")
    context = {"form": form, "kept": form_of(unit) if unit is not None else None}
    return render(request, "placements/upper_form.html", context)


def form_filled(request: SignedInRequest) -> HttpResponse:
    """The unit's form with the figures of a period."""
    require(may_record_placements(request.user))
    period, unit = period_asked(request.GET), owner_of(request.user)
    kept = form_of(unit) if unit is not None else None
    if kept is None:
        raise Http404
    content = fill_form(kept, counted_for(request, period), **acting(request))
    return download(content, _name(kept.file.name, period))


def report_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form that a report was made with, with the figures as they were reported."""
    require(may_read_statistics(request.user))
    report = get_object_or_404(reports_visible_to(request.user).select_related("form__file"), pk=pk)
    if report.form is None:
        raise Http404
    content = fill_form(report.form, reported(report), **acting(request))
    return download(content, _name(report.form.file.name, Period(report.first, report.last)))


def names(request: SignedInRequest) -> HttpResponse:
    """Every name that a form can use."""
    require(may_read_statistics(request.user))
    lines: dict[str, dict[frozenset[str], dict[str, str]]] = {}
    for name, figure in all_names().short:
        lines.setdefault(figure.dimension, {}).setdefault(figure.codes, {})[figure.measure] = name
    tables = [
        (
            BY_KEY[key].label if key else _("合计"),
            [[row.get(measure, "") for measure in Measure] for row in rows.values()],
        )
        for key, rows in lines.items()
    ]
    heads = [measure.label for measure in Measure]
    return render(
        request, "placements/form_names.html", {"tables": tables, "heads": heads, "example": EXAMPLE}
    )


def _name(file: str, period: Period) -> str:
    return f"{file.removesuffix('.xlsx')} {period.first}至{period.last}.xlsx"
