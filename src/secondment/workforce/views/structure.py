"""The six structures: all on one page, each on its own, and how one changed over time."""

import datetime as dt

from django.http import Http404, HttpResponse
from django.shortcuts import render

from secondment.accounts.http import SignedInRequest
from secondment.workforce import view_models
from secondment.workforce.forms import TrendForm
from secondment.workforce.questions import BY_KEY, QUESTIONS
from secondment.workforce.scopes import read_scope
from secondment.workforce.views.asked import framed, reference_of, scope_of


def overview(request: SignedInRequest) -> HttpResponse:
    """Each question with its sentence and its chart."""
    scope = scope_of(request)
    reference = reference_of(request, scope)
    cards = [view_models.card(scope, one, reference) for one in QUESTIONS]
    return render(request, "workforce/overview.html", framed(request, scope, "overview", cards=cards))


def question(request: SignedInRequest, key: str) -> HttpResponse:
    """One question: its sentence, its chart, every class as a link, compared with another day, unit or everybody."""
    if key not in BY_KEY:
        raise Http404
    scope = scope_of(request)
    asked = BY_KEY[key]
    reference = reference_of(request, scope)
    context = {
        "question": asked,
        "questions": view_models.tabs_of(scope, asked),
        "sentence": view_models.sentence(scope, asked, reference),
        "pyramid": view_models.pyramid(scope) if key == "age" else None,
        "sections": [view_models.section_of(scope, one, reference) for one in asked.dimensions],
        "reference": reference,
    }
    return render(request, "workforce/question.html", framed(request, scope, f"question:{key}", **context))


def trend(request: SignedInRequest) -> HttpResponse:
    """One dimension at the end of each of the last years."""
    scope = scope_of(request)
    form = TrendForm(request.GET if "rows" in request.GET else {"rows": "age"})
    days = [dt.date(scope.on.year - back, 12, 31) for back in range(view_models.TREND_YEARS, 0, -1)]
    scopes = [read_scope(request, scope.today, on=day) for day in days if day < scope.on] + [scope]
    trend = view_models.trend_of(scopes, form.cleaned_data["rows"]) if form.is_valid() else None
    context = {"trend": trend, "form": form}
    return render(request, "workforce/trend.html", framed(request, scope, "trend", **context))
