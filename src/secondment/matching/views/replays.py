"""A run under other weights: what would change, and for whom."""

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, exporting
from secondment.campaigns.parameters import WEIGHT_LABELS
from secondment.matching.forms import ReplayForm
from secondment.matching.models import MatchingRun
from secondment.matching.replay_lines import REPLAYED, change_text, replay_figures, replay_rows, rules_text
from secondment.matching.services.replay import recent_replay
from secondment.matching.views.options import find_done


@require_GET
def run_replay(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for the weights to try; the answer has its own address."""
    run = find_done(request, pk)
    form = ReplayForm(request.GET or None, initial=dict(run.weights), run=run)
    if form.is_valid():
        return redirect("matching:replay_detail", run.pk, packed_weights(form.cleaned_data))
    return render(request, "matching/run_replay.html", _frame(run, form))


@require_GET
def replay_detail(request: SignedInRequest, pk: int, tried: str) -> HttpResponse:
    """Both plans side by side, and everybody for whom anything would change."""
    run = find_done(request, pk)
    form = ReplayForm(dict(zip(WEIGHT_LABELS, tried.split("-"), strict=False)), run=run)
    if not form.is_valid() or packed_weights(form.cleaned_data) != tried:
        raise Http404
    replay = recent_replay(run, form.cleaned_data)
    rows = replay_rows(replay)
    return REPLAYED.respond(
        request,
        rows,
        "matching/run_replay.html",
        {
            **_frame(run, form),
            "figures": replay_figures(replay),
            "change": change_text(rows, replay),
            "rules": rules_text(replay),
        },
        on_export=exporting(request, "matching_run.export", run),
    )


def packed_weights(weights: Mapping[str, int]) -> str:
    """Weights as they stand in the address, in the order of the form."""
    return "-".join(str(weights[name]) for name in WEIGHT_LABELS)


def _frame(run: MatchingRun, form: ReplayForm) -> dict[str, object]:
    return {"run": run, "campaign": run.campaign, "form": form}
