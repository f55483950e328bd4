"""The page of the truth; it exists in the demo only."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest
from secondment.common.charts import Chart, ChartSeries
from secondment.demo.truth import Comparison, compared_with_truth, has_truth
from secondment.measurement.queries import visible_to


@require_GET
def truth(request: SignedInRequest, pk: int) -> HttpResponse:
    """How much nearer to the truth the adjusted scores are than the raw mean."""
    run = get_object_or_404(visible_to(request.user), pk=pk)
    found = compared_with_truth(run) if has_truth(run) else None
    if found is None:
        raise Http404
    return render(request, "demo/truth.html", {"run": run, "found": found, "chart": _chart(found)})


def _chart(found: Comparison) -> Chart:
    return Chart(
        kind="line",
        title=_("真实水平、直接统计得分和校准得分"),
        categories=[str(one.measure.candidate.placement.person.name) for one in found.people],
        series=[
            ChartSeries(_("真实水平"), [round(one.truth, 1) for one in found.people]),
            ChartSeries(_("直接统计得分"), [round(one.plain, 1) for one in found.people], is_points=True),
            ChartSeries(_("校准得分"), [round(one.fair, 1) for one in found.people], is_points=True),
        ],
        unit=_("分"),
        decimals=1,
        labels=False,
        height="tall",
    )
