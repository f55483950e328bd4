"""Two proposals side by side, and two campaigns."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from secondment.accounts.http import SignedInRequest
from secondment.common.components import Tab
from secondment.common.keys import number_in
from secondment.matching.charts import component_chart
from secondment.matching.last_time import plan_of, previous_of, side_rows, weight_differences
from secondment.matching.queries import (
    campaigns_visible_to,
    compared_posts,
    proposal_summary,
    proposals_visible_to,
)
from secondment.matching.views.proposals import find_proposal


@require_GET
def proposal_compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Differences, or all posts, with totals by component; asks which other proposal when none is named."""
    first = find_proposal(request, pk)
    others = proposals_visible_to(request.user).filter(run__campaign=first.run.campaign_id).exclude(pk=pk)
    context: dict[str, object] = {
        "proposal": first,
        "campaign": first.run.campaign,
        "others": others.order_by("-pk"),
    }
    asked = request.GET.get("with", "")
    if not asked and len(others) == 1:
        asked = str(others[0].pk)
    if number := number_in(asked):
        second = get_object_or_404(others, pk=number)
        posts = compared_posts(first, second)
        different = [one for one in posts if one.is_different]
        shows_all = request.GET.get("show") == "all"
        one, two = proposal_summary(first), proposal_summary(second)
        url = f"{reverse('matching:proposal_compare', args=[pk])}?with={second.pk}"
        context |= {
            "second": second,
            "one": one,
            "two": two,
            "posts": posts if shows_all else different,
            "chart": component_chart(one, (second.name, two), name=first.name),
            "tabs": [
                Tab(_("仅显示不同"), url, not shows_all, len(different)),
                Tab(_("全部岗位"), f"{url}&show=all", shows_all, len(posts)),
            ],
        }
    return render(request, "matching/proposal_compare.html", context)


@require_GET
def campaign_compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """The campaign beside the one before it in its programme."""
    campaign = get_object_or_404(campaigns_visible_to(request.user), pk=pk)
    previous = previous_of(request.user, campaign)
    now = plan_of(request.user, campaign)
    then = plan_of(request.user, previous) if previous else None
    context = {
        "campaign": campaign,
        "previous": previous,
        "now": now,
        "then": then,
        "rows": side_rows(now, then) if previous else [],
        "weights": weight_differences(now, then) if now and then else "",
    }
    return render(request, "matching/campaign_compare.html", context)
