"""How much is known of the force: the survey comes before the analysis."""

from django.http import HttpResponse
from django.shortcuts import render

from secondment.accounts.http import SignedInRequest
from secondment.people.rules import may_create_somewhere
from secondment.workforce import completeness as known
from secondment.workforce.questions import QUESTIONS
from secondment.workforce.views.asked import framed, scope_of


def completeness(request: SignedInRequest) -> HttpResponse:
    """For each structure and unit, how many have a value; each gap leads to its people and to the workbook that asks."""
    scope = scope_of(request)
    context = {
        "facts": known.known_facts(scope),
        "unit_rows": known.known_by_unit(scope),
        "titles": [one.title for one in QUESTIONS],
        "ability_sources": known.ability_sources(scope),
        "is_clerk": may_create_somewhere(request.user),
    }
    return render(request, "workforce/completeness.html", framed(request, scope, "completeness", **context))
