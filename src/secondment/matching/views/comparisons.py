"""Two proposals side by side, and two campaigns."""

from collections import Counter

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest, exporting
from secondment.common.components import Tab
from secondment.common.display import NOTHING
from secondment.common.keys import number_in
from secondment.common.listing.export import export_response
from secondment.matching.charts import component_chart
from secondment.matching.choices import PersonChange
from secondment.matching.compared import changed_people, people_table, posts_table
from secondment.matching.last_time import plan_of, previous_of, side_rows, weight_differences
from secondment.matching.models import Proposal
from secondment.matching.queries import (
    campaigns_visible_to,
    compared_posts,
    proposal_summary,
    proposals_visible_to,
)
from secondment.matching.views.proposals import find_proposal

TEMPLATE = "matching/proposal_compare.html"


@require_GET
def proposal_compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """What changed in all, then the people; posts and components behind tabs. Asks for the other proposal when none is named.

    The older proposal comes first, whichever of the two the page was opened from.
    """
    own = find_proposal(request, pk)
    others = proposals_visible_to(request.user).filter(run__campaign=own.run.campaign_id).exclude(pk=pk)
    context: dict[str, object] = {
        "proposal": own,
        "campaign": own.run.campaign,
        "others": others.order_by("-pk"),
    }
    asked = request.GET.get("with", "")
    if not asked and len(others) == 1:
        asked = str(others[0].pk)
    number = number_in(asked)
    if not number:
        return render(request, TEMPLATE, context)
    other = get_object_or_404(others, pk=number)
    before, after = sorted((own, other), key=lambda one: one.pk)
    url = f"{reverse('matching:proposal_compare', args=[pk])}?with={other.pk}"
    return _compared(request, before, after, url, context | {"second": other})


@require_GET
def campaign_compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """The campaign beside the one before it in its programme."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    previous = previous_of(request.user, campaign)
    now = plan_of(request.user, campaign)
    then = plan_of(request.user, previous) if previous else None
    rows = side_rows(now, then) if previous else []
    shown = now or then
    if previous and shown and request.GET.get("export") == "xlsx":
        exporting(request, "proposal.export", shown)(len(rows))
        labels = [_("指标"), str(campaign), str(previous)]
        lines = [(_("方案"), now, then), *((one.label, one.now, one.then) for one in rows)]
        shown_lines = [[NOTHING if value is None else str(value) for value in line] for line in lines]
        return export_response(_("与上一批次对照"), labels, shown_lines)
    context = {
        "campaign": campaign,
        "previous": previous,
        "now": now,
        "then": then,
        "rows": rows,
        "is_exportable": shown is not None,
        "weights": weight_differences(now, then) if now and then else "",
    }
    return render(request, "matching/campaign_compare.html", context)


def _compared(
    request: SignedInRequest, before: Proposal, after: Proposal, url: str, context: dict[str, object]
) -> HttpResponse:
    people, posts = changed_people(before, after), compared_posts(before, after)
    one, two = proposal_summary(before), proposal_summary(after)
    counted = Counter(row.change for row in people)
    show = request.GET.get("show", "")
    context |= {
        "before": before,
        "after": after,
        "one": one,
        "two": two,
        "gain": two.total - one.total,
        "n_people": len(people),
        "n_posts": sum(row.is_different for row in posts),
        "changes": [(change.label, counted[change], f"{url}&change={change}") for change in PersonChange],
        "figures_url": f"{url}&show=figures",
        "show": show,
        "tabs": [
            Tab(_("变动人员"), url, show not in {"all", "figures"}, len(people)),
            Tab(_("全部岗位"), f"{url}&show=all", show == "all", len(posts)),
            Tab(_("合计与分项"), f"{url}&show=figures", show == "figures"),
        ],
    }
    if show == "figures":
        chart = component_chart(one, (after.name, two), name=before.name)
        return render(request, TEMPLATE, context | {"chart": chart})
    table, rows = (posts_table, posts) if show == "all" else (people_table, people)
    on_export = exporting(request, "proposal.export", after)
    return table(before, after).respond(request, rows, TEMPLATE, context, on_export=on_export)
