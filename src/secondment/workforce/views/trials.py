"""What would change if some were sent, taken back or recruited: nothing is written, the address is the plan."""

from django.http import HttpResponse
from django.utils import timezone

from secondment.accounts.http import SignedInRequest, exporting
from secondment.common.errors import require
from secondment.workforce.force import force_of
from secondment.workforce.forecast_forms import TrialForm
from secondment.workforce.planning_lists import SIDES
from secondment.workforce.rules import may_analyse
from secondment.workforce.scopes import read_scope
from secondment.workforce.trials import Trial


def forecast_trial(request: SignedInRequest) -> HttpResponse:
    """Both sides of a plan, and the floors that would break."""
    require(may_analyse(request.user))
    today = timezone.localdate()
    scope = read_scope(request, today, on=today)
    force = force_of(scope, today)
    form = TrialForm(request.GET, force=force)
    asked = form.asked()
    trial = Trial(force, asked) if asked else None
    context = {"scope": scope, "form": form, "trial": trial}
    on_export = exporting(request, "workforce.export_forecast", request.user)
    rows = trial.rows if trial else []
    return SIDES.respond(request, rows, "workforce/forecast_trial.html", context, on_export=on_export)
