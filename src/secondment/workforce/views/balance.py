"""How many of a rank must go and come back each year."""

from django.http import HttpResponse
from django.utils import timezone

from secondment.accounts.http import SignedInRequest, exporting
from secondment.common.errors import require
from secondment.workforce.balance import Balance
from secondment.workforce.force import force_of
from secondment.workforce.forecast_forms import BalanceForm
from secondment.workforce.planning_lists import PATH
from secondment.workforce.rules import may_analyse
from secondment.workforce.scopes import read_scope


def balance(request: SignedInRequest) -> HttpResponse:
    """The number that keeps a share of grass-roots experience, its working, and the way there."""
    require(may_analyse(request.user))
    today = timezone.localdate()
    scope = read_scope(request, today, on=today)
    force = force_of(scope, today)
    form = BalanceForm(request.GET, ranks=[one.rank for one in force.officials[: force.n_own]])
    asked = form.asked()
    found = Balance(force, asked) if asked else None
    context = {"scope": scope, "form": form, "balance": found}
    on_export = exporting(request, "workforce.export_forecast", request.user)
    rows = found.rows if found else []
    return PATH.respond(request, rows, "workforce/balance.html", context, on_export=on_export)
