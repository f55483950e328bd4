"""The forecast: month by month, structure by year, what becomes empty, the ladder, and the people behind each number."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from secondment.accounts.http import SignedInRequest, exporting
from secondment.common.components import Tab
from secondment.common.errors import require
from secondment.workforce.figures import band_figure
from secondment.workforce.force import force_of
from secondment.workforce.forecast_cells import KINDS, cell_from
from secondment.workforce.forecast_forms import ForecastForm, KindForm
from secondment.workforce.forecast_lists import CELLS, FALLS, LADDER, MONTHS, PEOPLE
from secondment.workforce.forecasts import Outlook, calendar_words, end_of_year
from secondment.workforce.rules import may_analyse
from secondment.workforce.scopes import read_scope


def forecast(request: SignedInRequest) -> HttpResponse:
    """Headcount month by month."""
    outlook, context = _outlook(request, "forecast")
    context["points"] = [
        outlook.months[end_of_year(at) if at else 0] for at in (0, 1, 3, 5, 10) if at <= outlook.asked.n_years
    ]
    names = [row.month for row in outlook.months]
    context |= {
        "figure": band_figure(outlook.books, outlook.band_months, outlook.band, names),
        "band": outlook.band,
        "rests_on": outlook.rests_on,
    }
    on_export = exporting(request, "workforce.export_forecast", request.user)
    return MONTHS.respond(request, outlook.months, "workforce/forecast.html", context, on_export=on_export)


def forecast_structure(request: SignedInRequest) -> HttpResponse:
    """Cells at the end of every year."""
    outlook, context = _outlook(request, "forecast_structure")
    form = KindForm(request.GET)
    kind = form.cleaned_data["kind"] if form.is_valid() and form.cleaned_data["kind"] else next(iter(KINDS))
    context |= {
        "kinds": [
            Tab(label, outlook.scope.url("forecast_structure", kind=key), is_current=key == kind)
            for key, label in KINDS.items()
        ]
    }
    on_export = exporting(request, "workforce.export_forecast", request.user)
    rows = outlook.cells(kind)
    return CELLS.respond(request, rows, "workforce/forecast_structure.html", context, on_export=on_export)


def forecast_gaps(request: SignedInRequest) -> HttpResponse:
    """What becomes empty, in sentences."""
    outlook, context = _outlook(request, "forecast_gaps")
    on_export = exporting(request, "workforce.export_forecast", request.user)
    return FALLS.respond(request, outlook.falls, "workforce/forecast_gaps.html", context, on_export=on_export)


def forecast_ladder(request: SignedInRequest) -> HttpResponse:
    """Who stands on which step, and who is next in line."""
    outlook, context = _outlook(request, "forecast_ladder")
    on_export = exporting(request, "workforce.export_forecast", request.user)
    return LADDER.respond(
        request, outlook.rungs, "workforce/forecast_ladder.html", context, on_export=on_export
    )


def forecast_people(request: SignedInRequest) -> HttpResponse:
    """The people behind one number."""
    outlook, context = _outlook(request, "forecast")
    ahead = request.GET.get("at", "0")
    cell = cell_from(request.GET, outlook.force)
    if cell is None or not (ahead.isascii() and ahead.isdigit() and int(ahead) <= outlook.asked.n_months):
        raise Http404
    try:
        rows = outlook.people(request.GET.get("who", "books"), int(ahead), cell)
    except KeyError:
        raise Http404 from None
    context["month"] = _("今日") if ahead == "0" else calendar_words(int(ahead), outlook.force.on)
    on_export = exporting(request, "workforce.export_forecast", request.user)
    return PEOPLE.respond(request, rows, "workforce/forecast_people.html", context, on_export=on_export)


def _outlook(request: SignedInRequest, page: str) -> tuple[Outlook, dict[str, Any]]:
    """The force of the scope asked for, and what every page of the forecast shows of it."""
    require(may_analyse(request.user))
    today = timezone.localdate()
    scope = read_scope(request, today, on=today)
    form = ForecastForm(request.GET)
    outlook = Outlook(scope, force_of(scope, today), form.asked())
    tabs = {
        "forecast": _("逐月推算"),
        "forecast_structure": _("逐年结构"),
        "forecast_gaps": _("将要出现的空缺"),
        "forecast_ladder": _("班子接续"),
    }
    return outlook, {
        "scope": scope,
        "form": form,
        "outlook": outlook,
        "tabs": [Tab(label, scope.url(name), is_current=name == page) for name, label in tabs.items()],
    }
